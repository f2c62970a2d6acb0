// The reminder on the day of the review, and the result of a check.
import { addBasis } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { ACTIONS } from '../../blocks/ids.ts';
import type { Message } from '../../blocks/message.ts';
import { encodeDecisionBlock } from '../../blocks/metadata.ts';
import { addressDeciders } from '../../blocks/people.ts';
import { bullets, mention, plain, quoteText, section } from '../../blocks/text.ts';
import {
  describeFlip,
  pickFlips,
  verdictName,
  verdictWithStrength,
  withFullStop,
} from '../../blocks/wording.ts';
import { type Discussion, visibleAdvice } from '../../decision/discussion.ts';
import type { DecisionRecord } from '../../decision/record.ts';
import type { CheckResult } from './revisit.ts';

/** Months until the next reminder after "Remind me in three months". */
export const SNOOZE_MONTHS = 3;

/** The reminder in the thread on the day of the review. Null if the decision was reopened, replaced or deleted. */
export function reminderMessage(rubric: Rubric, discussion: Discussion): Message | null {
  const { decision, record } = discussion;
  if (record === null || decision.status !== 'decided') return null;
  const advice = addBasis(rubric, visibleAdvice(discussion));
  const asked =
    `${addressDeciders(decision)}: today is the day to look again at “${verdictName(record.outcome)}” for ` +
    `${quoteText(decision.project)}. Does it still hold?`;
  const flips = pickFlips(advice).map((flip) => withFullStop(describeFlip(advice.basis, flip)));
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

/** The result of a check, for the thread and for the person who checked. */
export function checkResultMessage(
  { decision }: Discussion,
  record: DecisionRecord,
  { before, now, same, agrees }: CheckResult,
  person: string,
): Message {
  const who = `${mention(person)} has looked again at “${verdictName(record.outcome)}” for ${quoteText(decision.project)}.`;
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
