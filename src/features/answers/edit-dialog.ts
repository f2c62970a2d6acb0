import type { ModalView } from '@slack/types';
import type { Basis, Verdict } from '../../advice/advice.ts';
import type { Answers } from '../../advice/answers.ts';
import { addBasis } from '../../advice/basis.ts';
import { type Rubric, UNSURE } from '../../advice/rubric/schema.ts';
import { VIEWS } from '../../blocks/ids.ts';
import type { Message } from '../../blocks/message.ts';
import { encodeDecisionView } from '../../blocks/metadata.ts';
import { questionInput } from '../../blocks/questions.ts';
import { bullets, isolateText, mention, plain, quoteText, section } from '../../blocks/text.ts';
import { optionName, questionName, verdictWithStrength, withFullStop } from '../../blocks/wording.ts';
import type { Decision, Round } from '../../decision/decision.ts';
import type { Discussion } from '../../decision/discussion.ts';

/** The dialog for editing the asker's answers. */
export function editAnswersModal(rubric: Rubric, { decision, ownAnswers, votes }: Discussion): ModalView {
  const { answers, advice } = decision.round;
  const others = votes.length + ownAnswers.length > 0;
  const what =
    'Saving gives new advice on the card, and tells the thread what changed.' +
    (others ? ' Votes and others’ answers stay, marked as from before the edit.' : '');
  const newer =
    advice.rubricVersion === rubric.version
      ? ''
      : ` The rules have a newer version since (${rubric.version} in place of ${advice.rubricVersion}), so the advice can change for that alone.`;
  return {
    type: 'modal',
    callback_id: VIEWS.editAnswers,
    title: plain('Edit the answers'),
    submit: plain('Save'),
    close: plain('Cancel'),
    private_metadata: encodeDecisionView(decision.id),
    blocks: [
      { type: 'header', text: plain(isolateText(decision.project)) },
      section(`${what}${newer}`),
      ...rubric.questions.map((question) => questionInput(question, answers[question.id])),
    ],
  };
}

/**
 * The reply that lists edited answers and compares the advice before and after. Null if there is no newer round.
 *
 * @param told number of the last round that the thread was told about
 */
export function editSummaryMessage(
  rubric: Rubric,
  decision: Decision,
  rounds: readonly Round[],
  told: number,
): Message | null {
  const before = rounds.find(({ number }) => number === told);
  const after = rounds.at(-1);
  if (!before || !after || before === after) return null;
  const { basis } = addBasis(rubric, after.advice);
  const lines = describeAnswerChanges(basis, before.answers, after.answers);
  const title = `${mention(after.by)} has edited the answers for ${quoteText(decision.project)}.`;
  const outcome = describeAdviceChange(before, after);
  const version =
    before.advice.rubricVersion === after.advice.rubricVersion
      ? []
      : [
          `The rules have changed since, too: version ${after.advice.rubricVersion} in place of ${before.advice.rubricVersion}.`,
        ];
  return {
    text: [title, ...lines.map(withFullStop), outcome, ...version].join('\n'),
    blocks: [section(title), section(bullets(lines)), section([outcome, ...version].join(' '))],
  };
}

/** Returns a line for each changed answer: "size: “one simple job” → not sure". */
export function describeAnswerChanges(basis: Basis, before: Answers, after: Answers): string[] {
  return basis.questions.flatMap(({ id }) => {
    const [from, to] = [before[id] ?? UNSURE, after[id] ?? UNSURE];
    if (from === to) return [];
    const name = (option: string): string =>
      option === UNSURE ? 'not sure' : `“${optionName(basis, id, option)}”`;
    return [`${questionName(basis, id)}: ${name(from)} → ${name(to)}`];
  });
}

function describeAdviceChange(before: Round, after: Round): string {
  const [was, is]: [Verdict, Verdict] = [before.advice.verdict, after.advice.verdict];
  const now = verdictWithStrength(after.advice);
  return was === is
    ? `By these answers alone the advice is still: ${now}.`
    : `By these answers alone the advice was ${verdictWithStrength(before.advice)}; it is now ${now}.`;
}
