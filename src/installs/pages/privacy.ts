import { type AppOnPages, renderDocument, titleWithApp } from './document.ts';
import { type Html, html, link, nameHtml } from './html.ts';
import { describeRemoval, describeRetention, type Retention } from './retention.ts';

export interface PrivacyPage extends AppOnPages, Retention {
  /** Name of the operator, a company or a person. */
  readonly operator?: string | undefined;
  /** Location of the database: a country or a hosting company. */
  readonly place?: string | undefined;
}

/** Renders the privacy page, for operators who don't have their own. */
export function renderPrivacyPage(page: PrivacyPage): string {
  const { appName, command } = page;
  const main = html`<h1>Privacy in ${nameHtml(appName)}</h1>
<p class="lead">The app keeps what people enter about a decision, with Slack ids instead of names. It shares none of it.</p>

${section(
  'What is stored',
  html`<dl class="rows">
${row('Projects', 'Names, answers, advice, decisions with their reasons, and review dates.')}
${row('People', 'Slack ids of people who ask, answer, vote, decide, open the Home tab or install the app, with what they entered. No email addresses. Names appear only in record files, which are stored in Slack.')}
${row('Places', 'Ids of channels, cards and threads, so that the app can update the cards.')}
${row('Workspaces', 'Ids and names of workspaces, and their tokens, encrypted.')}
</dl>
<p>The app sees a message only if you mention it there or pick it in the message’s menu. It keeps no messages. Logs say what kind of interaction happened, how it ended and how long it took. They contain no tokens, project names or text that people wrote.</p>
<p>This site doesn’t track visits. During an installation, one cookie ties it to your browser for a few minutes.</p>`,
)}

${section(
  'How long',
  html`<p>${describeRetention(page)}</p>
<p>Withdrawn votes and answers are deleted at once. ${describeRemoval(page)}</p>`,
)}

${section('Where', html`<p>${whereItIs(page)} No language model sees it. It isn’t sold or used for advertising.</p>`)}

${section(
  'Who sees it',
  html`<ul class="list">
<li>Cards and threads: everyone who can read their channel. In a shared channel, that includes other organizations.</li>
<li>Hidden votes and answers: only the deciders, until the decision. Everyone else sees how many there are.</li>
<li>The Home tab: only you, and only decisions you take part in.</li>
<li><code>${command} history</code>: only the person who types it, and only that channel’s cards.</li>
<li>The database: ${page.operator === undefined ? 'the people who run the app' : nameHtml(page.operator)}.</li>
</ul>`,
)}

${section(
  'A copy, and deletion',
  html`<dl class="rows">
${row('Your data', html`Type <code>${command} privacy</code> in Slack to see it. <em>Delete my data…</em> deletes your votes, reasons and answers on other people’s cards, and removes your name from cards and records. It shows what stays before you confirm.`)}
${row('A decision', html`The person who asked can delete it with <em>Delete</em> in the card’s menu. If they’ve left, a workspace admin can. This deletes the card, the app’s replies, the file and everything people entered. Only the fact that there was a decision stays.`)}
${row('A whole workspace', html`Remove the app in Slack’s settings. ${describeRemoval(page)} Cards and files in channels belong to the workspace and stay there.`)}
</dl>`,
)}

${section('Questions', html`<p>${whomToAsk(page)}</p>`)}`;
  return renderDocument(page, { title: titleWithApp(page, 'Privacy'), main });
}

function section(title: string, content: Html): Html {
  return html`<section><h2>${title}</h2>${content}</section>`;
}

function row(title: string, content: string | Html): Html {
  return html`<div><dt>${title}</dt><dd>${content}</dd></div>`;
}

function whereItIs({ operator, place }: PrivacyPage): Html {
  const whose = operator === undefined ? html`the people who run the app` : nameHtml(operator);
  const there = place === undefined ? null : html` (${nameHtml(place)})`;
  return html`In the database of ${whose}${there}, and in Slack, on the cards. It goes nowhere else.`;
}

function whomToAsk({ operator, supportUrl }: PrivacyPage): Html {
  return supportUrl === undefined
    ? html`Ask ${operator === undefined ? 'the people who run the app' : nameHtml(operator)}.`
    : html`${link(supportUrl, 'Contact support')} with questions, or for your data if you can’t use Slack.`;
}
