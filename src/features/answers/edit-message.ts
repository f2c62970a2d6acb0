import { addBasis } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import type { Message } from '../../blocks/message.ts';
import { bulletList, richText } from '../../blocks/rich-text.ts';
import { escapeMrkdwn, formatCount, mention, quoteText, section } from '../../blocks/text.ts';
import { verdictWithStrength, withFullStop } from '../../blocks/wording.ts';
import type { Decision, Round } from '../../decision/decision.ts';
import { describeAnswerChanges } from './edit-dialog.ts';

/**
 * The reply after an edit: what it did to the advice, and the changed answers. Null if there is no newer round.
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
  const changed = `${mention(after.by)} changed ${formatCount(lines.length, 'answer')} for ${quoteText(decision.project)}.`;
  const summary = [changed, describeAdviceChange(before, after), ...describeRubricChange(before, after)].join(
    ' ',
  );
  return {
    text: [summary, ...lines.map((line) => escapeMrkdwn(withFullStop(line)))].join('\n'),
    blocks: [
      section(summary),
      ...(lines.length === 0 ? [] : [richText(bulletList(lines.map((text) => [text])))]),
    ],
  };
}

/** Speaks of these answers only, because the card's advice may be for everyone's. */
function describeAdviceChange(before: Round, after: Round): string {
  const [was, is] = [before, after].map(({ advice }) => verdictWithStrength(advice, { leaning: true }));
  return was === is
    ? `The asker’s answers still lead to “${is}”.`
    : `The asker’s answers now lead to “${is}” (before: “${was}”).`;
}

function describeRubricChange(before: Round, after: Round): string[] {
  const [was, is] = [before.advice.rubricVersion, after.advice.rubricVersion];
  return was === is ? [] : [`The rubric changed too, from ${was} to ${is}.`];
}
