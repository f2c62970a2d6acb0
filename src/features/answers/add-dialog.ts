import type { ModalView } from '@slack/types';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { VIEWS } from '../../blocks/ids.ts';
import { encodeDecisionView } from '../../blocks/metadata.ts';
import { questionInput } from '../../blocks/questions.ts';
import { isolateText, mrkdwn, plain } from '../../blocks/text.ts';
import { type Discussion, isHidden } from '../../decision/discussion.ts';

/** Label of the card's button. Sentences quote it. */
export const ADD_ANSWERS = 'Add my answers';

/**
 * The dialog for answers from people other than the asker. It is prefilled only with the person's own earlier answers,
 * so that others' answers don't influence them.
 */
export function ownAnswersModal(rubric: Rubric, discussion: Discussion, person: string): ModalView {
  const { decision, ownAnswers } = discussion;
  const own = ownAnswers.find((one) => one.person === person);
  return {
    type: 'modal',
    callback_id: VIEWS.ownAnswers,
    title: plain('My answers'),
    submit: plain('Save'),
    close: plain('Cancel'),
    private_metadata: encodeDecisionView(decision.id),
    blocks: [
      { type: 'header', text: plain(isolateText(decision.project)) },
      {
        type: 'context',
        elements: [mrkdwn(introduce(isHidden(decision), own !== undefined))],
      },
      ...rubric.questions.map((question) => questionInput(question, own?.answers[question.id])),
    ],
  };
}

function introduce(isHidden: boolean, again: boolean): string {
  const readers = isHidden
    ? 'Only deciders see your answers until the decision.'
    : 'Your answers are public.';
  const how = again ? 'Set all to “Not sure” to remove them.' : 'Skip what you don’t know.';
  return `${readers} ${how}`;
}
