import { founded } from '../core/basis.ts';
import type { Discussion } from '../core/discussion.ts';
import type { Rubric } from '../rubric/schema.ts';
import type { Message } from './message.ts';
import { bullets, mentions, quoted, section } from './text.ts';
import { flipInWords, sentence, tellingFlips, verdictName } from './wording.ts';

/** What the thread hears on the day of the revisit; null where it is not decided any more. */
export function reminder(rubric: Rubric, { decision, group, record }: Discussion): Message | null {
  if (record === null || decision.status !== 'decided') return null;
  const advice = founded(rubric, group?.advice ?? decision.round.advice);
  const asked =
    `${mentions(decision.deciders)}: today is the day to look again at “${verdictName(record.outcome)}” for ` +
    `${quoted(decision.project)}. Does it still hold?`;
  const flips = tellingFlips(advice).map((flip) => sentence(flipInWords(advice.basis, flip)));
  const change =
    flips.length > 0
      ? ['The advice would be another one now if this had changed:', bullets(flips)]
      : ['No one or two different answers would have changed the advice.'];
  const what = 'If it holds, there is nothing to do. If not, pick “Reopen” in the menu of the card.';
  return {
    text: [asked, ...change, what].join('\n'),
    blocks: [section(asked), section(change.join('\n')), section(what)],
  };
}
