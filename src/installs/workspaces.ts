// The installations of a bot for many workspaces: tokens for Bolt and for the Web API, cached and renewed.
import { type AuthorizeResult, webApi } from '@slack/bolt';
import { z } from 'zod';
import type { WebClient } from '../delivery/deps.ts';
import { TOKEN_CODES } from '../runtime/token-codes.ts';
import {
  type BotUser,
  type Installations,
  NotInstalled,
  type PayloadOrigin,
  TokenLost,
} from '../slack/installation.ts';
import { SlackClient } from '../slack/web-client.ts';
import type { Installation, Store } from '../store/store.ts';
import { type GrantRequest, type InstallResult, install, type WorkspacesParts } from './install.ts';

/** Time that an installation is cached. Another process may have renewed its token since. */
const CACHED_FOR_MS = 60_000;
const MOST_CACHED = 5_000;
/** Slack's tokens last twelve hours. The bot renews them two hours before they expire, as Slack advises. */
const RENEW_BEFORE_END_MS = 2 * 60 * 60 * 1_000;
/** Duration of a claim on a renewal, longer than the timeout of a call to Slack. */
const RENEWAL_CLAIM_MS = 20_000;
const POLL_EVERY_MS = 60_000;
/** Time until the next attempt to store renewed tokens, while the database fails. */
const SAVE_AGAIN_MS = 1_000;
const RENEWALS_AT_ONCE = 20;
/** Polling interval in milliseconds and number of polls, while another process renews an expired token. */
const RENEWAL_POLL = { every: 200, times: 10 };

/** Slack's codes for a refresh token that it will never accept again. */
const LOST_TOKEN_CODES = new Set(['invalid_refresh_token', 'invalid_grant', ...TOKEN_CODES]);

/** Result of `authorize` for an unknown tenant. After an error, Bolt would silently drop the payload, without a reply. */
const NOT_INSTALLED: AuthorizeResult = { notInstalled: true };

interface CachedInstallation {
  readonly installation: Installation;
  readonly token: string;
  readonly client: WebClient;
  readonly until: number;
}

/** Encrypted new tokens that aren't in the database yet, and the installation that they belong to. */
interface UnsavedRenewal {
  readonly of: Installation;
  readonly tokens: Parameters<Store['installations']['saveRenewal']>[1];
}

/** Slack's response to a refresh token; https://docs.slack.dev/authentication/using-token-rotation */
const renewalResponse = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
});

/** Returns the tenant of a payload: the organisation for an org-wide installation, else the workspace. */
export function tenantOfSource({ teamId, enterpriseId, isEnterpriseInstall }: PayloadOrigin): string | null {
  return (isEnterpriseInstall ? enterpriseId : teamId) ?? null;
}

/** The workspaces and organisations that installed the app by OAuth. The store has their tokens, encrypted. */
export class Workspaces implements Installations {
  readonly #parts: WorkspacesParts;
  readonly #cache = new Map<string, CachedInstallation>();
  /**
   * Renewed tokens by tenant that aren't in the store yet. Only this process has them: Slack no longer accepts the
   * stored refresh token.
   */
  readonly #unsaved = new Map<string, UnsavedRenewal>();
  /** Encrypted token and Slack's error code, by tenant, for tokens that Slack will never renew. Retrying is useless. */
  readonly #lost = new Map<string, { readonly token: string; readonly code: string }>();
  readonly #anonymous: WebClient;

  constructor(parts: WorkspacesParts) {
    this.#parts = parts;
    this.#anonymous = new webApi.WebClient(undefined, parts.clientOptions);
  }

  readonly authorize = async (source: PayloadOrigin): Promise<AuthorizeResult> => {
    const tenant = tenantOfSource(source);
    if (tenant === null) return NOT_INSTALLED;
    let known: CachedInstallation;
    try {
      known = await this.#find(tenant);
    } catch (error) {
      if (error instanceof NotInstalled) return NOT_INSTALLED;
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

  /** Completes an installation. From then on, calls for its tenant use the new token. */
  async install(asked: GrantRequest): Promise<InstallResult> {
    const granted = await install(this.#parts, asked);
    if (granted.kind === 'installed') this.forget(granted.installation.tenant);
    return granted;
  }

  readonly clientFor = async (tenant: string): Promise<WebClient> => (await this.#find(tenant)).client;

  async botIn(tenant: string): Promise<BotUser> {
    const { installation } = await this.#find(tenant);
    return { id: installation.botUser, name: `@${installation.botName}` };
  }

  tokenConfirmedAt(): null {
    return null;
  }

  forget(tenant: string): void {
    this.#cache.delete(tenant);
  }

  async renewExpiring(): Promise<number> {
    const { store, clock, logger } = this.#parts;
    // Done first, because these tokens are lost if the process ends.
    for (const tenant of this.#unsaved.keys()) {
      try {
        await this.#saveRenewal(tenant);
      } catch (error) {
        logger.error({ err: error, tenant }, 'the database does not take a renewed token');
      }
    }
    const now = clock.now();
    const expiring = await store.installations.listExpiring(now + RENEW_BEFORE_END_MS, now, RENEWALS_AT_ONCE);
    for (const installation of expiring) {
      const { tenant } = installation;
      if (this.#lostFor(installation) !== null) continue;
      try {
        await this.#renew(tenant);
      } catch (error) {
        // Retried once the claim ends. The old token still works until it expires.
        logger.error({ err: error, tenant }, 'a token was not renewed');
      }
    }
    if (this.#unsaved.size > 0) return SAVE_AGAIN_MS;
    return expiring.length === RENEWALS_AT_ONCE ? 0 : POLL_EVERY_MS;
  }

  async #find(tenant: string): Promise<CachedInstallation> {
    const { clock } = this.#parts;
    const known = this.#cache.get(tenant);
    if (known && clock.monotonic() < known.until && !this.#isOver(known.installation)) return known;
    return this.#addToCache(await this.#loadWorking(tenant));
  }

  /**
   * Returns the stored installation once its token hasn't expired. Rejects with NotInstalled or TokenLost, or if no
   * process renews the token within two seconds.
   */
  async #loadWorking(tenant: string): Promise<Installation> {
    const { store, clock } = this.#parts;
    for (let i = 0; i < RENEWAL_POLL.times; i++) {
      const installation = await store.installations.get(tenant);
      if (!installation) throw new NotInstalled(tenant);
      if (!this.#isOver(installation)) return installation;
      const code = this.#lostFor(installation);
      if (code !== null) throw new TokenLost(tenant, code);
      // No process renewed the token in time, maybe because all were down.
      if (await this.#renew(tenant)) continue;
      await new Promise<void>((resolve) => clock.after(RENEWAL_POLL.every, resolve));
    }
    throw new Error(`the token for ${tenant} has expired and could not be renewed`);
  }

  /** Renews a token and stores it. @returns false if another process has claimed the renewal, or there is none to do */
  async #renew(tenant: string): Promise<boolean> {
    const { store, clock, sealer } = this.#parts;
    if (await this.#saveRenewal(tenant)) return true;
    const now = clock.now();
    const claimed = await store.installations.claimRenewal(
      tenant,
      now + RENEW_BEFORE_END_MS,
      now,
      now + RENEWAL_CLAIM_MS,
    );
    if (!claimed || claimed.refreshToken === null) return false;
    const answer = await this.#exchange(claimed, sealer.open(claimed.refreshToken, tenant).text);
    const { access_token, refresh_token, expires_in } = renewalResponse.parse(answer);
    this.#unsaved.set(tenant, {
      of: claimed,
      tokens: {
        token: sealer.seal(access_token, tenant),
        refreshToken: sealer.seal(refresh_token, tenant),
        expiresAt: clock.now() + expires_in * 1_000,
      },
    });
    return this.#saveRenewal(tenant);
  }

  /** Calls Slack with the refresh token. Rejects with TokenLost if Slack will never accept it. */
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
      if (!LOST_TOKEN_CODES.has(code)) throw error;
      this.#lost.set(tenant, { token, code });
      throw new TokenLost(tenant, code);
    }
  }

  /** Returns Slack's error code if this token is lost. After a new installation the token differs, so null. */
  #lostFor({ tenant, token }: Installation): string | null {
    const lost = this.#lost.get(tenant);
    return lost?.token === token ? lost.code : null;
  }

  /** Stores the tenant's renewed tokens. Rejects if the database fails. @returns false if there are none */
  async #saveRenewal(tenant: string): Promise<boolean> {
    const renewed = this.#unsaved.get(tenant);
    if (!renewed) return false;
    const kept = await this.#parts.store.installations.saveRenewal(renewed.of, renewed.tokens);
    this.#unsaved.delete(tenant);
    this.forget(tenant);
    this.#parts.logger.info({ tenant, kept }, 'token renewed');
    return true;
  }

  #addToCache(installation: Installation): CachedInstallation {
    const { sealer, clientOptions, clock } = this.#parts;
    const { tenant } = installation;
    const token = sealer.open(installation.token, tenant).text;
    const before = this.#cache.get(tenant);
    const client = before && before.token === token ? before.client : new SlackClient(token, clientOptions);
    const known = { installation, token, client, until: clock.monotonic() + CACHED_FOR_MS };
    this.#cache.delete(tenant);
    this.#cache.set(tenant, known);
    // A Map keeps insertion order, so the first entry was loaded the longest time ago.
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > MOST_CACHED && oldest !== undefined) this.#cache.delete(oldest);
    return known;
  }

  #isOver({ expiresAt }: Installation): boolean {
    return expiresAt !== null && expiresAt <= this.#parts.clock.now();
  }
}
