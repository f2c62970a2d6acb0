import type { Rubric } from '../../advice/rubric/schema.ts';
import { LONGEST_MESSAGE, type Message } from '../../blocks/message.ts';
import { escapeMrkdwn, isolateText, plain, quoteText, textLength, truncate } from '../../blocks/text.ts';
import type { Decision } from '../../decision/decision.ts';
import { type ReasoningLine, type ReasoningPart, reasoningPartsOf, renderPart } from './reasoning-parts.ts';

/**
 * The first reply in the card's thread. It explains the advice point by point.
 *
 * @param form `plain` for workspaces that refuse the table and the chart: a list instead
 */
export function reasoningMessage(
  rubric: Rubric,
  decision: Decision,
  form: 'rich' | 'plain' = 'rich',
): Message {
  const parts = reasoningPartsOf(rubric, decision.round.advice, { claims: false });
  const title = `How the advice for ${quoteText(decision.project)} came about`;
  return {
    text: screenReaderText(`${title}.`, parts),
    blocks: [
      { type: 'header', text: plain(`How the advice for ${isolateText(decision.project)} came about`) },
      ...parts.flatMap((part) =>
        form === 'rich' && part.rich ? [...part.rich.blocks, renderPart(part.rich.list)] : [renderPart(part)],
      ),
    ],
  };
}

/**
 * Returns the text for screen readers. If it is too long, drops the reasons of the answers with the fewest points, which
 * the dialog also has. Truncating the end would lose notes and sources.
 */
function screenReaderText(title: string, parts: readonly ReasoningPart[]): string {
  const spare = parts.flatMap((part) => part.lines).filter((line) => line.spare);
  for (let left = spare.length; ; left--) {
    const short = new Set(spare.slice(left));
    const told = parts.map(
      (part) =>
        `${part.title}: ${part.lines.map((line) => screenReaderLine(line, short.has(line))).join(' ')}`,
    );
    const text = [title, ...told].join('\n');
    if (left === 0 || textLength(text) <= LONGEST_MESSAGE) return truncate(text, LONGEST_MESSAGE);
  }
}

function screenReaderLine(line: ReasoningLine, short: boolean): string {
  const said = short ? [line.lead] : [line.lead, line.text];
  return escapeMrkdwn(said.filter((part) => part !== undefined).join(' '));
}
