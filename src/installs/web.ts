// The web pages of a bot for many workspaces, by path.
import type { Rubric } from '../advice/rubric/schema.ts';
import type { Config, ManyWorkspaces } from '../runtime/config.ts';
import { type Pages, respond } from '../runtime/http/serve.ts';
import type { Logger } from '../runtime/logging.ts';
import { INSTALL_PATH, Installer, type InstallPages, REDIRECT_PATH } from './installer.ts';
import { type AppOnPages, pageHeaders } from './pages/document.ts';
import { exampleCardMessage } from './pages/example-card.ts';
import { renderInstallPage } from './pages/install.ts';
import { renderInstallFailedPage } from './pages/install-failed.ts';
import { renderInstalledPage } from './pages/installed.ts';
import { renderPrivacyPage } from './pages/privacy.ts';
import type { Workspaces } from './workspaces.ts';

const APP_NAME = 'Django or Flask';
const PRIVACY_PATH = '/privacy';
const SLACK = 'https://slack.com/';

export interface WebParts {
  readonly config: Config;
  readonly many: ManyWorkspaces;
  readonly workspaces: Pick<Workspaces, 'install'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The scopes that the app requests, each with the reason. */
  readonly scopes: readonly { readonly name: string; readonly why: string }[];
  readonly rubric: Rubric;
  readonly randomBytes: (size: number) => Buffer;
  readonly newReference: () => string;
  readonly logger: Logger;
}

/** Creates the installation pages and the privacy page. */
export function createPages(parts: WebParts): Pages {
  const { config, many, workspaces, scopes, rubric, now, randomBytes, newReference, logger } = parts;
  const app: AppOnPages = {
    appName: APP_NAME,
    command: config.slashCommand,
    supportUrl: config.supportUrl ?? undefined,
    privacyUrl: config.privacyUrl ?? `${many.publicUrl}${PRIVACY_PATH}`,
  };
  const keeping = { retentionDays: config.retentionDays, daysAfterUninstall: config.eraseAfterDays };
  const example = exampleCardMessage(rubric);
  const pages: InstallPages = {
    install: (addToSlackUrl) =>
      renderInstallPage({
        ...app,
        ...keeping,
        addToSlackUrl,
        scopes: scopes.map(({ name, why }) => ({ name, reason: why })),
        article: rubric.article,
        example,
      }),
    installed: ({ installation, appId }) =>
      renderInstalledPage({
        ...app,
        workspaceName: installation.name,
        orgWide: installation.team === null,
        botName: installation.botName,
        deepLink: openUrl(appId, installation.team),
      }),
    failed: (failure) =>
      renderInstallFailedPage({ ...app, ...failure, installUrl: `${many.publicUrl}${INSTALL_PATH}` }),
  };
  const names = scopes.map(({ name }) => name);
  const installer = new Installer({
    clientId: many.clientId,
    stateSecret: many.stateSecret,
    publicUrl: many.publicUrl,
    authorizeUrl: new URL('/oauth/v2/authorize', config.slackApiUrl ?? SLACK).href,
    scopes: names,
    pages,
    install: (code, redirectUri) => workspaces.install({ code, redirectUri, scopes: names }),
    now,
    randomBytes,
    newReference,
    logger,
  });
  const privacy = renderPrivacyPage({ ...app, ...keeping });
  return {
    [INSTALL_PATH]: installer.begin,
    [REDIRECT_PATH]: installer.finish,
    [PRIVACY_PATH]: async (_req, res) => respond(res, 200, pageHeaders('everybody', many.publicUrl), privacy),
  };
}

/** Returns a link that opens the app in Slack; https://docs.slack.dev/interactivity/deep-linking */
function openUrl(appId: string, team: string | null): string {
  const url = new URL('https://slack.com/app_redirect');
  url.searchParams.set('app', appId);
  if (team !== null) url.searchParams.set('team', team);
  return url.href;
}
