import type { InputBlock, KnownBlock, ModalView, RichTextBlock } from '@slack/types';
import { z } from 'zod';
import { founded } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { ACTIONS, CARD_MENU, FIELDS, VIEWS } from '../../blocks/ids.ts';
import { type Message, MOST_TEXT } from '../../blocks/message.ts';
import { encodeDecisionBlock, encodeDecisionView } from '../../blocks/metadata.ts';
import { askedBy } from '../../blocks/people.ts';
import {
  bullets,
  clamp,
  entered,
  escapeMrkdwn,
  isolated,
  mention,
  mrkdwn,
  plain,
  quoted,
  quotedAtMost,
  ruly,
  section,
} from '../../blocks/text.ts';
import {
  capitalised,
  optionName,
  questionName,
  sentence,
  verdictName,
  verdictWithStrength,
} from '../../blocks/wording.ts';
import { CHOICES, type Choice } from '../../decision/ballot.ts';
import { answeredBeforeEdit, type Discussion, type Related } from '../../decision/discussion.ts';
import { type DecisionRecord, LONGEST_RATIONALE } from '../../decision/record.ts';
import { disagreementsInWords } from '../answers/disagreements.ts';
import { ballotFor, everyVote, fullBallot, votesInWords } from '../vote/message.ts';

/** Of a quotation in a section, whose 3,000 characters all have to fit. */
const MOST_LINES = 8;

const NO_REASON = 'No reason was written down.';

/** Of a rationale in the text that is read aloud; so votes and the rest still fit. */
const RATIONALE_READ_ALOUD = 900;

/** Of a rationale in the reply that the channel sees; the card has it whole. */
const RATIONALE_ANNOUNCED = 300;

/** The card once it is decided: what was decided, why, and how that stands to advice and votes. */
export function recordCard(discussion: Discussion, record: DecisionRecord): Message {
  const { decision, predecessor, successor } = discussion;
  const title = `${successor ? 'was ' : ''}decided for ${verdictName(record.outcome)}`;
  const meta: string[] = [
    ...(successor ? [`replaced by ${relatedInWords(successor)}`] : []),
    ...(predecessor ? [`replaces ${relatedInWords(predecessor)}`] : []),
    `decided by ${mention(record.by)}, ${dayOf(record.at)}`,
    `record ${fourDigits(record.number)}`,
    ...(record.revisit === null || successor ? [] : [`to be looked at again ${dayOfDate(record.revisit)}`]),
  ];
  const advice = `${verdictWithStrength(discussion.group?.advice ?? decision.round.advice)}`;
  const ballot = ballotFor(discussion);
  const votes = ballot.total === 0 ? ['Nobody voted.'] : votesInWords(ballot);
  const where =
    discussion.group === null
      ? 'The reasoning and the record as a file are in the thread.'
      : 'The record is in the thread as a file, and so is the reasoning for the asker’s answers; “Show all reasons” has it for everybody’s.';
  const text = [
    `${quoted(decision.project)}: ${title}.`,
    `${capitalised(meta.join(', '))}.`,
    `Why: ${record.rationale === '' ? NO_REASON : quotedAtMost(record.rationale.replace(/\s+/g, ' '), RATIONALE_READ_ALOUD)}`,
    `The advice was: ${advice}.`,
    `Votes: ${votes.map(sentence).join(' ')}`,
    `Asked by ${askedBy(decision)}. ${where}`,
  ];
  return {
    text: clamp(text.join('\n'), MOST_TEXT),
    blocks: [
      { type: 'header', text: plain(`${isolated(decision.project)}: ${title}`) },
      { type: 'context', elements: [mrkdwn(capitalised(meta.join('  ·  ')))] },
      whyBlock(record),
      section(`*The advice was*\n${advice}`),
      section(`*Votes*\n${bullets(votes)}`),
      {
        type: 'context',
        elements: [mrkdwn(`Asked by ${askedBy(decision)}  ·  ${where}`)],
      },
      {
        type: 'actions',
        block_id: encodeDecisionBlock(decision.id),
        elements: [
          {
            type: 'overflow',
            action_id: ACTIONS.cardMenu,
            options: successor === null ? RECORD_MENU : SUPERSEDED_MENU,
          },
        ],
      },
    ],
  };
}

const option = (text: string, value: string) => ({ text: plain(text), value });

const RECORD_MENU = [
  option('Show all reasons', CARD_MENU.reasons),
  option('Export the record', CARD_MENU.export),
  option('Reopen', CARD_MENU.reopen),
  option('Ask again, to replace it', CARD_MENU.supersede),
  option('Delete', CARD_MENU.delete),
];

const SUPERSEDED_MENU = [option('Show all reasons', CARD_MENU.reasons), option('Delete', CARD_MENU.delete)];

/** "the decision for Flask of 23 November 2026", leading to its card. */
export function relatedInWords({ record, permalink }: Related): string {
  const what = `the decision for ${verdictName(record.outcome)}`;
  return `${permalink === null ? what : `<${permalink}|${what}>`} of ${dayOf(record.at)}`;
}

/** rich_text takes what was typed as it is, however long escaping would make it. */
function whyBlock({ rationale }: DecisionRecord): RichTextBlock {
  const title = { type: 'text' as const, text: 'Why', style: { bold: true } };
  const words = { type: 'text' as const, text: rationale === '' ? NO_REASON : ruly(rationale) };
  return {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: [title] },
      rationale === ''
        ? { type: 'rich_text_section', elements: [words] }
        : { type: 'rich_text_quote', elements: [words] },
    ],
  };
}

/** Typed lines as a quotation, with whatever is in them disarmed. */
function quotation(text: string): string {
  return text
    .split('\n')
    .slice(0, MOST_LINES)
    .map((line) => `> ${quotedAtMost(line, RATIONALE_ANNOUNCED)}`)
    .join('\n');
}

function dayOf(at: number): string {
  const day = new Date(at).toISOString().slice(0, 10);
  return `<!date^${Math.floor(at / 1000)}^{date_long}|${day}>`;
}

/** A day without a time: noon is the same day nearly everywhere. */
function dayOfDate(date: string): string {
  return dayOf(Date.parse(`${date}T12:00:00Z`));
}

function fourDigits(number: number): string {
  return String(number).padStart(4, '0');
}

/** The reply in the thread that the channel sees too: an updated card notifies nobody. */
export function announcement({ decision, predecessor, record }: Discussion): Message | null {
  if (record === null) return null;
  if (record.reopened !== null) {
    const text = `${capitalised(mention(record.reopened.by))} has reopened the decision on ${quoted(decision.project)}. Votes count again.`;
    return { text, blocks: [section(text)] };
  }
  const what = `${capitalised(mention(record.by))} has decided: ${verdictName(record.outcome)} for ${quoted(decision.project)}.`;
  const why = record.rationale === '' ? [] : [quotation(clamp(record.rationale, RATIONALE_ANNOUNCED))];
  const replaced = predecessor === null ? [] : [`It replaces ${relatedInWords(predecessor)}.`];
  const where = 'The card is the record now; it is also here as a file.';
  const text = [what, ...why, ...replaced, where].join('\n');
  return { text, blocks: [section(text)] };
}

/** What the dialog starts with. */
export interface DecideDraft {
  /** The first day that can be picked, and the one that is: 2026-11-24. */
  readonly revisit: string;
}

/** The dialog in which a decision is made. Whoever decides sees everything, hidden or not. */
export function decideModal(rubric: Rubric, discussion: Discussion, { revisit }: DecideDraft): ModalView {
  const { decision, record } = discussion;
  const advice = verdictWithStrength(discussion.group?.advice ?? decision.round.advice);
  const votes = everyVote(fullBallot(discussion, MOST_VOTES_READ));
  const others = othersInWords(rubric, discussion);
  return {
    type: 'modal',
    callback_id: VIEWS.decide,
    title: plain('Decide'),
    submit: plain('Decide'),
    close: plain('Cancel'),
    private_metadata: encodeDecisionView(decision.id),
    blocks: [
      { type: 'header', text: plain(isolated(decision.project)) },
      section(`*The advice*\n${advice}`),
      section('*Votes*'),
      ...votes.map((text) => section(text)),
      ...others.map((text) => section(clamp(text, LONGEST_SECTION))),
      {
        type: 'context',
        elements: [
          mrkdwn(
            '“Decide” turns the card into the record, tells the channel, and puts the record as a file into the thread. Advice, votes and decision may differ.',
          ),
        ],
      },
      outcomeInput(record),
      {
        type: 'input',
        block_id: FIELDS.rationale.block,
        optional: true,
        label: plain('Why?'),
        hint: plain('In a sentence or two, for those who ask in a year.'),
        element: {
          type: 'plain_text_input',
          action_id: FIELDS.rationale.action,
          multiline: true,
          max_length: LONGEST_RATIONALE,
          ...(record?.rationale ? { initial_value: record.rationale } : {}),
        },
      },
      {
        type: 'input',
        block_id: FIELDS.revisit.block,
        optional: true,
        label: plain('Look at it again on'),
        hint: plain('That morning I remind those who decide. Left empty, I never do.'),
        element: { type: 'datepicker', action_id: FIELDS.revisit.action, initial_date: revisit },
      },
    ],
  };
}

/** A dialog holds 100 blocks; whoever decides reads no more. */
const MOST_VOTES_READ = 100;
const MOST_ANSWERS_READ = 30;
const LONGEST_SECTION = 2_900;

/** What each of the others answered, and where settling a difference would change the advice. */
function othersInWords(rubric: Rubric, discussion: Discussion): string[] {
  const { decision, group, ownAnswers } = discussion;
  if (ownAnswers.length === 0) return [];
  const { basis, verdict } = founded(rubric, (group ?? decision.round).advice);
  const read = ownAnswers.slice(0, MOST_ANSWERS_READ).map(({ person, answers, round }) => {
    const told = Object.entries(answers).map(
      ([trait, option]) => `${questionName(basis, trait)}: ${optionName(basis, trait, option)}`,
    );
    const when = round < decision.round.number ? ' before the edit' : '';
    return `${mention(person)}${when}: ${told.join('; ')}`;
  });
  const more = ownAnswers.length - read.length;
  const differences = group
    ? disagreementsInWords(basis, verdict, group.disagreements, answeredBeforeEdit(discussion))
    : [];
  return [
    '*What others answered*',
    ...read,
    ...(more > 0 ? [`and ${more} more people`] : []),
    ...(differences.length === 0 ? [] : [`*What settling would change*\n${bullets(differences)}`]),
  ];
}

function outcomeInput(record: DecisionRecord | null): InputBlock {
  const options = CHOICES.map((choice) => ({ text: plain(verdictName(choice)), value: choice }));
  const before = options.find(({ value }) => value === record?.outcome);
  return {
    type: 'input',
    block_id: FIELDS.outcome.block,
    label: plain('What is it going to be?'),
    element: {
      type: 'radio_buttons',
      action_id: FIELDS.outcome.action,
      options,
      ...(before ? { initial_option: before } : {}),
    },
  };
}

const decided = z.object({
  outcome: z.object({ choice: z.object({ selected_option: z.object({ value: z.enum(CHOICES) }) }) }),
  rationale: z.object({ text: z.object({ value: z.string().nullish() }) }),
  revisit: z.object({ date: z.object({ selected_date: z.iso.date().nullish() }) }),
});

export interface Decided {
  readonly outcome: Choice;
  readonly rationale: string;
  readonly revisit: string | null;
}

/** Reads the dialog back; null where no dialog of ours could have said that. */
export function parseDecide(values: unknown): Decided | null {
  const { data } = decided.safeParse(values);
  if (!data) return null;
  return {
    outcome: data.outcome.choice.selected_option.value,
    rationale: entered(data.rationale.text.value ?? ''),
    revisit: data.revisit.date.selected_date ?? null,
  };
}

/** Asks before everything is taken away. */
export function deleteModal({ decision, votes, ownAnswers, record }: Discussion): ModalView {
  const blocks: KnownBlock[] = [
    section(
      `This removes the card for ${quoted(decision.project)} and my replies in its thread, and deletes the answers` +
        `${votes.length > 0 ? `, ${votes.length === 1 ? 'the vote' : `all ${votes.length} votes`}` : ''}` +
        `${ownAnswers.length > 0 ? `, what others answered` : ''}${record ? ' and the record with its file' : ''}. It cannot be undone.`,
    ),
    { type: 'context', elements: [mrkdwn(escapeMrkdwn('What other people wrote in the thread stays.'))] },
  ];
  return {
    type: 'modal',
    callback_id: VIEWS.deleteDecision,
    title: plain('Delete?'),
    submit: plain('Delete'),
    close: plain('Keep it'),
    private_metadata: encodeDecisionView(decision.id),
    blocks,
  };
}
