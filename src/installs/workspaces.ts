import { type AuthorizeResult, webApi } from '@slack/bolt';
import { z } from 'zod';
import type { WebClient } from '../delivery/deps.ts';
import { TOKEN_CODES } from '../runtime/token-codes.ts';
import { NotInstalled, TokenLost } from '../slack/errors.ts';
import type { BotUser, Installations, PayloadOrigin } from '../slack/installation.ts';
import { SlackClient } from '../slack/web-client.ts';
import type { Installation, Store } from '../store/store.ts';
import { type Granted, type GrantRequest, install, type WorkspacesParts } from './install.ts';

/** An installation is read anew after this long: another process may have renewed its token. */
const REMEMBERED_FOR_MS = 60_000;
const MOST_REMEMBERED = 5_000;
/** Tokens live for twelve hours; they are renewed two hours before their end, as Slack advises. */
const RENEW_BEFORE_END_MS = 2 * 60 * 60 * 1_000;
/** Longer than a call to Slack may take. */
const RENEWAL_CLAIM_MS = 20_000;
const LOOK_AGAIN_MS = 60_000;
/** While the database does not take tokens that Slack has renewed. */
const KEEP_AGAIN_MS = 1_000;
const RENEWALS_AT_ONCE = 20;
/** While another process renews a token that has expired already, there is something to wait for. */
const WAITS = { every: 200, times: 10 };

/** Slack's codes for a refresh token that it will never accept again. */
const LOST = new Set(['invalid_refresh_token', 'invalid_grant', ...TOKEN_CODES]);

/** For Bolt, which would drop the payload without a word: the listeners tell the person. */
const NOWHERE: AuthorizeResult = { notInstalled: true };

interface Known {
  readonly installation: Installation;
  readonly token: string;
  readonly client: WebClient;
  readonly until: number;
}

/** What Slack has renewed, sealed, and of which installation. */
interface Renewed {
  readonly of: Installation;
  readonly tokens: Parameters<Store['installations']['renewed']>[1];
}

/** What Slack gives for a refresh token; https://docs.slack.dev/authentication/using-token-rotation */
const renewed = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
});

/** Whose data this is: the enterprise for an org-wide installation, else the workspace. */
export function tenantOfSource({ teamId, enterpriseId, isEnterpriseInstall }: PayloadOrigin): string | null {
  return (isEnterpriseInstall ? enterpriseId : teamId) ?? null;
}

/** Everybody who has installed the app by OAuth. Their tokens are in the store, sealed. */
export class Workspaces implements Installations {
  readonly #parts: WorkspacesParts;
  readonly #known = new Map<string, Known>();
  /** By tenant; not in the store yet. Slack takes the refresh token that is there no more, so nothing else has it. */
  readonly #unkept = new Map<string, Renewed>();
  /** By tenant: the sealed token that Slack renews no more, and its word for that. Asking again would change nothing. */
  readonly #lost = new Map<string, { readonly token: string; readonly code: string }>();
  readonly #anonymous: WebClient;

  constructor(parts: WorkspacesParts) {
    this.#parts = parts;
    this.#anonymous = new webApi.WebClient(undefined, parts.clientOptions);
  }

  readonly authorize = async (source: PayloadOrigin): Promise<AuthorizeResult> => {
    const tenant = tenantOfSource(source);
    if (tenant === null) return NOWHERE;
    let known: Known;
    try {
      known = await this.#find(tenant);
    } catch (error) {
      if (error instanceof NotInstalled) return NOWHERE;
      throw error;
    }
    const { installation, token } = known;
    return {
      botToken: token,
      botId: installation.botId,
      botUserId: installation.botUser,
      ...(source.teamId === undefined ? {} : { teamId: source.teamId }),
      ...(source.enterpriseId === undefined ? {} : { enterpriseId: source.enterpriseId }),
    };
  };

  /** Whoever had left, or had another token, is served with the new one from now on. */
  async install(asked: GrantRequest): Promise<Granted> {
    const granted = await install(this.#parts, asked);
    if (granted.kind === 'installed') this.forget(granted.installation.tenant);
    return granted;
  }

  readonly clientFor = async (tenant: string): Promise<WebClient> => (await this.#find(tenant)).client;

  async botIn(tenant: string): Promise<BotUser> {
    const { installation } = await this.#find(tenant);
    return { id: installation.botUser, name: `@${installation.botName}` };
  }

  since(): null {
    return null;
  }

  forget(tenant: string): void {
    this.#known.delete(tenant);
  }

  async renewExpiring(): Promise<number> {
    const { store, clock, logger } = this.#parts;
    // First of all: whoever ends this process ends them.
    for (const tenant of this.#unkept.keys()) {
      try {
        await this.#keep(tenant);
      } catch (error) {
        logger.error({ err: error, tenant }, 'the database does not take a renewed token');
      }
    }
    const now = clock.now();
    const expiring = await store.installations.expiring(now + RENEW_BEFORE_END_MS, now, RENEWALS_AT_ONCE);
    for (const installation of expiring) {
      const { tenant } = installation;
      if (this.#lostFor(installation) !== null) continue;
      try {
        await this.#renew(tenant);
      } catch (error) {
        // It is tried again once the claim has run out; the token itself still works for a while.
        logger.error({ err: error, tenant }, 'a token was not renewed');
      }
    }
    if (this.#unkept.size > 0) return KEEP_AGAIN_MS;
    return expiring.length === RENEWALS_AT_ONCE ? 0 : LOOK_AGAIN_MS;
  }

  async #find(tenant: string): Promise<Known> {
    const { clock } = this.#parts;
    const known = this.#known.get(tenant);
    if (known && clock.monotonic() < known.until && !this.#isOver(known.installation)) return known;
    return this.#remember(await this.#working(tenant));
  }

  /** As the store has it, with a token that still works. */
  async #working(tenant: string): Promise<Installation> {
    const { store, clock } = this.#parts;
    for (let i = 0; i < WAITS.times; i++) {
      const installation = await store.installations.get(tenant);
      if (!installation) throw new NotInstalled(tenant);
      if (!this.#isOver(installation)) return installation;
      const code = this.#lostFor(installation);
      if (code !== null) throw new TokenLost(tenant, code);
      // No process has renewed it in time; all of them may have been down.
      if (await this.#renew(tenant)) continue;
      await new Promise<void>((resolve) => clock.after(WAITS.every, resolve));
    }
    throw new Error(`the token for ${tenant} has expired and could not be renewed`);
  }

  /** @returns false where another process is at it */
  async #renew(tenant: string): Promise<boolean> {
    const { store, clock, sealer } = this.#parts;
    if (await this.#keep(tenant)) return true;
    const now = clock.now();
    const claimed = await store.installations.claimRenewal(
      tenant,
      now + RENEW_BEFORE_END_MS,
      now,
      now + RENEWAL_CLAIM_MS,
    );
    if (!claimed || claimed.refreshToken === null) return false;
    const answer = await this.#exchange(claimed, sealer.open(claimed.refreshToken, tenant).text);
    const { access_token, refresh_token, expires_in } = renewed.parse(answer);
    this.#unkept.set(tenant, {
      of: claimed,
      tokens: {
        token: sealer.seal(access_token, tenant),
        refreshToken: sealer.seal(refresh_token, tenant),
        expiresAt: clock.now() + expires_in * 1_000,
      },
    });
    return this.#keep(tenant);
  }

  /** Rejects with TokenLost where Slack will never take this one again. */
  async #exchange({ tenant, token }: Installation, refreshToken: string): Promise<unknown> {
    const { clientId, clientSecret } = this.#parts.credentials;
    try {
      return await this.#anonymous.oauth.v2.access({
        client_id: clientId,
        client_secret: clientSecret,
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
      });
    } catch (error) {
      const code = error instanceof webApi.WebAPIPlatformError ? error.data.error : '';
      if (!LOST.has(code)) throw error;
      this.#lost.set(tenant, { token, code });
      throw new TokenLost(tenant, code);
    }
  }

  /** Whoever has installed the app again since has another token. */
  #lostFor({ tenant, token }: Installation): string | null {
    const lost = this.#lost.get(tenant);
    return lost?.token === token ? lost.code : null;
  }

  /**
   * Brings to the store what Slack has renewed; throws where that does not take it.
   * @returns false where there is nothing
   */
  async #keep(tenant: string): Promise<boolean> {
    const renewed = this.#unkept.get(tenant);
    if (!renewed) return false;
    const kept = await this.#parts.store.installations.renewed(renewed.of, renewed.tokens);
    this.#unkept.delete(tenant);
    this.forget(tenant);
    this.#parts.logger.info({ tenant, kept }, 'token renewed');
    return true;
  }

  #remember(installation: Installation): Known {
    const { sealer, clientOptions, clock } = this.#parts;
    const { tenant } = installation;
    const token = sealer.open(installation.token, tenant).text;
    const before = this.#known.get(tenant);
    const client = before && before.token === token ? before.client : new SlackClient(token, clientOptions);
    const known = { installation, token, client, until: clock.monotonic() + REMEMBERED_FOR_MS };
    this.#known.delete(tenant);
    this.#known.set(tenant, known);
    // A Map keeps the order in which its entries came: the first has not been read for longest.
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }

  #isOver({ expiresAt }: Installation): boolean {
    return expiresAt !== null && expiresAt <= this.#parts.clock.now();
  }
}
