import { type AppOnPages, renderDocument, titleWithApp } from './document.ts';
import { type Html, html, link, nameHtml } from './html.ts';

export type InstallFailure =
  /** The browser didn't send the cookie, or Slack's redirect had no state. */
  | 'state_missing'
  | 'state_expired'
  /** State and cookie don't match, or the state's signature is wrong. */
  | 'state_forged'
  /** The person pressed "Cancel". */
  | 'denied'
  /** Slack refused the code: it was used before, or is too old. */
  | 'code_refused'
  | 'scopes_missing'
  /** The bot has a bug, or Slack or the database doesn't respond. */
  | 'server'
  | 'not_approved'
  | 'request_sent';

export interface InstallFailedPage extends AppOnPages {
  readonly kind: InstallFailure;
  /** Address of the installation page. */
  readonly installUrl: string;
  /** Id of the log entry about this failure. */
  readonly reference?: string | undefined;
  /** Scopes that Slack didn't grant, for `scopes_missing`. */
  readonly missingScopes?: readonly string[] | undefined;
}

interface FailureText {
  readonly status: number;
  readonly kicker: string;
  readonly headline: string;
  readonly what: (page: InstallFailedPage) => Html;
  /** Label of the link to the installation page; null for no link. */
  readonly action: string | null;
}

const NOT_INSTALLED = 'Not installed';

const FAILURE_TEXTS: Readonly<Record<InstallFailure, FailureText>> = {
  state_missing: {
    status: 400,
    kicker: NOT_INSTALLED,
    headline: 'Your browser lost track of the installation',
    what: () => html`<p>The cookie from the start of the installation is missing. Either this browser blocks cookies, or you started in another one.</p>
<p>Allow cookies for this site, and start again in the browser where you’re signed in to Slack.</p>`,
    action: 'Start again',
  },
  state_expired: {
    status: 400,
    kicker: NOT_INSTALLED,
    headline: 'The installation took too long',
    what: () =>
      html`<p>You have a few minutes to finish, so that no one else can use an old link. Start again.</p>`,
    action: 'Start again',
  },
  state_forged: {
    status: 400,
    kicker: NOT_INSTALLED,
    headline: 'This installation didn’t start in this browser',
    what: () => html`<p>The link that brought you here belongs to another installation. If someone sent it to you, don’t use it again.</p>
<p>To install the app yourself, start again.</p>`,
    action: 'Start again',
  },
  denied: {
    status: 403,
    kicker: NOT_INSTALLED,
    headline: 'You canceled the installation',
    what: () => html`<p>Nothing changed in your workspace. You can close this page.</p>
<p>The installation page explains each permission.</p>`,
    action: 'Open the installation page',
  },
  code_refused: {
    status: 400,
    kicker: 'Not completed',
    headline: 'Slack didn’t complete the installation',
    what: ({
      appName,
      command,
    }) => html`<p>Slack’s permission works once, for a few minutes. Reloading this page uses it a second time.</p>
<p>Type <code>${command} help</code> in your workspace. If you get a reply, ${nameHtml(appName)} is installed. If not, start again.</p>`,
    action: 'Start again',
  },
  scopes_missing: {
    status: 403,
    kicker: NOT_INSTALLED,
    headline: 'The app needs more permissions',
    what: ({ missingScopes = [] }) => html`${
      missingScopes.length === 0
        ? null
        : html`<p>Slack didn’t grant these:</p><ul class="list">${missingScopes.map((scope) => html`<li><code>${scope}</code></li>`)}</ul>`
    }
<p>The app can’t work without them. Start again and allow everything on Slack’s list. If Slack doesn’t let you, ask an admin of your workspace.</p>`,
    action: 'Start again',
  },
  server: {
    status: 500,
    kicker: 'Not completed',
    headline: 'The bot failed to finish the installation',
    what: () =>
      html`<p>You did nothing wrong. Start again in a few minutes. This is safe even if the app is already installed.</p>`,
    action: 'Start again',
  },
  not_approved: {
    status: 403,
    kicker: NOT_INSTALLED,
    headline: 'An admin must approve the app first',
    what: ({
      appName,
    }) => html`<p>Ask an admin of your workspace to approve ${nameHtml(appName)}. The installation page explains what it can do, and why.</p>
<p>Once it’s approved, start again from that page.</p>`,
    action: 'Open the installation page',
  },
  request_sent: {
    status: 200,
    kicker: 'Waiting for an admin',
    headline: 'Your request went to the admins',
    what: ({
      appName,
      installUrl,
    }) => html`<p>Slack will tell you what they decide. You can close this page.</p>
<p>Once they approve ${nameHtml(appName)}, ${link(installUrl, 'install it')}.</p>`,
    action: null,
  },
};

/** Renders the page after a failed installation, with the reason and the next step. */
export function renderInstallFailedPage(page: InstallFailedPage): string {
  const { kicker, headline, what, action } = FAILURE_TEXTS[page.kind];
  const main = html`<p class="kicker">${kicker}</p>
<h1>${headline}</h1>
${what(page)}
${action === null ? null : html`<p class="act">${link(page.installUrl, action, 'button')}</p>`}
${page.reference === undefined ? null : referenceNote(page, page.reference)}`;
  return renderDocument(page, { title: titleWithApp(page, headline), main });
}

/** Returns the HTTP status of the page. */
export function statusOfFailure(kind: InstallFailure): number {
  return FAILURE_TEXTS[kind].status;
}

function referenceNote({ supportUrl }: AppOnPages, reference: string): Html {
  const whom = supportUrl === undefined ? 'the person who sent you here' : link(supportUrl, 'support');
  return html`<p class="reference">If it fails again, tell ${whom} this reference: <code>${reference}</code></p>`;
}
