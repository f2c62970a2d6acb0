import { html } from './html.ts';
import { type Contact, page } from './layout.ts';

export interface InstallPage extends Contact {
  /** Slack's page on which it is allowed. */
  readonly addToSlackUrl: string;
  readonly command: string;
  /** What the app may do there, and what for. */
  readonly scopes: readonly { readonly name: string; readonly why: string }[];
  /** How long data are kept, in days; null for as long as the app is installed. */
  readonly retentionDays: number | null;
}

/** What the app does, what it may do and why, and the way to it. */
export function installPage({
  addToSlackUrl,
  command,
  scopes,
  retentionDays,
  ...contact
}: InstallPage): string {
  const kept =
    retentionDays === null
      ? 'until you delete it or uninstall the app'
      : `for ${retentionDays} days, or until you delete it or uninstall the app`;
  return page(
    'Add Django or Flask to Slack',
    html`<h1>Django or Flask? Decide it as a team, in Slack.</h1>
<p class="lead">Type <code>${command}</code>, say what your Python web project is like, and the channel gets a
recommendation with every reason on the table. Then you vote, and keep the decision.</p>
<p><a class="button" href="${addToSlackUrl}">Add to Slack</a></p>

<div class="card">
<p><strong>Billing portal: Django, leaning</strong></p>
<p>Asked by Ana, 7 of 11 questions answered.</p>
<ul>
<li>Staff need a back office: Django brings one along</li>
<li>It starts small and is to grow</li>
<li>What would change it: “many small services” instead of one application</li>
</ul>
</div>

<h2>What it does</h2>
<ul>
<li>Advises by one article and 45 documented projects. Every point is explained, and no language model is used.</li>
<li>Collects votes and own answers, hidden until you decide if you like.</li>
<li>Puts the decision into the thread as a file for your repository, and reminds you to look at it again.</li>
</ul>

<h2>What it may do, and why</h2>
<dl>${scopes.map(({ name, why }) => html`<dt><code>${name}</code></dt><dd>${why}</dd>`)}</dl>
<p>It cannot read your channels, your messages or your list of members.</p>

<h2>What it keeps</h2>
<p>Project names, answers, votes, reasons and decisions that people give it, and the ids of the people and channels
they belong to, ${kept}. Whoever asked for a card can delete it, with everything that belongs to it.
<a href="${contact.privacyUrl}">More about privacy</a>.</p>`,
    contact,
  );
}
