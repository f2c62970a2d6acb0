import type { Message } from '../../blocks/message.ts';
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
  /** A card, shown as an example. */
  readonly example: Message;
}

/** Renders the page that people read before they add the app to their workspace. */
export function renderInstallPage(page: InstallPage): string {
  const { appName, command, scopes, article } = page;
  const main = html`<div class="hero">
<div class="pitch">
<h1>Django or Flask? Decide it together, with reasons.</h1>
<p class="lead">Type <code>${command}</code> and describe your Python web project. The channel gets one card: advice, pros and cons, and a vote.</p>
<p class="act">${link(page.addToSlackUrl, 'Add to Slack', 'button')}</p>
<p class="small">Slack asks you to allow it next. Some workspaces need an admin’s approval.</p>
<ul class="facts">
<li>No language model: you can look up every point of the advice.</li>
<li>It sees a message only if you mention it there or pick it in the message’s menu.</li>
<li>Removing the app deletes its tokens and its data.</li>
</ul>
</div>
${renderExampleCard(appName, page.example)}
</div>

<section aria-labelledby="how">
<h2 id="how">How it works</h2>
<ol class="steps">
<li><h3>Ask</h3><p><code>${command} Billing portal</code> asks a few questions. Skip what you don’t know; the card says what is worth finding out.</p></li>
<li><h3>Discuss</h3><p>Everyone can vote and add answers. The card shows the disagreements that matter, and the bot answers questions in its thread.</p></li>
<li><h3>Decide</h3><p>The decider picks the outcome and says why. The thread gets a one-page record for your repository.</p></li>
<li><h3>Review</h3><p>On a day you pick, the bot asks in the thread whether the decision still holds.</p></li>
</ol>
<p class="after">The advice follows one article, <cite>${link(article.url, article.title)}</cite> (${article.publisher}), with dated corrections. It shows every point, and what similar projects chose.</p>
</section>

<section aria-labelledby="may">
<h2 id="may">What it can do, and why</h2>
<dl class="scopes">${scopes.map(
    (scope) => html`<div><dt><code>${scope.name}</code></dt><dd>${scope.reason}</dd></div>`,
  )}</dl>
</section>

<section aria-labelledby="stores">
<h2 id="stores">What it stores</h2>
<div class="columns">
<div><h3>Kept</h3><p>Projects, answers, votes, reasons and decisions, with Slack ids instead of names. The workspace’s token is encrypted.</p><p>${describeRetention(page)}</p></div>
<div><h3>Deleted</h3><p>Withdrawn votes and answers. <em>Delete</em> in a card’s menu deletes the card and everything entered for it. <code>${command} privacy</code> shows or deletes your data.</p><p>${describeRemoval(page)}</p></div>
</div>
${page.privacyUrl === undefined ? null : html`<p>${link(page.privacyUrl, 'Read the privacy page')}</p>`}
</section>`;
  return renderDocument(page, { title: `Add ${appName} to Slack`, main, width: 'wide' });
}
