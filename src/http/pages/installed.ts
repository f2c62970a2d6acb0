import { html } from './html.ts';
import { type Contact, page } from './layout.ts';

export interface InstalledPage extends Contact {
  /** Of the workspace or the organisation. */
  readonly name: string;
  readonly isOrganisation: boolean;
  readonly command: string;
  /** Opens the app in Slack. */
  readonly openUrl: string;
}

/** It has worked; what to do next. */
export function installedPage({ name, isOrganisation, command, openUrl, ...contact }: InstalledPage): string {
  const where = isOrganisation
    ? html`<p>It is installed for the whole organisation. An admin still has to add it to the workspaces that are to use
it, in Slack under <em>Manage organisation → Integrations</em>.</p>`
    : html``;
  return page(
    'Django or Flask is installed',
    html`<h1>Installed in ${name}</h1>
<p class="lead">Go to a channel and type:</p>
<p><code>${command} Billing portal</code></p>
${where}
<p><a class="button" href="${openUrl}">Open Slack</a></p>
<h2>Good to know</h2>
<ul>
<li>In a private channel, invite it first: <code>/invite @django-or-flask</code></li>
<li><code>${command} help</code> explains everything to you alone</li>
<li>You can close this page</li>
</ul>`,
    contact,
  );
}
