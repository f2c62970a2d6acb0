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
<p class="lead">It keeps what people enter about a decision, with Slack ids in place of names, and passes nothing on.</p>

${section(
  'What is stored',
  html`<dl class="rows">
${row('Projects', 'Its name, the answers to the questions, the advice that came of them, what was decided and why, and when to look at it again.')}
${row('People', 'Slack ids of those who ask, answer, vote or decide, with their answers, votes and reasons, and of people who open the app’s Home tab or install the app. No names and no e-mail addresses: the file with a decision, which goes to Slack, has names in it that Slack was asked for at that moment.')}
${row('Places', 'Ids of the channel, the card and its thread, so that the card can be kept up to date.')}
${row('Workspaces', 'Its id, and the token that lets the app act in it, encrypted.')}
</dl>
<p>Of messages the app gets those that mention it, and those in whose menu somebody picks it. It keeps none of them. Logs hold a reference, what kind of interaction it was, how it ended and how long it took: no tokens, no names of projects, nothing that people wrote.</p>
<p>The pages of this site count no visits. While somebody installs the app, one cookie ties the installation to their browser, for a few minutes.</p>`,
)}

${section(
  'How long',
  html`<p>${describeRetention(page)}</p>
<p>A vote that is withdrawn is deleted at that moment, and so are answers that are taken back. ${describeRemoval(page)}</p>`,
)}

${section('Where', html`<p>${whereItIs(page)} No language model sees it, and it is not used for advertising or sold.</p>`)}

${section(
  'Who sees it',
  html`<ul class="list">
<li>Cards and their threads: whoever can read the channel that they are in, which in a shared channel includes people of the other organisations.</li>
<li>Votes and later answers, where the asker chose to hide them: until it is decided, only those who decide. All others see how many there are.</li>
<li>The app’s Home tab: each person the decisions that they have a part in. <code>${command} history</code>: the channel that it is typed in.</li>
<li>The database: ${page.operator === undefined ? 'the people who run the app' : nameHtml(page.operator)}.</li>
</ul>`,
)}

${section(
  'A copy, and deletion',
  html`<dl class="rows">
${row('What is kept about you', html`<code>${command} privacy</code> in Slack shows it. <em>Delete my data</em> there deletes your votes and reasons, your answers on other people’s cards, and your name from cards and records. It first says what stays.`)}
${row('A decision', html`The person who asked can delete it with <em>Delete</em> in the card’s menu. If that person is gone, a workspace admin can. This deletes the card, the app’s replies, the file, and everything that people entered. Only the fact that there was a decision stays.`)}
${row('A whole workspace', html`${describeRemoval(page)} You can remove the app in Slack’s settings. Cards and files in channels belong to the workspace and stay there.`)}
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
  return html`In a database of ${whose}${there}, and in Slack, where the cards are. It goes nowhere else.`;
}

function whomToAsk({ operator, supportUrl }: PrivacyPage): Html {
  const whose = operator === undefined ? html`the people who run the app` : nameHtml(operator);
  return supportUrl === undefined
    ? html`Ask ${whose}.`
    : html`Ask ${whose}: ${link(supportUrl, 'support')} answers, also about data of yours that you cannot reach in Slack.`;
}
