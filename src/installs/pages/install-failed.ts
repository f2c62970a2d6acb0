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
    headline: 'The installation could not be continued',
    what: () => html`<p>Your browser did not bring back the cookie that was set when you started. Either cookies are blocked here, or you started in another browser.</p>
<p>Allow cookies for this site and start again, in the browser in which you are signed in to Slack.</p>`,
    action: 'Start again',
  },
  state_expired: {
    status: 400,
    kicker: NOT_INSTALLED,
    headline: 'The installation took too long',
    what: () =>
      html`<p>It has to be finished within a few minutes, so that an old link is of no use to anybody else. Start again; this time it goes faster.</p>`,
    action: 'Start again',
  },
  state_forged: {
    status: 400,
    kicker: NOT_INSTALLED,
    headline: 'This installation was not started here',
    what: () => html`<p>The link that brought you here does not belong to an installation that was started in this browser. If somebody sent it to you, do not use it again.</p>
<p>If you want to install the app yourself, start from the beginning.</p>`,
    action: 'Start again',
  },
  denied: {
    status: 403,
    kicker: NOT_INSTALLED,
    headline: 'You did not allow it, and nothing was installed',
    what: () => html`<p>In your workspace everything is as it was. You can close this page.</p>
<p>If it was for the permissions: the installation page says what each of them is needed for.</p>`,
    action: 'To the installation page',
  },
  code_refused: {
    status: 400,
    kicker: 'Not completed',
    headline: 'Slack did not complete the installation',
    what: ({
      appName,
      command,
    }) => html`<p>Slack’s permission works once, and for a few minutes. Reloading this page, or coming back to it, uses it a second time.</p>
<p>If <code>${command} help</code> gets an answer in your workspace, ${nameHtml(appName)} is installed and nothing is left to do. If not, start again.</p>`,
    action: 'Start again',
  },
  scopes_missing: {
    status: 403,
    kicker: NOT_INSTALLED,
    headline: 'Slack did not grant all that the app needs',
    what: ({ missingScopes = [] }) => html`${
      missingScopes.length === 0
        ? null
        : html`<p>These permissions are missing:</p><ul class="list">${missingScopes.map((scope) => html`<li><code>${scope}</code></li>`)}</ul>`
    }
<p>Without them it could not do its work, so it was not set up. Start again and allow everything on Slack’s list; where Slack does not let you, ask an admin of your workspace.</p>`,
    action: 'Start again',
  },
  server: {
    status: 500,
    kicker: 'Not completed',
    headline: 'Something went wrong on our side',
    what: () =>
      html`<p>It is nothing that you did. Start again in a few minutes: that does no harm, even if the app was installed after all.</p>`,
    action: 'Start again',
  },
  not_approved: {
    status: 403,
    kicker: NOT_INSTALLED,
    headline: 'An admin has to approve the app first',
    what: ({
      appName,
    }) => html`<p>Your workspace lets in only apps that its admins have approved. Ask one of them to approve ${nameHtml(appName)}, and show them the installation page: it says what the app may do, and why.</p>
<p>Once it is approved, start again there.</p>`,
    action: 'To the installation page',
  },
  request_sent: {
    status: 200,
    kicker: 'Waiting for an admin',
    headline: 'Your request is with the admins',
    what: ({
      appName,
      installUrl,
    }) => html`<p>Slack has passed it on to the people who approve apps in your workspace, and tells you what they decide. There is nothing to do until then, and you can close this page.</p>
<p>When they have approved ${nameHtml(appName)}, ${link(installUrl, 'install it')}.</p>`,
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
  const whom = supportUrl === undefined ? 'whoever sent you here' : link(supportUrl, 'support');
  return html`<p class="reference">If it goes on, tell ${whom} this reference: <code>${reference}</code></p>`;
}
