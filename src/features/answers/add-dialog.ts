import type { ModalView } from '@slack/types';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { VIEWS } from '../../blocks/ids.ts';
import { encodeDecisionView } from '../../blocks/metadata.ts';
import { questionInput } from '../../blocks/questions.ts';
import { isolateText, plain, section } from '../../blocks/text.ts';
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
    submit: plain(own ? 'Save' : ADD_ANSWERS),
    close: plain('Cancel'),
    private_metadata: encodeDecisionView(decision.id),
    blocks: [
      { type: 'header', text: plain(isolateText(decision.project)) },
      section(intro(isHidden(decision), own !== undefined)),
      ...rubric.questions.map((question) => questionInput(question, own?.answers[question.id])),
    ],
  };
}

function intro(hidden: boolean, again: boolean): string {
  const public_ = hidden
    ? 'Until it is decided, the card says only how many people have answered, not what. After that, it gives the advice for everybody’s answers together, and names who said what where people disagree and it matters.'
    : 'What you answer is public: the card gives the advice for everybody’s answers together, and names who said what where people disagree and it matters.';
  const how = again
    ? 'These are your answers from before. To take them back, set all of them to “Not sure” and save.'
    : 'Answer for yourself, whatever others said. What you leave at “Not sure” counts for nothing.';
  return `${public_}\n${how}`;
}
