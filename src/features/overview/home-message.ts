import type { HomeView, KnownBlock } from '@slack/types';
import { adviceButton, describeStuckCode } from '../../blocks/message.ts';
import { bullets, mrkdwn, plain, section } from '../../blocks/text.ts';
import { verdictName } from '../../blocks/wording.ts';
import type { OwnListedDecision } from '../../decision/post.ts';
import { CARD_STATE_NOTES, formatDayAsked, linkProjectName } from './history-message.ts';

/** Decisions shown on the Home tab. `history` lists older ones in their channels. */
export const MOST_HOME_ROWS = 20;

/**
 * Renders one person's Home tab. A row shows nothing that other people said, and the outcome only to the person who
 * decided: a person who was removed from a private channel must not read it here.
 *
 * @param found up to `MOST_HOME_ROWS` + 1 decisions; the extra one shows that there are older ones
 * @param problem why the button that the person just pressed failed; the Home tab has no other place for it
 */
export function homeView(
  found: readonly OwnListedDecision[],
  person: string,
  command: string,
  problem: string | null = null,
): HomeView {
  const rows = found.slice(0, MOST_HOME_ROWS);
  return {
    type: 'home',
    blocks: [
      { type: 'header', text: plain('Django or Flask?') },
      section(
        'Describe a Python web project, and a channel gets a card with advice, pros and cons, and a vote.',
      ),
      adviceButton({ style: 'primary' }),
      ...(problem === null ? [] : [section(problem)]),
      { type: 'divider' },
      section('*Your decisions*'),
      ...(rows.length === 0
        ? [section('None yet. Projects you ask about, or decide, show up here.')]
        : rows.map((row) => section(describeRow(row, person)))),
      ...(found.length > rows.length
        ? [context(`For older ones, type \`${command} history\` in their channels.`)]
        : []),
      { type: 'divider' },
      section(
        `*How it works*\n${bullets([
          `Type \`${command} Billing portal\` in a channel, and answer what you know`,
          'Vote on the card, or add your own answers',
          'Mention me in its thread to ask a question, such as “what about security?”',
        ])}`,
      ),
      context([...privacyLines(), `Type \`${command} privacy\` to see or delete your data.`].join('\n')),
    ],
  };
}

const context = (text: string): KnownBlock => ({ type: 'context', elements: [mrkdwn(text)] });

function describeRow(row: OwnListedDecision, person: string): string {
  const { decision, card } = row;
  const outdated = row.stuck === null ? null : `card out of date: ${describeStuckCode(row.stuck)}`;
  const note = CARD_STATE_NOTES[card.state] ?? outdated;
  const facts = [`<#${decision.channel}>`, ...describePart(row, person), formatDayAsked(row)];
  if (note !== null) facts.push(note);
  return `${linkProjectName(row)}${describeStatus(row, person)} · ${facts.join(' · ')}`;
}

/** Returns the decision's status, or its outcome for the person who decided. */
function describeStatus({ decision, record }: OwnListedDecision, person: string): string {
  if (decision.status === 'open' || record === null) return ' · open';
  const replaced = decision.status === 'superseded';
  if (record.by !== person) return ` · ${replaced ? 'replaced' : 'decided'}`;
  return ` → ${verdictName(record.outcome)}${replaced ? ' (replaced)' : ''}`;
}

/** Returns the person's part in a decision: "you asked", "you voted for Django". */
function describePart({ decision, own, record }: OwnListedDecision, person: string): string[] {
  const isOpen = decision.status === 'open';
  return [
    ...(decision.asker === person ? ['you asked'] : []),
    ...(own.answered ? ['you answered'] : []),
    ...(own.vote === null ? [] : [`you voted for ${verdictName(own.vote)}`]),
    ...(record?.by === person && !isOpen ? ['you decided'] : []),
    ...(isOpen && decision.deciders.includes(person) && decision.asker !== person ? ['you decide'] : []),
  ];
}

/** Returns which data the bot stores, and where. Also in the reply to `/django-or-flask privacy`. */
export function privacyLines(): string[] {
  return [
    'I store projects, channels, answers, votes, reasons and decisions, with Slack ids instead of names. ' +
      'All of it stays with the people who run this bot, and no language model sees it.',
    'I see a message only if it mentions me or you run me from its menu. I keep none of it.',
  ];
}
