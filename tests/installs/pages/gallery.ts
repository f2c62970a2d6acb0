import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { exampleCardMessage } from '../../../src/installs/pages/example-card.ts';
import { renderInstallPage } from '../../../src/installs/pages/install.ts';
import { type InstallFailure, renderInstallFailedPage } from '../../../src/installs/pages/install-failed.ts';
import { renderInstalledPage } from '../../../src/installs/pages/installed.ts';
import { renderPrivacyPage } from '../../../src/installs/pages/privacy.ts';

export const SCOPES = [
  { name: 'commands', reason: 'The slash command.' },
  { name: 'chat:write', reason: 'Cards, replies in their threads, and private answers.' },
  {
    name: 'channels:join',
    reason: 'To post a card in a public channel that it is not in: it joins and posts.',
  },
  {
    name: 'app_mentions:read',
    reason: 'Questions in threads. Of messages it gets those that mention it, and no others.',
  },
  { name: 'files:write', reason: 'The record of a decision as a file in the card’s thread.' },
  {
    name: 'users:read',
    reason: 'Names in the record, time zones for reminders, and whether those who decide have left.',
  },
];

/** The words that come from outside, for all pages together. */
export interface Given {
  readonly appName: string;
  readonly command: string;
  readonly supportUrl: string;
  readonly privacyUrl: string;
  readonly scopes: typeof SCOPES;
  readonly article: { readonly title: string; readonly publisher: string; readonly url: string };
  readonly addToSlackUrl: string;
  readonly installUrl: string;
  readonly workspaceName: string;
  readonly deepLink: string;
  readonly botName: string;
  readonly reference: string;
  readonly operator: string;
  readonly place: string;
  readonly missingScopes: readonly string[];
}

export const USUAL: Given = {
  appName: 'Django or Flask',
  command: '/django-or-flask',
  supportUrl: 'https://bot.example/support',
  privacyUrl: '/privacy',
  scopes: SCOPES,
  article: {
    title: 'Flask vs. Django: Which Python Framework Is Better for Your Web Development?',
    publisher: 'STX Next',
    url: 'https://www.stxnext.com/blog/flask-vs-django-comparison/',
  },
  addToSlackUrl: 'https://slack.example/oauth/v2/authorize?client_id=1.2&scope=commands&state=abc',
  installUrl: '/slack/install',
  workspaceName: 'Acme Rockets',
  deepLink: 'slack://app?team=T0ACME&id=A0BOT&tab=home',
  botName: '@django-or-flask',
  reference: 'k3v9-Qm2x_7aPz',
  operator: 'Example Ltd',
  place: 'Frankfurt, Germany',
  missingScopes: ['files:write', 'users:read'],
};

export const FAILURES: readonly InstallFailure[] = [
  'state_missing',
  'state_expired',
  'state_forged',
  'denied',
  'code_refused',
  'scopes_missing',
  'server',
  'not_approved',
  'request_sent',
];

/** Every page there is, and those that look different with other settings, by a name. */
export function gallery(given: Given): Record<string, string> {
  const app = { appName: given.appName, command: given.command };
  const example = exampleCardMessage(loadRubric());
  const kept = { retentionDays: null, daysAfterUninstall: 0 };
  const failed = Object.fromEntries(
    FAILURES.map((kind) => [
      `failed-${kind}`,
      renderInstallFailedPage({ ...given, kind, reference: kind === 'server' ? given.reference : undefined }),
    ]),
  );
  return {
    install: renderInstallPage({ ...given, ...kept, example }),
    'install-bare': renderInstallPage({
      ...app,
      scopes: given.scopes,
      article: given.article,
      example,
      addToSlackUrl: given.addToSlackUrl,
      retentionDays: 365,
      daysAfterUninstall: 30,
    }),
    installed: renderInstalledPage({ ...given, orgWide: false }),
    'installed-org-wide': renderInstalledPage({ ...given, orgWide: true }),
    ...failed,
    'failed-server-bare': renderInstallFailedPage({
      ...app,
      kind: 'server',
      installUrl: given.installUrl,
      reference: given.reference,
    }),
    'failed-scopes-unnamed': renderInstallFailedPage({
      ...app,
      kind: 'scopes_missing',
      installUrl: given.installUrl,
    }),
    privacy: renderPrivacyPage({ ...given, ...kept }),
    'privacy-bare': renderPrivacyPage({ ...app, retentionDays: 1, daysAfterUninstall: 1 }),
  };
}
