// Tokens and identities of the bot, by tenant.
import type { AuthorizeResult, webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Pages } from '../runtime/http/serve.ts';
import type { Logger } from '../runtime/logging.ts';
import { failureOf } from './failures.ts';
import { SlackClient, type WebClient } from './web-client.ts';

export interface Installations {
  /** Returns the token and ids that Bolt needs for a payload. */
  authorize(source: PayloadOrigin): Promise<AuthorizeResult>;
  /** Returns a client with this tenant's token. Rejects with NotInstalled if the app is not installed there. */
  clientFor(tenant: string): Promise<WebClient>;
  /** Returns the bot as people of this tenant see it. */
  botIn(tenant: string): Promise<BotUser>;
  /**
   * Returns when Slack last confirmed the tenant's token, in milliseconds since 1970. An uninstall event may arrive late,
   * so its handler compares the two times. Null for stored tokens, whose times are in the store, and before a confirmation.
   */
  tokenConfirmedAt(tenant: string): number | null;
  /** Drops cached data. Call when the tenant has removed the app. */
  forget(tenant: string): void;
  /**
   * Renews tokens that expire soon, and checks if a token that stopped working works again.
   * @returns when to call again, in milliseconds from now
   */
  renewExpiring(): Promise<number>;
}

/** The app is not installed for this tenant. The bot can do nothing there until an admin installs it again. */
export class NotInstalled extends Error {
  override name = 'NotInstalled';

  constructor(tenant: string) {
    super(`the app is not installed in ${tenant}`);
  }
}

/** Slack refuses to renew the tenant's token. The bot can do nothing there until an admin installs the app again. */
export class TokenLost extends Error {
  override name = 'TokenLost';

  /** @param code Slack's error code */
  constructor(tenant: string, code: string) {
    super(`Slack no longer renews the token of ${tenant} (${code}): the app must be installed there again`);
  }
}

/** Ids in a payload that say where it comes from. */
export interface PayloadOrigin {
  readonly teamId?: string | undefined;
  readonly enterpriseId?: string | undefined;
  readonly isEnterpriseInstall: boolean;
}

export interface BotUser {
  /** Slack user id; null until Slack has reported it. */
  readonly id: string | null;
  /** `@name`. */
  readonly name: string;
}

/**
 * Wraps Bolt's `authorize` so that it never rejects. Bolt acknowledges and drops a payload that it can't authorize: a
 * dialog would close and silently lose its submission. With the error in the context, listeners can tell the person.
 */
export function deferAuthorizationErrors(authorize: Installations['authorize']): Installations['authorize'] {
  return async (source) => {
    try {
      return await authorize(source);
    } catch (error) {
      return { authorizationError: { cause: error } };
    }
  };
}

/** Throws the error that `authorize` hit, if any. */
export function throwAuthorizationError(context: Readonly<Record<string, unknown>>): void {
  const { authorizationError } = context;
  if (typeof authorizationError === 'object' && authorizationError !== null && 'cause' in authorizationError)
    throw authorizationError.cause;
}

/** How often the bot checks whether the app was installed again with the same token. */
const CHECK_EVERY_MS = 60_000;
/** The bot's name until Slack reports it. */
const DEFAULT_NAME = '@django-or-flask';

export interface SingleWorkspace extends Installations {
  /**
   * Asks Slack which workspace the token belongs to.
   * @returns a sentence if Slack refuses the token; null if the token works or Slack can't be reached
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
 * Serves the one workspace whose token is in the environment.
 *
 * @param onTokenWorks called when Slack confirms that the token works, with the workspace and the time of the answer
 */
export function createSingleWorkspace(
  botToken: string,
  options: webApi.WebClientOptions,
  logger: Logger,
  {
    now,
    onTokenWorks,
  }: { readonly now: () => number; readonly onTokenWorks: (team: string, seen: number) => Promise<void> },
): SingleWorkspace {
  const client = new SlackClient(botToken, options);
  let known: Identity | null = null;
  let knownSince: number | null = null;
  let isRemoved = false;
  let asking: Promise<Identity> | null = null;

  /** Concurrent callers share one request. A failure isn't cached, so the bot recovers if Slack was down at start. */
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
    // `seen` is taken before the database call, so an uninstall during that call counts as later.
    await onTokenWorks(found.team_id, seen);
    knownSince = seen;
    known = found;
    isRemoved = false;
    return found;
  };

  return {
    authorize: async () => {
      if (known) return { botToken, botId: known.bot_id, botUserId: known.user_id, teamId: known.team_id };
      // Slack has not confirmed the identity yet. Don't wait: the payload names its workspace, and a listener works
      // without the bot's ids.
      identify().catch((error: unknown) => logger.warn({ err: error }, 'still not known who the bot is'));
      return { botToken };
    },
    clientFor: async () => client,
    botIn: async () => ({
      id: known?.user_id ?? null,
      name: known?.user === undefined ? DEFAULT_NAME : `@${known.user}`,
    }),
    tokenConfirmedAt: (tenant) => (tenant === known?.team_id ? knownSince : null),
    // The only token comes from the environment. It works again if the app is installed again with the same one.
    forget: () => {
      known = knownSince = null;
      isRemoved = true;
    },
    renewExpiring: async () => {
      if (!isRemoved) return CHECK_EVERY_MS;
      try {
        await identify();
      } catch (error) {
        logger.info({ code: failureOf(error).code }, 'the app is still removed from its workspace');
      }
      return CHECK_EVERY_MS;
    },
    verify: async () => {
      try {
        await identify();
        return null;
      } catch (error) {
        const failure = failureOf(error);
        if (failure.kind === 'refused') {
          return `Slack rejected SLACK_BOT_TOKEN (${failure.code}). Copy it again from "OAuth & Permissions" in your app's settings.`;
        }
        logger.warn({ code: failure.code }, 'Slack could not be reached at start; trying again when needed');
        return null;
      }
    },
  };
}

/** The app's installations, and the pages that only an app for many workspaces has. */
export interface SlackApp {
  readonly installations: Installations;
  readonly pages: Pages;
}

export type StartedSlackApp =
  | { readonly ok: true; readonly app: SlackApp }
  /** `problem` is a sentence for the operator. */
  | { readonly ok: false; readonly problem: string };
