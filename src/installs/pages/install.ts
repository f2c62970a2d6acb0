import { type AppOnPages, renderDocument } from './document.ts';
import { renderExampleCard } from './example-card.ts';
import { html, link } from './html.ts';
import { describeRemoval, describeRetention, type Retention } from './retention.ts';

export interface Scope {
  readonly name: string;
  /** The scope's purpose, in a sentence or less. */
  readonly reason: string;
}

export interface InstallPage extends AppOnPages, Retention {
  /** Slack's authorization URL, including the state. */
  readonly addToSlackUrl: string;
  readonly scopes: readonly Scope[];
  /** The article that the advice is based on. */
  readonly article: { readonly title: string; readonly publisher: string; readonly url: string };
}

/** Renders the page that people read before they add the app to their workspace. */
export function renderInstallPage(page: InstallPage): string {
  const { appName, command, scopes, article } = page;
  const main = html`<div class="hero">
<div class="pitch">
<h1>Django or Flask? Decide it together, with reasons.</h1>
<p class="lead">Type <code>${command}</code> and say what your Python web project is like. The channel gets one card: a recommendation, what speaks against it, and what would change the answer.</p>
<p class="act">${link(page.addToSlackUrl, 'Add to Slack', 'button')}</p>
<p class="small">Slack then asks whether you allow it. Some workspaces need an admin’s approval.</p>
<ul class="facts">
<li>No language model: every point of the advice can be looked up.</li>
<li>It gets only those messages that mention it, or in whose menu somebody picks it.</li>
<li>Removing the app deletes its tokens and its data.</li>
</ul>
</div>
${renderExampleCard(appName)}
</div>

<section aria-labelledby="how">
<h2 id="how">How it goes</h2>
<ol class="steps">
<li><h3>Ask</h3><p><code>${command} Billing portal</code> asks questions about the project. Answer what you know; the card says which of the others are worth finding out.</p></li>
<li><h3>Weigh it together</h3><p>Everybody can vote, and answer the same questions. The card lists disagreements that could change the advice; questions in its thread are answered for both sides.</p></li>
<li><h3>Decide</h3><p>Whoever decides picks the outcome and says why. The thread gets it as a file for the project’s repository.</p></li>
<li><h3>Look again</h3><p>On a day that you pick, it asks in the thread whether the decision still stands.</p></li>
</ol>
<p class="after">The advice follows one article, <cite>${link(article.url, article.title)}</cite> (${article.publisher}), with dated corrections, and is compared with what documented projects chose. It shows how it came about, to the last point.</p>
</section>

<section aria-labelledby="may">
<h2 id="may">What it may do, and why</h2>
<dl class="scopes">${scopes.map(
    (scope) => html`<div><dt><code>${scope.name}</code></dt><dd>${scope.reason}</dd></div>`,
  )}</dl>
</section>

<section aria-labelledby="stores">
<h2 id="stores">What it stores</h2>
<div class="columns">
<div><h3>Kept</h3><p>What people enter: names of projects, answers, votes and their reasons, decisions; people as Slack ids, without names. The workspace’s token is encrypted.</p><p>${describeRetention(page)}</p></div>
<div><h3>Deleted</h3><p>Votes and answers that are taken back. <em>Delete</em> in a card’s menu removes the card and all that was entered for it. <code>${command} privacy</code> says what is kept about you.</p><p>${describeRemoval(page)}</p></div>
</div>
${page.privacyUrl === undefined ? null : html`<p>${link(page.privacyUrl, 'The privacy page has it all')}</p>`}
</section>`;
  return renderDocument(page, { title: `Add ${appName} to Slack`, main, width: 'wide' });
}
