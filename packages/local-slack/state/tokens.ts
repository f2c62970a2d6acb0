import { Refusal } from './refusal.ts';

export type TokenKind = 'bot' | 'app';

interface TokenRecord {
  readonly kind: TokenKind;
  readonly scopes: readonly string[];
  /** Slack's word for a token that does not work any more. */
  readonly dead?: 'token_revoked' | 'account_inactive';
}

/** The tokens that this Slack has handed out, and what each may do. */
export class Tokens {
  readonly #held = new Map<string, TokenRecord>();
  #installed = true;

  /** Whether the app is there for people: until an admin removes it, whatever its tokens do. */
  get isInstalled(): boolean {
    return this.#installed;
  }

  /** A token from a new installation. */
  install(token: string, scopes: readonly string[]): void {
    this.#installed = true;
    this.add(token, 'bot', scopes);
  }

  /** Whether it is taken. */
  isValid(token: string): boolean {
    const held = this.#held.get(token);
    return held !== undefined && held.dead === undefined;
  }

  add(token: string, kind: TokenKind, scopes: readonly string[]): void {
    this.#held.set(token, { kind, scopes });
  }

  /** Ends every token of the bot. */
  revokeBotTokens(dead: 'token_revoked' | 'account_inactive'): void {
    if (dead === 'account_inactive') this.#installed = false;
    for (const [token, held] of this.#held) {
      if (held.kind === 'bot' && held.dead === undefined) this.#held.set(token, { ...held, dead });
    }
  }

  /** Refuses a token that does not work, or is of another kind, or lacks the scope that is needed. */
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
