import type { ServerResponse } from 'node:http';
import type { Config, ManyWorkspaces } from '../config.ts';
import type { Logger } from '../logging.ts';
import { install } from '../slack/install.ts';
import type { WorkspacesParts } from '../slack/workspaces.ts';
import { INSTALL_PATH, Installer, type InstallPages, REDIRECT_PATH } from './installer.ts';
import { installPage } from './pages/install.ts';
import { installFailedPage } from './pages/install-failed.ts';
import { installedPage } from './pages/installed.ts';
import { type Contact, PAGE_HEADERS } from './pages/layout.ts';
import { privacyPage } from './pages/privacy.ts';
import type { Page } from './receiver.ts';

const PRIVACY_PATH = '/privacy';
const SLACK = 'https://slack.com/';

export interface WebParts {
  readonly config: Config;
  readonly many: ManyWorkspaces;
  readonly workspaces: WorkspacesParts;
  /** What the app may do, and what for. */
  readonly scopes: readonly { readonly name: string; readonly why: string }[];
  readonly randomBytes: (size: number) => Buffer;
  readonly newReference: () => string;
  readonly logger: Logger;
}

/** What a browser finds at a bot of many workspaces: the way to install it, and what it does with data. */
export function webPages(parts: WebParts): Readonly<Record<string, Page>> {
  const { config, many, workspaces, scopes, randomBytes, newReference, logger } = parts;
  const { slashCommand: command, retentionDays, eraseAfterDays } = config;
  const contact: Contact = {
    supportUrl: config.supportUrl,
    privacyUrl: config.privacyUrl ?? `${many.publicUrl}${PRIVACY_PATH}`,
  };
  const pages: InstallPages = {
    install: (addToSlackUrl) => installPage({ addToSlackUrl, command, scopes, retentionDays, ...contact }),
    installed: ({ installation, appId }) =>
      installedPage({
        name: installation.name,
        isOrganisation: installation.team === null,
        command,
        openUrl: openUrl(appId, installation.team),
        ...contact,
      }),
    failed: ({ kind, detail = null, reference = null }) =>
      installFailedPage({
        kind,
        detail,
        reference,
        installUrl: `${many.publicUrl}${INSTALL_PATH}`,
        ...contact,
      }),
  };
  const names = scopes.map(({ name }) => name);
  const installer = new Installer({
    clientId: many.clientId,
    stateSecret: many.stateSecret,
    publicUrl: many.publicUrl,
    authorizeUrl: new URL('/oauth/v2/authorize', config.slackApiUrl ?? SLACK).href,
    scopes: names,
    pages,
    install: (code, redirectUri) => install(workspaces, { code, redirectUri, scopes: names }),
    now: () => workspaces.clock.now(),
    randomBytes,
    newReference,
    logger,
    headers: PAGE_HEADERS,
  });
  const privacy = privacyPage({ command, retentionDays, eraseAfterDays, ...contact });
  return {
    [INSTALL_PATH]: installer.begin,
    [REDIRECT_PATH]: installer.finish,
    [PRIVACY_PATH]: async (_req, res) => send(res, privacy),
  };
}

function send(res: ServerResponse, text: string): void {
  res.writeHead(200, {
    ...PAGE_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  res.end(text);
}

/** Opens the app in Slack; https://docs.slack.dev/interactivity/deep-linking */
function openUrl(appId: string, team: string | null): string {
  const url = new URL('https://slack.com/app_redirect');
  url.searchParams.set('app', appId);
  if (team !== null) url.searchParams.set('team', team);
  return url.href;
}
