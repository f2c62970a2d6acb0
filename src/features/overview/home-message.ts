import type { HomeView, KnownBlock } from '@slack/types';
import { ACTIONS } from '../../blocks/ids.ts';
import { describeStuckCode } from '../../blocks/message.ts';
import { bullets, mrkdwn, plain, section } from '../../blocks/text.ts';
import { verdictName } from '../../blocks/wording.ts';
import type { OwnListedDecision } from '../../decision/post.ts';
import { formatDayAsked, linkProjectName } from './history-message.ts';

/** Decisions shown on the Home tab. `history` lists older ones in their channels. */
export const MOST_HOME_ROWS = 20;

/**
 * Renders one person's Home tab. A row shows nothing that other people said: a person who was removed from a private
 * channel must not read it here.
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
        'Say what your Python web project is like, and a channel gets a card: a recommendation, its reasons, what speaks against it, and what would change the answer.',
      ),
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: ACTIONS.homeStart,
            text: plain('Ask about a project'),
            style: 'primary',
          },
        ],
      },
      ...(problem === null ? [] : [section(problem)]),
      { type: 'divider' },
      section('*Your decisions*'),
      ...(rows.length === 0
        ? [section('None yet. Here stand those that you ask for or are to make.')]
        : rows.map((row) => section(describeRow(row, person)))),
      ...(found.length > rows.length
        ? [context(`Older ones: type \`${command} history\` in their channels.`)]
        : []),
      { type: 'divider' },
      section(
        `*How it works*\n${bullets([
          `Type \`${command} Billing portal\` in a channel, or press the button above`,
          'To answer in a thread, pick “Django or Flask?” in the menu (⋮) of one of its messages',
          'Answer what you know; the card tells what is worth finding out',
          'Vote on the card, or add your own answers: it then gives the advice for everybody’s together',
          'The reply in the card’s thread explains the advice to the last point',
          'Mention me there with a question (“what about security?”), and I answer with both sides',
        ])}`,
      ),
      context(privacySentence()),
    ],
  };
}

const context = (text: string): KnownBlock => ({ type: 'context', elements: [mrkdwn(text)] });

function describeRow(row: OwnListedDecision, person: string): string {
  const { decision, card } = row;
  const posted =
    card.state !== 'posted'
      ? ' Its card is not there yet, or may be missing.'
      : row.stuck === null
        ? ''
        : ` Its card does not show the latest any more: ${describeStuckCode(row.stuck)}.`;
  return `${linkProjectName(row)}: ${decision.status}; ${describePart(row, person)}; of ${formatDayAsked(row)}, in <#${decision.channel}>.${posted}`;
}

/** Returns the person's part in a decision: "you asked, you voted for Django". */
function describePart({ decision, own }: OwnListedDecision, person: string): string {
  const parts = [
    ...(decision.asker === person ? ['you asked'] : []),
    ...(own.answered ? ['you answered, too'] : []),
    ...(own.vote === null ? [] : [`you voted for ${verdictName(own.vote)}`]),
    ...(decision.deciders.includes(person) && decision.asker !== person ? ['you are to decide'] : []),
  ];
  return parts.join(', ');
}

/** Returns which data the bot stores, where, and how to delete it. Also in the reply to `/django-or-flask privacy`. */
export function privacySentence(): string {
  return (
    'What I keep: the project’s name, what the asker and others answered, the advice, votes and reasons, what was decided and why, the ' +
    'channel, who asked, who decides, and where the card is. People are stored as Slack ids, without names. All of it ' +
    'stays in the database of the people who run this bot, and no language model sees it. I receive a message only if ' +
    'it mentions me or you pick me in its menu, and I keep nothing of it. Withdrawing a vote or your answers ' +
    'deletes them. “Delete” in a card’s menu deletes the card and everything people entered.'
  );
}
