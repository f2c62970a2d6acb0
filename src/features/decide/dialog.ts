// The dialog that records a decision, and the parser of its values.
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { addBasis } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { FIELDS, VIEWS } from '../../blocks/ids.ts';
import { encodeDecisionView } from '../../blocks/metadata.ts';
import { type Line, titledList } from '../../blocks/rich-text.ts';
import { cleanInput, isolateText, mrkdwn, plain, section } from '../../blocks/text.ts';
import { capitalise, optionName, verdictName, verdictWithStrength } from '../../blocks/wording.ts';
import { CHOICES, type Choice } from '../../decision/ballot.ts';
import { answeredBeforeEdit, type Discussion } from '../../decision/discussion.ts';
import { type DecisionRecord, LONGEST_RATIONALE } from '../../decision/record.ts';
import { disagreementLines } from '../answers/disagreements.ts';
import { fullBallot } from '../vote/message.ts';
import { describeVotesInFull } from '../vote/who-voted-dialog.ts';

/** Most votes and answers shown, so that the dialog stays within Slack's 100 blocks. */
const MOST_VOTES_READ = 100;
const MOST_ANSWERS_READ = 30;

/** The dialog's initial values. */
export interface DecideDraft {
  /** Proposed day of the reminder: 2027-05-24. */
  readonly revisit: string;
}

/** The dialog for a decision. Deciders see votes and answers even if those are hidden on the card. */
export function decideModal(rubric: Rubric, discussion: Discussion, { revisit }: DecideDraft): ModalView {
  const { decision, record } = discussion;
  const advice = verdictWithStrength(discussion.group?.advice ?? decision.round.advice, { leaning: true });
  const ballot = fullBallot(discussion, MOST_VOTES_READ);
  const votes = ballot.total === 0 ? [] : describeVotesInFull(ballot);
  return {
    type: 'modal',
    callback_id: VIEWS.decide,
    title: plain('Decide'),
    submit: plain('Decide'),
    close: plain('Cancel'),
    private_metadata: encodeDecisionView(decision.id),
    blocks: [
      { type: 'header', text: plain(isolateText(decision.project)) },
      {
        type: 'context',
        elements: [mrkdwn('Tells the channel and puts the record in the thread.')],
      },
      section(`*Advice:* ${advice}${votes.length === 0 ? '\n*Votes:* none yet' : ''}`),
      ...votes,
      ...describeOpenDisagreements(rubric, discussion),
      outcomeInput(record),
      {
        type: 'input',
        block_id: FIELDS.rationale.block,
        optional: true,
        label: plain('Why?'),
        hint: plain('One or two sentences for readers next year.'),
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
        label: plain('Review on'),
        hint: plain('I’ll remind the deciders. Clear it for no reminder.'),
        element: { type: 'datepicker', action_id: FIELDS.revisit.action, initial_date: revisit },
      },
      // Last, because the answers of many people fill several screens.
      ...describeOthersAnswers(rubric, discussion),
    ],
  };
}

/** Lists the disagreements that could change the advice. */
function describeOpenDisagreements(rubric: Rubric, discussion: Discussion): KnownBlock[] {
  const { group } = discussion;
  if (group === null) return [];
  const { basis, verdict } = addBasis(rubric, group.advice);
  const lines = disagreementLines(basis, verdict, group.disagreements, answeredBeforeEdit(discussion));
  return lines.length === 0 ? [] : [titledList({ title: 'Open disagreements', lines })];
}

/** Lists the answers of people other than the asker. */
function describeOthersAnswers(rubric: Rubric, { decision, group, ownAnswers }: Discussion): KnownBlock[] {
  if (ownAnswers.length === 0) return [];
  const { basis } = addBasis(rubric, (group ?? decision.round).advice);
  const lines = ownAnswers.slice(0, MOST_ANSWERS_READ).map(({ person, answers, round }): Line => {
    const given = Object.entries(answers).map(([trait, option]) => optionName(basis, trait, option));
    const when = round < decision.round.number ? ' before the edit' : '';
    return [{ person }, `${when}: ${given.join(', ')}`];
  });
  const more = ownAnswers.length - lines.length;
  if (more > 0) lines.push([`and ${more} more people`]);
  return [titledList({ title: 'Others’ answers', lines })];
}

function outcomeInput(record: DecisionRecord | null): InputBlock {
  const options = CHOICES.map((choice) => ({ text: plain(capitalise(verdictName(choice))), value: choice }));
  const before = options.find(({ value }) => value === record?.outcome);
  return {
    type: 'input',
    block_id: FIELDS.outcome.block,
    label: plain('Decision'),
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
