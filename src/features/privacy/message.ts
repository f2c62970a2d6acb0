import type { Answers } from '../../advice/answers.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { ACTIONS } from '../../blocks/ids.ts';
import { LONGEST_MESSAGE, type Message, sentenceMessage } from '../../blocks/message.ts';
import { packLines } from '../../blocks/pack-lines.ts';
import {
  formatCount,
  plain,
  quoteText,
  quoteTruncated,
  section,
  toOneLine,
  truncate,
} from '../../blocks/text.ts';
import { verdictName } from '../../blocks/wording.ts';
import { LONGEST_REASON } from '../../decision/ballot.ts';
import { hasNoData, type PersonData, type PersonInDecision } from '../../decision/person-data.ts';
import { privacyLines } from '../overview/home-message.ts';

export const NOTHING_STORED = 'Nothing is stored about you here.';

/** The private reply to `/django-or-flask privacy`, with buttons to show and delete the person's data. */
export function privacyMessage(): Message {
  const { text, blocks } = sentenceMessage(privacyLines().join('\n'));
  return {
    text,
    blocks: [
      ...blocks,
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: ACTIONS.myData, text: plain('Show my data') },
          { type: 'button', action_id: ACTIONS.forgetMe, text: plain('Delete my data…'), style: 'danger' },
        ],
      },
    ],
  };
}

/** Limits of the list of stored data, so that it fits into one message. */
const MOST_ROWS = 40;
const MOST_CHARACTERS = 10_000;
const LONGEST_SECTION = 2_900;
/** Longest rationale shown, in characters. Escaping can double its length, and it must fit into a section. */
const MOST_RATIONALE = 1_200;

/** Lists the data stored about a person. Send it to that person only. */
export function personDataMessage(rubric: Rubric, data: PersonData): Message {
  if (hasNoData(data)) return sentenceMessage(NOTHING_STORED);
  const { decisions } = data;
  const rows: string[] = [];
  let more = decisions.length;
  let characters = 0;
  for (const one of decisions.slice(0, MOST_ROWS)) {
    const lines = linesOf(rubric, one);
    characters += lines.reduce((sum, { length }) => sum + length, 0);
    if (characters > MOST_CHARACTERS) break;
    rows.push(...lines);
    more -= 1;
  }
  const title =
    decisions.length === 0
      ? 'Stored about you:'
      : `Stored about you, in ${formatCount(decisions.length, 'decision')}:`;
  const rest = [
    ...(more > 0 ? [`and ${more} more. The people who run this bot can export the rest.`] : []),
    ...(data.openedHome ? ['•  You opened my Home tab'] : []),
    ...(data.installedApp ? ['•  You installed me here'] : []),
    ...(data.waiting > 0 ? [`•  ${formatCount(data.waiting, 'request')} still being processed`] : []),
  ];
  return {
    text: truncate([title, ...rows, ...rest].join('\n'), LONGEST_MESSAGE),
    blocks: [section(title), ...packLines([...rows, ...rest], LONGEST_SECTION).map((text) => section(text))],
  };
}

/** Returns one line for each text that may be long, because a section holds 3,000 characters. */
function linesOf({ questions }: Rubric, { project, channel, status, ...own }: PersonInDecision): string[] {
  const answered = (answers: Answers): string =>
    Object.entries(answers)
      .map(([trait, option]) => {
        const question = questions.find(({ id }) => id === trait);
        return `${question?.short ?? trait}: ${question?.options.find(({ id }) => id === option)?.short ?? option}`;
      })
      .join(', ') || 'nothing';
  const because = (why: string | null, most: number): string =>
    why ? `: “${quoteTruncated(toOneLine(why), most)}”` : '';
  const { vote, record } = own;
  const part = [
    ...(own.asked ? ['you asked'] : []),
    ...(own.decides ? ['you’re a decider'] : []),
    ...(own.reopened ? ['you reopened it'] : []),
    ...(vote ? [`you voted for ${verdictName(vote.choice)}${because(vote.reason, LONGEST_REASON)}`] : []),
  ];
  const texts = [
    ...(part.length === 0 ? [] : [part.join('; ')]),
    ...own.rounds.map(
      ({ number, answers }) =>
        `${number === 1 ? 'you answered when you asked' : `you answered in edit ${number - 1}`}: ${answered(answers)}`,
    ),
    ...(record
      ? [`you decided for ${verdictName(record.outcome)}${because(record.rationale, MOST_RATIONALE)}`]
      : []),
    ...(own.answers ? [`you answered ${answered(own.answers)}`] : []),
  ];
  const name = status === 'deleted' ? 'A deleted card' : quoteText(project);
  return texts.map((text) => `•  ${name}, in <#${channel}>: ${text}`);
}
