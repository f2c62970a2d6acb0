import { Refusal } from './refusal.ts';

export type TokenKind = 'bot' | 'app';

interface TokenRecord {
  readonly kind: TokenKind;
  readonly scopes: readonly string[];
  /** Slack's error code for a call with a token that is no longer valid. */
  readonly dead?: 'token_revoked' | 'account_inactive';
}

/** Tokens of the app, with their scopes. */
export class Tokens {
  readonly #held = new Map<string, TokenRecord>();
  #installed = true;

  /** True until an admin removes the app. Revoking its tokens doesn't change this. */
  get isInstalled(): boolean {
    return this.#installed;
  }

  /** Adds a bot token from a new installation. */
  install(token: string, scopes: readonly string[]): void {
    this.#installed = true;
    this.add(token, 'bot', scopes);
  }

  isValid(token: string): boolean {
    const held = this.#held.get(token);
    return held !== undefined && held.dead === undefined;
  }

  add(token: string, kind: TokenKind, scopes: readonly string[]): void {
    this.#held.set(token, { kind, scopes });
  }

  /** Makes every bot token invalid. `account_inactive` also marks the app as uninstalled. */
  revokeBotTokens(dead: 'token_revoked' | 'account_inactive'): void {
    if (dead === 'account_inactive') this.#installed = false;
    for (const [token, held] of this.#held) {
      if (held.kind === 'bot' && held.dead === undefined) this.#held.set(token, { ...held, dead });
    }
  }

  /** Throws a Refusal if the token isn't valid, has another kind, or lacks the needed scope. */
  check(token: string | null, kind: TokenKind, needed: string | undefined): void {
    if (token === null) throw new Refusal('not_authed');
    const held = this.#held.get(token);
    if (held === undefined) throw new Refusal('invalid_auth');
    if (held.dead !== undefined) throw new Refusal(held.dead);
    if (held.kind !== kind) throw new Refusal('not_allowed_token_type');
    if (needed !== undefined && !held.scopes.includes(needed)) {
      throw new Refusal('missing_scope', { needed, provided: held.scopes.join(',') });
    }
  }
}
