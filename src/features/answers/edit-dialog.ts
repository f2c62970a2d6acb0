import type { ModalView } from '@slack/types';
import type { Basis } from '../../advice/advice.ts';
import type { Answers } from '../../advice/answers.ts';
import { type Rubric, UNSURE } from '../../advice/rubric/schema.ts';
import { VIEWS } from '../../blocks/ids.ts';
import { encodeDecisionView } from '../../blocks/metadata.ts';
import { questionInput } from '../../blocks/questions.ts';
import { isolateText, mrkdwn, plain } from '../../blocks/text.ts';
import { capitalise, optionName, questionName } from '../../blocks/wording.ts';
import type { Discussion } from '../../decision/discussion.ts';

/** The dialog's title, and its entry in the card's menu. */
export const EDIT_ANSWERS = 'Edit answers';

/** The dialog for editing the asker's answers. */
export function editAnswersModal(rubric: Rubric, { decision, ownAnswers, votes }: Discussion): ModalView {
  const { answers, advice } = decision.round;
  const others = votes.length + ownAnswers.length > 0;
  const what =
    'Saving updates the card and tells the thread.' +
    (others ? ' Votes and others’ answers stay, marked “before the edit”.' : '');
  const newer =
    advice.rubricVersion === rubric.version
      ? ''
      : ` The rules have changed (${advice.rubricVersion} → ${rubric.version}), so the advice may change too.`;
  return {
    type: 'modal',
    callback_id: VIEWS.editAnswers,
    title: plain(EDIT_ANSWERS),
    submit: plain('Save'),
    close: plain('Cancel'),
    private_metadata: encodeDecisionView(decision.id),
    blocks: [
      { type: 'header', text: plain(isolateText(decision.project)) },
      { type: 'context', elements: [mrkdwn(`${what}${newer}`)] },
      ...rubric.questions.map((question) => questionInput(question, answers[question.id])),
    ],
  };
}

/** Returns a line for each changed answer: "size: “one simple job” → not sure". */
export function describeAnswerChanges(basis: Basis, before: Answers, after: Answers): string[] {
  return basis.questions.flatMap(({ id }) => {
    const [from, to] = [before[id] ?? UNSURE, after[id] ?? UNSURE];
    if (from === to) return [];
    const name = (option: string): string => (option === UNSURE ? 'not sure' : optionName(basis, id, option));
    // The name of an option says what it is about. "Not sure" doesn't.
    const about = from === UNSURE || to === UNSURE ? `${questionName(basis, id)}: ` : '';
    return [capitalise(`${about}${name(from)} → ${name(to)}`)];
  });
}
