// The dialog that records a decision, and the parser of its values.
import type { InputBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { addBasis } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { FIELDS, VIEWS } from '../../blocks/ids.ts';
import { encodeDecisionView } from '../../blocks/metadata.ts';
import {
  bullets,
  cleanInput,
  isolateText,
  mention,
  mrkdwn,
  plain,
  section,
  truncate,
} from '../../blocks/text.ts';
import { optionName, questionName, verdictName, verdictWithStrength } from '../../blocks/wording.ts';
import { CHOICES, type Choice } from '../../decision/ballot.ts';
import { answeredBeforeEdit, type Discussion } from '../../decision/discussion.ts';
import { type DecisionRecord, LONGEST_RATIONALE } from '../../decision/record.ts';
import { describeDisagreements } from '../answers/disagreements.ts';
import { fullBallot } from '../vote/message.ts';
import { describeVotesInFull } from '../vote/who-voted-dialog.ts';

/** Most votes and answers shown, so that the dialog stays within Slack's 100 blocks. */
const MOST_VOTES_READ = 100;
const MOST_ANSWERS_READ = 30;
const LONGEST_SECTION = 2_900;

/** The dialog's initial values. */
export interface DecideDraft {
  /** Proposed day of the reminder: 2027-05-24. */
  readonly revisit: string;
}

/** The dialog for a decision. Deciders see votes and answers even if those are hidden on the card. */
export function decideModal(rubric: Rubric, discussion: Discussion, { revisit }: DecideDraft): ModalView {
  const { decision, record } = discussion;
  const advice = verdictWithStrength(discussion.group?.advice ?? decision.round.advice);
  const votes = describeVotesInFull(fullBallot(discussion, MOST_VOTES_READ));
  const others = describeOthersAnswers(rubric, discussion);
  return {
    type: 'modal',
    callback_id: VIEWS.decide,
    title: plain('Decide'),
    submit: plain('Decide'),
    close: plain('Cancel'),
    private_metadata: encodeDecisionView(decision.id),
    blocks: [
      { type: 'header', text: plain(isolateText(decision.project)) },
      section(`*The advice*\n${advice}`),
      section('*Votes*'),
      ...votes.map((text) => section(text)),
      ...others.map((text) => section(truncate(text, LONGEST_SECTION))),
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

/** Describes the answers of people other than the asker, and the differences that could change the advice. */
function describeOthersAnswers(rubric: Rubric, discussion: Discussion): string[] {
  const { decision, group, ownAnswers } = discussion;
  if (ownAnswers.length === 0) return [];
  const { basis, verdict } = addBasis(rubric, (group ?? decision.round).advice);
  const read = ownAnswers.slice(0, MOST_ANSWERS_READ).map(({ person, answers, round }) => {
    const lines = Object.entries(answers).map(
      ([trait, option]) => `${questionName(basis, trait)}: ${optionName(basis, trait, option)}`,
    );
    const when = round < decision.round.number ? ' before the edit' : '';
    return `${mention(person)}${when}: ${lines.join('; ')}`;
  });
  const more = ownAnswers.length - read.length;
  const differences = group
    ? describeDisagreements(basis, verdict, group.disagreements, answeredBeforeEdit(discussion))
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

const submittedValues = z.object({
  outcome: z.object({ choice: z.object({ selected_option: z.object({ value: z.enum(CHOICES) }) }) }),
  rationale: z.object({ text: z.object({ value: z.string().nullish() }) }),
  revisit: z.object({ date: z.object({ selected_date: z.iso.date().nullish() }) }),
});

export interface DecideValues {
  readonly outcome: Choice;
  readonly rationale: string;
  readonly revisit: string | null;
}

/** Parses the submitted values. Null if they don't fit this version's dialog. */
export function parseDecideDialog(values: unknown): DecideValues | null {
  const { data } = submittedValues.safeParse(values);
  if (!data) return null;
  return {
    outcome: data.outcome.choice.selected_option.value,
    rationale: cleanInput(data.rationale.text.value ?? ''),
    revisit: data.revisit.date.selected_date ?? null,
  };
}
