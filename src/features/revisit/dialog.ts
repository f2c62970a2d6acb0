import type { ModalView } from '@slack/types';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { VIEWS } from '../../blocks/ids.ts';
import { encodeDecisionView } from '../../blocks/metadata.ts';
import { questionInput } from '../../blocks/questions.ts';
import { isolateText, plain, section } from '../../blocks/text.ts';
import { type Discussion, visibleAdvice } from '../../decision/discussion.ts';
import { extractAnswers, findDecisiveTraits } from './revisit.ts';

/** The dialog of a check. It asks only questions whose answers could change the advice. */
export function revisitModal(rubric: Rubric, discussion: Discussion): ModalView {
  const { decision } = discussion;
  const advice = visibleAdvice(discussion);
  const answers = extractAnswers(advice);
  const telling = findDecisiveTraits(rubric, advice);
  const questions = rubric.questions.filter(({ id }) => telling.includes(id));
  const nothing = questions.length === 0;
  return {
    type: 'modal',
    callback_id: VIEWS.revisit,
    title: plain('Does it still hold?'),
    ...(nothing ? {} : { submit: plain('Check') }),
    close: plain(nothing ? 'Close' : 'Cancel'),
    private_metadata: encodeDecisionView(decision.id),
    blocks: [
      { type: 'header', text: plain(isolateText(decision.project)) },
      section(
        nothing
          ? 'The advice still stands: no change to one or two answers would change it.'
          : 'These are the earlier answers. Change what no longer holds. I’ll post the result in the thread.',
      ),
      ...questions.map((question) => questionInput(question, answers[question.id])),
    ],
  };
}
