import { toOneLine } from '../../blocks/text.ts';
import { verdictWithStrength, withFullStop } from '../../blocks/wording.ts';
import type { Decision } from '../../decision/decision.ts';
import type { Post } from '../../decision/post.ts';

/** The outputs of the step, named as in the manifest. */
export interface StepOutputs {
  readonly verdict: string;
  readonly strength: string;
  readonly permalink: string;
  readonly summary: string;
  readonly [name: string]: string;
}

/** Returns the outputs for a posted card. */
export function buildStepOutputs({ project, round }: Decision, permalink: string | null): StepOutputs {
  const { advice } = round;
  const why = advice.pros.slice(0, 2).map(({ text }) => withFullStop(text));
  return {
    verdict: advice.verdict,
    strength: advice.strength,
    permalink: permalink ?? '',
    summary: [`${toOneLine(project)}: ${verdictWithStrength(advice, { leaning: true })}.`, ...why].join(' '),
  };
}

/** Error of the step if the decision was deleted before the step completed. */
export const STEP_DELETED = 'The card was deleted before this step finished.';

/** Returns why there is no card, for people who read the workflow's activity. Null if the card may still come. */
export function describeStepError(card: Post, sentenceFor: (code: string) => string): string | null {
  if (card.state === 'refused') return `The card wasn’t posted. ${sentenceFor(card.error ?? '')}`;
  if (card.state === 'unknown') {
    return 'Slack didn’t confirm the card. Look for it in the channel before you run this again.';
  }
  return null;
}
