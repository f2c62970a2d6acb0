import { Refusal } from './refusal.ts';
import type { Workspace } from './workspace.ts';

/** A person's consent to install the app. */
export interface Authorization {
  /** Must start with one of the app's registered redirect URLs. */
  readonly redirectUri: string;
  readonly state?: string;
  /** Default: the scopes of the app's manifest. */
  readonly scopes?: readonly string[];
  /** Id of the installing user. Default: the first admin. */
  readonly user?: string;
}

/** The app's OAuth settings. */
export interface Registration {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Allowed prefixes. Undefined allows any https URL and any on this machine. */
  readonly redirectUris: readonly string[] | undefined;
}

interface Granted {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly user: string;
  readonly at: number;
  used: boolean;
}

const CODE_MS = 10 * 60_000;

/** OAuth codes. An app exchanges a code for a token once, within ten minutes, with its client secret. */
export class Authorizations {
  readonly registration: Registration;
  readonly #workspace: Workspace;
  readonly #codes = new Map<string, Granted>();

  constructor(registration: Registration, workspace: Workspace) {
    this.registration = registration;
    this.#workspace = workspace;
  }

  /** Returns a code, and the URL to which Slack redirects the browser with it. */
  authorize(asked: Authorization): { readonly code: string; readonly url: string } {
    const { bot } = this.#workspace;
    if (!this.#isRegistered(asked.redirectUri)) throw new Refusal('bad_redirect_uri');
    const user = asked.user ?? this.#workspace.users().find(({ role }) => role === 'admin')?.id ?? bot.userId;
    this.#workspace.user(user);
    const scopes = asked.scopes ?? bot.scopes;
    if (scopes.length === 0) throw new Refusal('no_scopes');
    const code = this.#workspace.newId('code-');
    const { redirectUri } = asked;
    this.#codes.set(code, { redirectUri, scopes, user, at: this.#workspace.now(), used: false });
    const url = new URL(redirectUri);
    url.searchParams.set('code', code);
    if (asked.state !== undefined) url.searchParams.set('state', asked.state);
    return { code, url: url.href };
  }

  exchange(given: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly code: string;
    readonly redirectUri: string | undefined;
  }): Granted {
    if (given.clientId !== this.registration.clientId) throw new Refusal('invalid_client_id');
    if (given.clientSecret !== this.registration.clientSecret) throw new Refusal('bad_client_secret');
    const granted = this.#codes.get(given.code);
    if (granted === undefined || this.#workspace.now() - granted.at > CODE_MS) {
      throw new Refusal('invalid_code');
    }
    if (granted.used) throw new Refusal('code_already_used');
    if (given.redirectUri !== undefined && given.redirectUri !== granted.redirectUri) {
      throw new Refusal('bad_redirect_uri');
    }
    granted.used = true;
    return granted;
  }

  #isRegistered(uri: string): boolean {
    const { redirectUris } = this.registration;
    if (redirectUris !== undefined) return redirectUris.some((registered) => uri.startsWith(registered));
    const { protocol, hostname } = URL.parse(uri) ?? { protocol: '', hostname: '' };
    return protocol === 'https:' || ['localhost', '127.0.0.1'].includes(hostname);
  }
}
