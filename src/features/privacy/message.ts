import type { Answers } from '../../advice/answers.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { ACTIONS } from '../../blocks/ids.ts';
import { LONGEST_MESSAGE, type Message, sentenceMessage } from '../../blocks/message.ts';
import { packLines } from '../../blocks/pack-lines.ts';
import { bulletList, type Line, lineText, richText } from '../../blocks/rich-text.ts';
import { formatCount, plain, section, toOneLine, truncate } from '../../blocks/text.ts';
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
const LONGEST_LIST = 2_900;
/** Longest rationale shown, in characters. */
const MOST_RATIONALE = 1_200;

/** Lists the data stored about a person. Send it to that person only. */
export function personDataMessage(rubric: Rubric, data: PersonData): Message {
  if (hasNoData(data)) return sentenceMessage(NOTHING_STORED);
  const { decisions } = data;
  const rows: Line[] = [];
  let more = decisions.length;
  let characters = 0;
  for (const one of decisions.slice(0, MOST_ROWS)) {
    const lines = linesOf(rubric, one);
    characters += lines.reduce((sum, line) => sum + lineText(line).length, 0);
    if (characters > MOST_CHARACTERS) break;
    rows.push(...lines);
    more -= 1;
  }
  const title =
    decisions.length === 0
      ? 'Stored about you:'
      : `Stored about you, in ${formatCount(decisions.length, 'decision')}:`;
  const rest = [
    ...(more > 0 ? [[`${more} more. The people who run this bot can export the rest.`]] : []),
    ...(data.openedHome ? [['You opened my Home tab']] : []),
    ...(data.installedApp ? [['You installed me here']] : []),
    ...(data.waiting > 0 ? [[`${formatCount(data.waiting, 'request')} still being processed`]] : []),
  ];
  const lines = [...rows, ...rest];
  return {
    text: truncate([title, ...lines.map(lineText)].join('\n'), LONGEST_MESSAGE),
    blocks: [section(title), ...packLines(lines, LONGEST_LIST).map((group) => richText(bulletList(group)))],
  };
}

/** Returns one line for each thing that the person did. */
function linesOf({ questions }: Rubric, { project, channel, status, ...own }: PersonInDecision): Line[] {
  const answered = (answers: Answers): string =>
    Object.entries(answers)
      .map(([trait, option]) => {
        const question = questions.find(({ id }) => id === trait);
        return `${question?.short ?? trait}: ${question?.options.find(({ id }) => id === option)?.short ?? option}`;
      })
      .join(', ') || 'nothing';
  const because = (why: string | null, most: number): Line => {
    const shown = truncate(toOneLine(why ?? ''), most);
    return shown === '' ? [] : [': “', { typed: shown }, '”'];
  };
  const { vote, record } = own;
  const parts: Line[] = [
    ...(own.asked ? [['you asked']] : []),
    ...(own.decides ? [['you’re a decider']] : []),
    ...(own.reopened ? [['you reopened it']] : []),
    ...(vote ? [[`you voted for ${verdictName(vote.choice)}`, ...because(vote.reason, LONGEST_REASON)]] : []),
  ];
  const texts: Line[] = [
    ...(parts.length === 0 ? [] : [parts.flatMap((part, i) => (i === 0 ? part : ['; ', ...part]))]),
    ...own.rounds.map(({ number, answers }) => [
      `${number === 1 ? 'you answered when you asked' : `you answered in edit ${number - 1}`}: ${answered(answers)}`,
    ]),
    ...(record
      ? [[`you decided for ${verdictName(record.outcome)}`, ...because(record.rationale, MOST_RATIONALE)]]
      : []),
    ...(own.answers ? [[`you answered ${answered(own.answers)}`]] : []),
  ];
  const name = status === 'deleted' ? 'A deleted card' : { typed: project };
  return texts.map((text) => [name, ', in ', { channel }, ': ', ...text]);
}
