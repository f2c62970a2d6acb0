import { oneLine } from '../../blocks/text.ts';
import { sentence, verdictWithStrength } from '../../blocks/wording.ts';
import type { Decision } from '../../decision/decision.ts';
import type { Post } from '../../decision/post.ts';

/** What a workflow gets back from the step, under the names that the manifest gives them. */
export interface StepOutputs {
  readonly verdict: string;
  readonly strength: string;
  readonly permalink: string;
  readonly summary: string;
  readonly [name: string]: string;
}

/** For a card that is posted. */
export function stepOutputs({ project, round }: Decision, permalink: string | null): StepOutputs {
  const { advice } = round;
  const why = advice.pros.slice(0, 2).map(({ text }) => sentence(text));
  return {
    verdict: advice.verdict,
    strength: advice.strength,
    permalink: permalink ?? '',
    summary: [`${oneLine(project)}: ${verdictWithStrength(advice)}.`, ...why].join(' '),
  };
}

/** The same where somebody has deleted it already. */
export const STEP_DELETED = 'The card was deleted before the workflow could go on.';

/** Why there is no card, for whoever looks at the workflow's run; null where there may still be one. */
export function stepError(card: Post, sentenceFor: (code: string) => string): string | null {
  if (card.state === 'refused') return `The card is not posted. ${sentenceFor(card.error ?? '')}`;
  if (card.state === 'unknown') {
    return 'Slack did not say whether it took the card. Look into the channel before you run this again.';
  }
  return null;
}
