// The reminder on the day of the review, and the result of a check.
import type { Advice } from '../../advice/advice.ts';
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

/** Months until the next reminder after "Snooze 3 months". */
export const SNOOZE_MONTHS = 3;

const CHECK = 'Check it…';
const SNOOZE = `Snooze ${SNOOZE_MONTHS} months`;

/** The reminder in the thread on the day of the review. Null if the decision was reopened, replaced or deleted. */
export function reminderMessage(rubric: Rubric, discussion: Discussion): Message | null {
  const { decision, record } = discussion;
  if (record === null || decision.status !== 'decided') return null;
  const advice = addBasis(rubric, visibleAdvice(discussion));
  const asked =
    `${addressDeciders(decision)}: it’s time to review “${verdictName(record.outcome)}” for ` +
    `${quoteText(decision.project)}. Does it still hold?`;
  const flips = pickFlips(advice).map((flip) => withFullStop(describeFlip(advice, flip)));
  const change =
    flips.length > 0
      ? ['What would change the advice:', bullets(flips)]
      : ['Changing one or two answers wouldn’t change the advice.'];
  return {
    text: [asked, ...change, `Press “${CHECK}” to review it, or “${SNOOZE}” to be reminded later.`].join(
      '\n',
    ),
    blocks: [
      section(asked),
      section(change.join('\n')),
      {
        type: 'actions',
        block_id: encodeDecisionBlock(decision.id),
        elements: [
          { type: 'button', action_id: ACTIONS.revisitCheck, text: plain(CHECK), style: 'primary' },
          { type: 'button', action_id: ACTIONS.snooze, text: plain(SNOOZE) },
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
  const who = `${mention(person)} reviewed “${verdictName(record.outcome)}” for ${quoteText(decision.project)}.`;
  const describe = (advice: Advice): string => verdictWithStrength(advice, { leaning: true });
  const advice = same
    ? `Advice: ${describe(now)}, as before.`
    : `Advice: ${describe(now)} (before: ${describe(before)}).`;
  const text = [who, advice, whatToDo(same, agrees)].join('\n');
  return { text, blocks: [section(text)] };
}

function whatToDo(same: boolean, agrees: boolean): string {
  if (same) return 'The decision stands.';
  return agrees
    ? 'The advice now matches the decision.'
    : 'The advice doesn’t support the decision. To discuss it, pick “Reopen” in the card’s menu (•••).';
}
