import { type AppOnPages, renderDocument, titleWithApp } from './document.ts';
import { html, link, nameHtml } from './html.ts';

export interface InstalledPage extends AppOnPages {
  /** Name of the workspace; of the organization for an org-wide installation. */
  readonly workspaceName: string;
  readonly orgWide: boolean;
  /** Opens the app in Slack: `slack://app?…` or `https://slack.com/app_redirect?…`. */
  readonly deepLink: string;
  /** The bot's mention: `@name`. */
  readonly botName: string;
}

/** Renders the page after a successful installation, with the next steps. */
export function renderInstalledPage(page: InstalledPage): string {
  const { appName, command, workspaceName, orgWide, botName } = page;
  const headline = orgWide
    ? `${appName} is installed for ${workspaceName}`
    : `${appName} is now in ${workspaceName}`;
  const adding = html`<li><h2>Add it to workspaces</h2><p>An admin of the organization picks the workspaces in Slack’s admin settings, under installed apps. You don’t need to install it again.</p></li>`;
  const main = html`<p class="kicker good">Installed</p>
<h1>${nameHtml(appName)} ${orgWide ? 'is installed for' : 'is now in'} ${nameHtml(workspaceName)}</h1>
<ol class="steps upright">
${orgWide ? adding : null}
<li><h2>Go to a channel</h2><p>Pick the one where your team discusses the project. In a private channel, type <code>/invite ${botName}</code> first.</p></li>
<li><h2>Ask about a project</h2><p>Type this and press Enter:</p><p class="typed"><code>${command} Billing portal</code></p></li>
<li><h2>Answer what you know</h2><p>The card appears in the channel. Everyone there can vote and add answers.</p></li>
</ol>
<p class="act">${link(page.deepLink, 'Open Slack', 'button')}</p>
<p class="small">Everyone in ${orgWide ? 'these workspaces' : 'the workspace'} can use it: <code>${command} help</code> shows how. You can close this page.</p>`;
  return renderDocument(page, { title: titleWithApp(page, headline), main });
}
