import type { PersonData } from '../core/person-data.ts';
import type { Rubric } from '../rubric/schema.ts';
import { ACTIONS } from './ids.ts';
import { type Message, MOST_TEXT } from './message.ts';
import { notice } from './notice.ts';
import { oneLine, plain, quoted, quotedAtMost, section } from './text.ts';
import { LONGEST_REASON } from './votes.ts';
import { verdictName } from './wording.ts';

/** What `/django-or-flask privacy` answers, privately: what is kept, and what one can do about it. */
export function privacy(): Message {
  const { text, blocks } = notice(privacySentence());
  return {
    text,
    blocks: [
      ...blocks,
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: ACTIONS.myData, text: plain('What is stored about me') },
          {
            type: 'button',
            action_id: ACTIONS.forgetMe,
            text: plain('Delete what is about me'),
            style: 'danger',
            confirm: {
              title: plain('Delete it?'),
              text: plain(
                'Your votes, reasons and answers go from every card of this workspace, and your name from what you asked for and decided. It cannot be undone.',
              ),
              confirm: plain('Delete it'),
              deny: plain('Keep it'),
              style: 'danger',
            },
          },
        ],
      },
    ],
  };
}

export function privacySentence(): string {
  return (
    'What I keep: the name of the project, what the asker and others answered, the advice, the votes with their ' +
    'reasons, what was decided and why, the channel, who asked, who decides, and where the card is. People are kept ' +
    'as Slack ids, without names. It is kept in the database of whoever runs this bot, goes nowhere else, and no ' +
    'language model sees it. Of messages I get only those that mention me, or in whose menu somebody picks me; I keep ' +
    'nothing of them. ' +
    'A vote that is withdrawn is deleted, and so are added answers that are taken back; “Delete” in a card’s menu ' +
    'removes everything about it.'
  );
}

/** What one person is shown of what is stored about them; a message holds no more. */
const MOST_ROWS = 40;
const MOST_CHARACTERS = 10_000;
const LONGEST_SECTION = 2_900;

/** What is stored about somebody, for them alone. */
export function personDataMessage(rubric: Rubric, found: readonly PersonData[]): Message {
  if (found.length === 0) return notice('Nothing is stored about you here.');
  const rows: string[] = [];
  let characters = 0;
  for (const one of found.slice(0, MOST_ROWS)) {
    const row = rowOf(rubric, one);
    characters += row.length;
    if (characters > MOST_CHARACTERS) break;
    rows.push(row);
  }
  const more = found.length - rows.length;
  const title = `Stored about you, in ${found.length === 1 ? 'one decision' : `${found.length} decisions`}:`;
  const rest = more > 0 ? [`and ${more} more. Whoever runs this bot can export all of it.`] : [];
  return {
    text: [title, ...rows, ...rest].join('\n').slice(0, MOST_TEXT),
    blocks: [section(title), ...chunked([...rows, ...rest]).map((text) => section(text))],
  };
}

function rowOf({ questions }: Rubric, { project, channel, status, ...own }: PersonData): string {
  const short = (trait: string, option: string): string => {
    const question = questions.find(({ id }) => id === trait);
    return `${question?.short ?? trait}: ${question?.options.find(({ id }) => id === option)?.short ?? option}`;
  };
  const parts = [
    ...(own.asked ? ['you asked'] : []),
    ...(own.decides ? ['you may decide'] : []),
    ...(own.decided ? ['you decided or reopened it'] : []),
    ...(own.vote
      ? [
          `you voted for ${verdictName(own.vote.choice)}${own.vote.reason ? `, because: “${quotedAtMost(oneLine(own.vote.reason), LONGEST_REASON)}”` : ''}`,
        ]
      : []),
    ...(own.answers
      ? [
          `you answered ${Object.entries(own.answers)
            .map(([trait, option]) => short(trait, option))
            .join(', ')}`,
        ]
      : []),
  ];
  const name = status === 'deleted' ? 'A deleted card' : quoted(project);
  return `•  ${name}, in <#${channel}>: ${parts.join('; ')}`;
}

/** Rows in as few sections as hold them. */
function chunked(rows: readonly string[]): string[] {
  const sections: string[] = [];
  for (const row of rows) {
    const last = sections.at(-1);
    if (last !== undefined && last.length + row.length < LONGEST_SECTION) {
      sections[sections.length - 1] = `${last}\n${row}`;
    } else sections.push(row.slice(0, LONGEST_SECTION));
  }
  return sections;
}

/** After everything that somebody said was deleted. */
export function forgottenMessage(decisions: number): Message {
  const where = decisions === 1 ? 'one decision' : `${decisions} decisions`;
  return notice(
    decisions === 0
      ? 'Nothing was stored about you.'
      : `Deleted in ${where}: your votes, reasons and answers. Where the team’s decision needs a name, it says “somebody” now. Files and replies that are in threads already stay: delete those in Slack.`,
  );
}
