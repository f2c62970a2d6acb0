import { randomBytes } from 'node:crypto';
import { SCOPES } from '../../../src/manifest/permissions.ts';
import { createSealer } from '../../../src/runtime/seal.ts';
import type { Answer } from '../../support/slack.ts';

const LIFETIME_MS = 12 * 60 * 60_000;

/** What becomes of a refresh token that was used, whose answer may have been lost. */
export type Reuse =
  /** It is taken once more, as long as the token that it was exchanged for was not used. */
  | 'in-doubt'
  /** It is gone. */
  | 'never';

/** Slack's side of an installation by OAuth with tokens that expire: which codes and tokens it takes. */
export class Tokens {
  readonly sealer = createSealer([randomBytes(32)], randomBytes);
  readonly #reuse: Reuse;
  readonly #now: () => number;
  #issued = 0;
  readonly #codes = new Set<string>();
  readonly #expires = new Map<string, number>();
  #refresh: string | null = null;
  #before: string | null = null;

  constructor(reuse: Reuse, now: () => number) {
    this.#reuse = reuse;
    this.#now = now;
  }

  /** Somebody has allowed the app. */
  newCode(): string {
    this.#issued += 1;
    const code = `code-${this.#issued}`;
    this.#codes.add(code);
    return code;
  }

  works(token: string): boolean {
    return (this.#expires.get(token) ?? 0) > this.#now();
  }

  /** Answers `oauth.v2.access`. */
  answer({ code, refresh_token }: Record<string, unknown>): Answer {
    if (refresh_token === undefined) {
      if (!this.#codes.delete(String(code))) return { error: 'invalid_code' };
      this.#before = null;
    } else {
      const inDoubt = this.#reuse === 'in-doubt' && refresh_token === this.#before;
      if (refresh_token !== this.#refresh && !inDoubt) return { error: 'invalid_refresh_token' };
      this.#before = String(refresh_token);
    }
    return this.#grant();
  }

  #grant(): Answer {
    this.#issued += 1;
    const token = `xoxe.xoxb-${this.#issued}`;
    this.#refresh = `xoxe-${this.#issued}`;
    this.#expires.set(token, this.#now() + LIFETIME_MS);
    return {
      answer: {
        access_token: token,
        refresh_token: this.#refresh,
        expires_in: LIFETIME_MS / 1_000,
        scope: SCOPES.map(({ name }) => name).join(','),
        bot_user_id: 'U0BOT',
        app_id: 'A1',
        team: { id: 'T1', name: 'Acme' },
        authed_user: { id: 'U1' },
      },
    };
  }
}
