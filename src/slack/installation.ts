import { type AuthorizeResult, webApi } from '@slack/bolt';
import { z } from 'zod';
import type { WebClient } from '../deps.ts';
import type { Logger } from '../logging.ts';
import { failureOf } from './failures.ts';

/** Who the bot is in a workspace, and how it may act there. */
export interface Installation {
  /** For Bolt: the token and ids to handle a payload with. */
  authorize(): Promise<AuthorizeResult>;
  clientFor(tenant: string): WebClient;
  /** `@name`, as people see the bot. */
  botName(): string;
  /**
   * Asks Slack who we are.
   * @returns a sentence when Slack refuses the token; null when it is fine or Slack cannot be reached now
   */
  verify(): Promise<string | null>;
}

const identity = z.object({
  team_id: z.string(),
  user_id: z.string(),
  bot_id: z.string(),
  user: z.string().optional(),
});
type Identity = z.infer<typeof identity>;

/** One workspace, one token from the environment. */
export function singleWorkspace(
  botToken: string,
  options: webApi.WebClientOptions,
  logger: Logger,
): Installation {
  const client = new webApi.WebClient(botToken, options);
  let known: Identity | null = null;
  let asking: Promise<Identity> | null = null;

  /** Asked once, together: Slack being down at start must not keep the bot from coming back later. */
  const identify = (): Promise<Identity> => {
    if (known) return Promise.resolve(known);
    asking ??= client.auth
      .test()
      .then((answer) => {
        known = identity.parse(answer);
        return known;
      })
      .finally(() => {
        asking = null;
      });
    return asking;
  };

  return {
    authorize: async () => {
      if (known) return { botToken, botId: known.bot_id, botUserId: known.user_id, teamId: known.team_id };
      // Slack could not be asked yet. Nobody waits for that: the listener answers the person either way, and
      // the payload says which workspace it comes from.
      identify().catch((error: unknown) => logger.warn({ err: error }, 'still not known who the bot is'));
      return { botToken };
    },
    clientFor: () => client,
    botName: () => `@${known?.user ?? 'django-or-flask'}`,
    verify: async () => {
      try {
        await identify();
        return null;
      } catch (error) {
        const failure = failureOf(error);
        if (failure.kind === 'refused') {
          return `Slack does not accept SLACK_BOT_TOKEN (${failure.code}). Copy it again from "OAuth & Permissions" of your app.`;
        }
        logger.warn({ code: failure.code }, 'Slack could not be reached at start; trying again when needed');
        return null;
      }
    },
  };
}
