// The example card on the install page: a real card, rendered as HTML.
import type { types } from '@slack/bolt';
import { advise } from '../../advice/advise.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import type { Message } from '../../blocks/message.ts';
import type { Choice, Vote } from '../../decision/ballot.ts';
import { newDiscussion } from '../../decision/discussion.ts';
import { cardMessage } from '../../features/card/message.ts';
import { LOGO } from './document.ts';
import { type Html, html } from './html.ts';

/** Answers of the example: Django, likely. */
export const EXAMPLE_ANSWERS = {
  stage: 'product',
  audience: 'general',
  size: 'grow',
  shape: 'one_product',
  interface: 'rich_client',
  admin: 'maybe',
  unknowns: 'technical',
  tech: 'custom',
  security: 'high',
};
const ASKER = 'UANA';
const ASKED_AT = Date.UTC(2026, 10, 23, 9);

/** Returns the card of a made-up project, exactly as the bot would post it. */
export function exampleCardMessage(rubric: Rubric): Message {
  const discussion = newDiscussion({
    id: 'example',
    tenant: 'T1',
    workspace: 'T1',
    channel: 'C1',
    thread: null,
    project: 'Billing portal',
    asker: ASKER,
    deciders: [ASKER],
    status: 'open',
    createdAt: ASKED_AT,
    hideUntilDecided: false,
    supersedes: null,
    step: null,
    anyoneDecides: false,
    voteUntil: null,
    round: {
      number: 1,
      answers: EXAMPLE_ANSWERS,
      advice: advise(rubric, EXAMPLE_ANSWERS),
      by: ASKER,
      at: ASKED_AT,
    },
  });
  const vote = (person: string, choice: Choice, reason: string | null): Vote => ({
    person,
    choice,
    reason,
    round: 1,
    at: ASKED_AT,
  });
  const votes = [
    vote('UBEN', 'django', null),
    vote('UCLEO', 'django', 'we know it'),
    vote('UDORA', 'flask', null),
  ];
  return cardMessage(rubric, { ...discussion, votes });
}

/** Renders a card in a channel. */
export function renderExampleCard(appName: string, { blocks }: Message): Html {
  return html`<figure class="example">
<div class="message">
<div class="from">${LOGO}<strong><bdi>${appName}</bdi></strong> <span class="badge">APP</span></div>
${blocks.map(blockHtml)}
</div>
<figcaption>A card in a channel, with made-up people.</figcaption>
</figure>`;
}

const NOTHING = html``;

function blockHtml(block: types.KnownBlock | types.Block): Html {
  if (!isKnown(block)) return NOTHING;
  switch (block.type) {
    case 'header':
      return html`<p class="headline">${visible(block.text.text)}</p>`;
    case 'context':
      return html`${block.elements.map((element) =>
        'text' in element
          ? html`${element.text.split('\n').map((line) => html`<p class="small">${mrkdwnHtml(line)}</p>`)}`
          : NOTHING,
      )}`;
    case 'section':
      return html`${[...(block.text ? [block.text] : []), ...(block.fields ?? [])].map(({ text }) => linesHtml(text))}`;
    case 'rich_text':
      return richTextHtml(block);
    case 'actions':
      return html`<ul class="buttons" aria-label="Buttons on the card">${block.elements.map(
        (element) => html`<li>${element.type === 'button' ? visible(element.text.text) : '•••'}</li>`,
      )}</ul>`;
    default:
      return NOTHING;
  }
}

const KNOWN: ReadonlySet<string> = new Set(['header', 'context', 'section', 'rich_text', 'actions']);

function isKnown(block: types.KnownBlock | types.Block): block is types.KnownBlock {
  return KNOWN.has(block.type);
}

/** Renders mrkdwn of several lines: bold lines as titles, bullets as a list. */
function linesHtml(text: string): Html {
  const groups: { readonly isList: boolean; readonly lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const isList = line.startsWith('•');
    const last = groups.at(-1);
    if (isList && last?.isList) last.lines.push(line);
    else groups.push({ isList, lines: [line] });
  }
  return html`${groups.map(({ isList, lines }) =>
    isList
      ? html`<ul>${lines.map((line) => html`<li>${mrkdwnHtml(line.replace(/^•\s*/, ''))}</li>`)}</ul>`
      : html`${lines.map((line) => html`<p class="${/^\*[^*]+\*$/.test(line) ? 'part' : 'line'}">${mrkdwnHtml(line)}</p>`)}`,
  )}`;
}

function richTextHtml({ elements }: types.RichTextBlock): Html {
  return html`${elements.map((element) => {
    if (element.type === 'rich_text_list') {
      return html`<ul>${element.elements.map((item) => html`<li>${inlinesHtml(item.elements)}</li>`)}</ul>`;
    }
    const isTitle = element.elements.every((each) => 'style' in each && each.style?.bold === true);
    return html`<p class="${isTitle ? 'part' : 'line'}">${inlinesHtml(element.elements)}</p>`;
  })}`;
}

type RichTextInline = Extract<
  types.RichTextBlock['elements'][number],
  { readonly type: 'rich_text_section' }
>['elements'][number];

function inlinesHtml(elements: readonly RichTextInline[]): Html {
  return html`${elements.map((element) => {
    switch (element.type) {
      case 'text': {
        const text = visible(element.text);
        if (element.style?.bold) return html`<strong>${text}</strong>`;
        return element.style?.italic ? html`<em>${text}</em>` : html`${text}`;
      }
      case 'user':
        return html`${personName(element.user_id)}`;
      case 'link':
        return html`${visible(element.text ?? element.url)}`;
      case 'date':
        return html`${element.fallback ?? ''}`;
      default:
        return NOTHING;
    }
  })}`;
}

/** Mentions, dates and links; bold; italics. */
const MARKUP = /<([^<>]+)>|\*([^*\n]+)\*|(?<![\p{L}\p{N}])_([^_\n]+)_(?![\p{L}\p{N}])/gu;

function mrkdwnHtml(text: string): Html {
  const parts: Html[] = [];
  let end = 0;
  for (const { 0: whole, 1: token, 2: bold, 3: italic, index } of text.matchAll(MARKUP)) {
    parts.push(html`${plainText(text.slice(end, index))}`);
    if (token !== undefined) parts.push(html`${tokenText(token)}`);
    else if (bold !== undefined) parts.push(html`<strong>${mrkdwnHtml(bold)}</strong>`);
    else if (italic !== undefined) parts.push(html`<em>${mrkdwnHtml(italic)}</em>`);
    end = index + whole.length;
  }
  return html`${[...parts, html`${plainText(text.slice(end))}`]}`;
}

/** Returns the text that Slack shows for the part between angle brackets. */
function tokenText(token: string): string {
  if (token.startsWith('@')) return personName(token.slice(1));
  return plainText(token.slice(token.lastIndexOf('|') + 1));
}

/** Returns "@ana" for UANA. */
const personName = (id: string): string => `@${id.slice(1).toLowerCase()}`;

const plainText = (mrkdwn: string): string =>
  visible(mrkdwn).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Removes the invisible characters around typed text. */
const visible = (text: string): string => text.replace(/[\u2060\u2066-\u2069]/g, '');
