// The answer to "Why did you say Django?", from the advice stored with the card.
import type { AdviceWithBasis } from '../../advice/advice.ts';
import type { Claim, Rubric } from '../../advice/rubric/schema.ts';
import { describeFlip, pickFlips } from '../../blocks/wording.ts';

const ASKS_WHY = /\b(?:why|how come|how did you|explain|reasons?)\b/i;
const ABOUT_ADVICE =
  /\byou (?:say|said|recommend|suggest|pick|choose|chose|advise|decide|think|come)|\byour (?:advice|verdict|recommendation|choice|answer)|\b(?:the|this) (?:advice|verdict|card|recommendation|result)|\bfor (?:us|(?:our|this|my|the) project)\b/i;

/** Returns whether a question asks for the reasons of the card's advice. */
export function asksAboutAdvice(question: string): boolean {
  return ASKS_WHY.test(question) && ABOUT_ADVICE.test(question);
}

/** A reason of the stored advice, with its first claim that the rubric still has. */
export interface CardReason {
  readonly text: string;
  readonly claim: Claim | null;
}

/** Reasons for and against the advice, and a change that would turn it. */
export interface CardReasons {
  readonly pros: readonly CardReason[];
  readonly cons: readonly CardReason[];
  readonly flip: string | null;
}

/** Most reasons for and against. Together they have at most three citations. */
const MOST = { pros: 2, cons: 1 };

export function findCardReasons(rubric: Rubric, advice: AdviceWithBasis): CardReasons {
  const { basis, pros, cons, counterArgument } = advice;
  const reason = ({ text, claims }: AdviceWithBasis['pros'][number]): CardReason => ({
    text,
    claim: claims.flatMap((id) => rubric.claims.get(id) ?? [])[0] ?? null,
  });
  const rule = basis.rule ? [{ text: basis.rule.reason, claims: [...basis.rule.claims] }] : [];
  const [flip] = pickFlips(advice);
  return {
    pros: [...rule, ...pros].slice(0, MOST.pros).map(reason),
    cons: [...cons, ...(counterArgument ? [counterArgument] : [])].slice(0, MOST.cons).map(reason),
    flip: flip ? describeFlip(basis, flip) : null,
  };
}
