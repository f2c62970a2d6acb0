import type { ModalView } from '@slack/types';
import { founded } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { ACTIONS, VIEWS } from '../../blocks/ids.ts';
import type { Message } from '../../blocks/message.ts';
import { encodeDecisionBlock, encodeDecisionView } from '../../blocks/metadata.ts';
import { toDeciders } from '../../blocks/people.ts';
import { questionInput } from '../../blocks/questions.ts';
import { bullets, isolated, mention, plain, quoted, section } from '../../blocks/text.ts';
import {
  flipInWords,
  sentence,
  tellingFlips,
  verdictName,
  verdictWithStrength,
} from '../../blocks/wording.ts';
import { type Discussion, shownAdvice } from '../../decision/discussion.ts';
import type { DecisionRecord } from '../../decision/record.ts';
import { answersBehind, type LookedAgain, tellingTraits } from './revisit.ts';

/** How long "Remind me later" puts it off. */
export const SNOOZE_MONTHS = 3;

/** What the thread hears on the day of the revisit; null where it is not decided any more. */
export function reminder(rubric: Rubric, discussion: Discussion): Message | null {
  const { decision, record } = discussion;
  if (record === null || decision.status !== 'decided') return null;
  const advice = founded(rubric, shownAdvice(discussion));
  const asked =
    `${toDeciders(decision)}: today is the day to look again at “${verdictName(record.outcome)}” for ` +
    `${quoted(decision.project)}. Does it still hold?`;
  const flips = tellingFlips(advice).map((flip) => sentence(flipInWords(advice.basis, flip)));
  const change =
    flips.length > 0
      ? ['The advice would be another one if this had changed:', bullets(flips)]
      : ['No one or two different answers would have changed the advice.'];
  return {
    text: [asked, ...change, 'The buttons check that, or remind you later.'].join('\n'),
    blocks: [
      section(asked),
      section(change.join('\n')),
      {
        type: 'actions',
        block_id: encodeDecisionBlock(decision.id),
        elements: [
          { type: 'button', action_id: ACTIONS.revisitCheck, text: plain('Check it'), style: 'primary' },
          { type: 'button', action_id: ACTIONS.snooze, text: plain('Remind me in three months') },
        ],
      },
    ],
  };
}

/** Asks again what could change the advice, and nothing else. */
export function revisitModal(rubric: Rubric, discussion: Discussion): ModalView {
  const { decision } = discussion;
  const advice = shownAdvice(discussion);
  const answers = answersBehind(advice);
  const telling = tellingTraits(rubric, advice);
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
      { type: 'header', text: plain(isolated(decision.project)) },
      section(
        nothing
          ? 'No one or two different answers would change the advice, so there is nothing to ask: it still stands.'
          : 'Only what could change the advice is asked. The answers are those of then: change what has become different. The thread hears what comes of it.',
      ),
      ...questions.map((question) => questionInput(question, answers[question.id])),
    ],
  };
}

/** What the check has shown, for the thread and for whoever checked. */
export function lookedAgain(
  { decision }: Discussion,
  record: DecisionRecord,
  { before, now, same, agrees }: LookedAgain,
  person: string,
): Message {
  const who = `${mention(person)} has looked again at “${verdictName(record.outcome)}” for ${quoted(decision.project)}.`;
  const advice = same
    ? `The advice is the same as then: ${verdictWithStrength(now)}.`
    : `The advice would be another one now: ${verdictWithStrength(now)} in place of ${verdictWithStrength(before)}.`;
  const text = [who, advice, whatToDo(same, agrees)].join('\n');
  return { text, blocks: [section(text)] };
}

function whatToDo(same: boolean, agrees: boolean): string {
  if (same) return 'The decision stands as it did.';
  return agrees
    ? 'It now says what you decided, so the decision stands better than before.'
    : 'The decision does not rest on it any more. To discuss it, pick “Reopen” in the menu of the card.';
}
