import { LOGO } from './document.ts';
import { type Html, html } from './html.ts';

/** Sentences of the card in the README, shortened. A test compares them with the bot's own. */
export const EXAMPLE_CARD = {
  headline: 'Billing portal: Django, leaning that way',
  asked: 'Asked by @ana · 9 of 11 questions answered',
  why: [
    'If it may grow quickly, starting on Django is safer, since the parts for that are there already.',
    'One product in one codebase is what Django’s single package and conventions are made for.',
  ],
  against: [
    'It has fixed ideas; bending its templates or replacing parts such as the ORM is extra, non-standard work.',
  ],
  flips: ['If back office were “none”: Flask'],
  votes: ['Django: 2 (@ben, @cleo: “we know it”)', 'Flask: 1 (@dora)'],
  buttons: ['Vote Django', 'Vote Flask', 'Vote both', 'Add my answers', 'Decide'],
} as const;

/** Renders a picture of a card in a channel, for people who have never seen one. */
export function renderExampleCard(appName: string): Html {
  return html`<figure class="example">
<div class="message">
<div class="from">${LOGO}<strong><bdi>${appName}</bdi></strong> <span class="badge">APP</span></div>
<p class="headline">${EXAMPLE_CARD.headline}</p>
<p class="small">${EXAMPLE_CARD.asked}</p>
${part('Why', EXAMPLE_CARD.why)}
${part('Against it, and for Flask', EXAMPLE_CARD.against)}
${part('What would change the answer', EXAMPLE_CARD.flips)}
${part('Votes', EXAMPLE_CARD.votes)}
<ul class="buttons" aria-label="Buttons on the card">${EXAMPLE_CARD.buttons.map((words) => html`<li>${words}</li>`)}</ul>
</div>
<figcaption>A card as the channel sees it, shortened.</figcaption>
</figure>`;
}

function part(title: string, lines: readonly string[]): Html {
  return html`<p class="part">${title}</p><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}
