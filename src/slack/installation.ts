import type { AuthorizeResult, webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Pages } from '../runtime/http/serve.ts';
import type { Logger } from '../runtime/logging.ts';
import { failureOf } from './failures.ts';
import { SlackClient, type WebClient } from './web-client.ts';

/** Who the bot is where, and how it may act there. */
export interface Installations {
  /** For Bolt: the token and ids to handle a payload with. */
  authorize(source: PayloadOrigin): Promise<AuthorizeResult>;
  /** A client that may act for this tenant. Rejects with NotInstalled where there is none. */
  clientFor(tenant: string): Promise<WebClient>;
  /** The bot as people there see it. */
  botIn(tenant: string): Promise<BotUser>;
  /**
   * When it was seen that the app may act there, in milliseconds since 1970; null where the store knows better: Slack
   * may say late that it was uninstalled before.
   */
  since(tenant: string): number | null;
  /** Call when the tenant removed the app: its cached data must not be used again. */
  forget(tenant: string): void;
  /**
   * Renews tokens that expire soon, and finds out whether a token that stopped working works again.
   * @returns when to look again, in milliseconds from now
   */
  renewExpiring(): Promise<number>;
}

/** Where a payload comes from, as far as it says so. */
export interface PayloadOrigin {
  readonly teamId?: string | undefined;
  readonly enterpriseId?: string | undefined;
  readonly isEnterpriseInstall: boolean;
}

export interface BotUser {
  /** Slack user id; null while Slack could not be asked yet. */
  readonly id: string | null;
  /** `@name`. */
  readonly name: string;
}

/** How often the bot checks whether the app was installed again with the same token. */
const LOOK_AGAIN_MS = 60_000;
/** The bot's name until Slack reports it. */
const USUAL_NAME = '@django-or-flask';

export interface SingleWorkspace extends Installations {
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

/**
 * One workspace, one token from the environment.
 *
 * @param worksIn called once, when Slack has said that the token works, and where; `seen` is when it did
 */
export function singleWorkspace(
  botToken: string,
  options: webApi.WebClientOptions,
  logger: Logger,
  {
    now,
    worksIn,
  }: { readonly now: () => number; readonly worksIn: (team: string, seen: number) => Promise<void> },
): SingleWorkspace {
  const client = new SlackClient(botToken, options);
  let known: Identity | null = null;
  let knownSince: number | null = null;
  let isRemoved = false;
  let asking: Promise<Identity> | null = null;

  /** Asked once, together: Slack being down at start must not keep the bot from coming back later. */
  const identify = (): Promise<Identity> => {
    if (known) return Promise.resolve(known);
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
  const ask = async (): Promise<Identity> => {
    const found = identity.parse(await client.auth.test());
    const seen = now();
    // The database may take its time, and whoever leaves meanwhile has left.
    await worksIn(found.team_id, seen);
    knownSince = seen;
    known = found;
    isRemoved = false;
    return found;
  };

  return {
    authorize: async () => {
      if (known) return { botToken, botId: known.bot_id, botUserId: known.user_id, teamId: known.team_id };
      // Slack could not be asked yet. Nobody waits for that: the listener answers the person either way, and
      // the payload says which workspace it comes from.
      identify().catch((error: unknown) => logger.warn({ err: error }, 'still not known who the bot is'));
      return { botToken };
    },
    clientFor: async () => client,
    botIn: async () => ({
      id: known?.user_id ?? null,
      name: known?.user === undefined ? USUAL_NAME : `@${known.user}`,
    }),
    since: (tenant) => (tenant === known?.team_id ? knownSince : null),
    // The only token comes from the environment. It works again if the app is installed again with the same one.
    forget: () => {
      known = knownSince = null;
      isRemoved = true;
    },
    renewExpiring: async () => {
      if (!isRemoved) return LOOK_AGAIN_MS;
      try {
        await identify();
      } catch (error) {
        logger.info({ code: failureOf(error).code }, 'the app is still removed from its workspace');
      }
      return LOOK_AGAIN_MS;
    },
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

/** The app as Slack knows it: where it is installed, and the pages of its own. */
export interface SlackApp {
  readonly installations: Installations;
  readonly pages: Pages;
}

export type StartedSlackApp =
  | { readonly ok: true; readonly app: SlackApp }
  /** A sentence for the operator. */
  | { readonly ok: false; readonly problem: string };
