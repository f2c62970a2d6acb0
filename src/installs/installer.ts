// The two HTTP endpoints of an OAuth installation: the start page, and the redirect back from Slack.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { queryOf, respond } from '../runtime/http/serve.ts';
import type { Logger } from '../runtime/logging.ts';
import type { InstallResult } from './install.ts';
import {
  createInstallState,
  findStateProblem,
  STATE_LIFETIME_MS,
  type StateProblem,
} from './install-state.ts';
import { pageHeaders } from './pages/document.ts';
import { type InstallFailure, statusOfFailure } from './pages/install-failed.ts';

export const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';

/** The pages of an installation. Each function returns an HTML document. */
export interface InstallPages {
  install(addToSlackUrl: string): string;
  installed(granted: Extract<InstallResult, { kind: 'installed' }>): string;
  failed(failure: FailedInstall): string;
}

export interface FailedInstall {
  readonly kind: InstallFailure;
  readonly missingScopes?: readonly string[];
  readonly reference?: string;
}

const KINDS: Readonly<Record<StateProblem, InstallFailure>> = {
  missing: 'state_missing',
  forged: 'state_forged',
  expired: 'state_expired',
  other_browser: 'state_missing',
};

export interface InstallerOptions {
  readonly clientId: string;
  readonly stateSecret: string;
  /** The bot's own address, as in https://bot.example.org */
  readonly publicUrl: string;
  /** Slack's page on which a person allows the app. */
  readonly authorizeUrl: string;
  readonly scopes: readonly string[];
  readonly pages: InstallPages;
  /** Exchanges a code for a token and stores it. */
  readonly install: (code: string, redirectUri: string) => Promise<InstallResult>;
  readonly now: () => number;
  readonly randomBytes: (size: number) => Buffer;
  readonly newReference: () => string;
  readonly logger: Logger;
}

/** Handles an installation from "Add to Slack" on. Accepts Slack's redirect only in the browser that started it. */
export class Installer {
  readonly #options: InstallerOptions;
  readonly #cookieName: string;
  readonly #secure: string;

  constructor(options: InstallerOptions) {
    this.#options = options;
    // The prefix __Host- restricts the cookie to this host. Browsers accept it only over https.
    const isSecure = options.publicUrl.startsWith('https:');
    this.#cookieName = isSecure ? '__Host-slack-install' : 'slack-install';
    this.#secure = isSecure ? '; Secure' : '';
  }

  readonly begin = async (_req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const { clientId, stateSecret, scopes, authorizeUrl, pages, now, randomBytes } = this.#options;
    const { state, cookie } = createInstallState(stateSecret, now(), randomBytes);
    const url = new URL(authorizeUrl);
    url.searchParams.set('client_id', clientId);
    url.searchParams.set('scope', scopes.join(','));
    url.searchParams.set('redirect_uri', this.#redirectUri());
    url.searchParams.set('state', state);
    res.setHeader('set-cookie', this.#cookie(cookie, STATE_LIFETIME_MS / 1_000));
    this.#page(res, 200, pages.install(url.href));
  };

  readonly finish = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const { stateSecret, install, now, newReference, logger } = this.#options;
    const query = queryOf(req);
    res.setHeader('set-cookie', this.#cookie('', 0));
    const problem = findStateProblem(stateSecret, now(), {
      state: query.get('state'),
      cookie: cookieIn(req, this.#cookieName),
    });
    if (problem !== null) {
      logger.warn({ problem }, 'a redirect from Slack without a matching start');
      return this.#failed(res, { kind: KINDS[problem] });
    }
    const error = query.get('error');
    if (error !== null) {
      // Slack's error code, unless a person changed the address. So only a plausible code is logged.
      const code = /^[a-z_]{1,80}$/.test(error) ? error : 'other';
      logger.info({ code }, 'installation canceled');
      return this.#failed(res, { kind: 'denied' });
    }
    try {
      const granted = await install(query.get('code') ?? '', this.#redirectUri());
      if (granted.kind === 'installed') {
        logger.info({ tenant: granted.installation.tenant }, 'installed');
        return this.#page(res, 200, this.#options.pages.installed(granted));
      }
      const detail = granted.kind === 'lacking' ? granted.scopes.join(', ') : granted.code;
      logger.warn({ kind: granted.kind, detail }, 'not installed');
      const missing = granted.kind === 'lacking' ? { missingScopes: granted.scopes } : {};
      this.#failed(res, { kind: granted.kind === 'lacking' ? 'scopes_missing' : 'code_refused', ...missing });
    } catch (thrown) {
      const reference = newReference();
      logger.error({ err: thrown, ref: reference }, 'installing failed');
      this.#failed(res, { kind: 'server', reference });
    }
  };

  #failed(res: ServerResponse, failure: FailedInstall): void {
    this.#page(res, statusOfFailure(failure.kind), this.#options.pages.failed(failure));
  }

  #redirectUri(): string {
    return `${this.#options.publicUrl}${REDIRECT_PATH}`;
  }

  #cookie(value: string, seconds: number): string {
    return `${this.#cookieName}=${value}; HttpOnly; SameSite=Lax; Path=/; Max-Age=${seconds}${this.#secure}`;
  }

  #page(res: ServerResponse, status: number, html: string): void {
    respond(res, status, pageHeaders('state', this.#options.publicUrl), html);
  }
}

function cookieIn({ headers }: IncomingMessage, name: string): string | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}
