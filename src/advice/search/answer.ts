// The answer to a question, as data.
import type { AdviceWithBasis } from '../advice.ts';
import type { CaseStudy, Claim, Fact, Note, Project, ProjectKind } from '../rubric/schema.ts';

/** A claim that answers a question. */
export interface Citation {
  /** Number within the whole answer, from 1, in display order. */
  readonly number: number;
  readonly claim: Claim;
  /** Notes on what has changed since the article. A note appears once per answer. */
  readonly notes: readonly Note[];
}

export type ClaimSide = Claim['direction'];

/** The model's advice on the typical answers of a kind of project, changed by words of the question. */
export interface KindAdvice {
  readonly kind: ProjectKind;
  readonly advice: AdviceWithBasis;
}

/** The rubric's answer to a question, or `unknown` if it has none. The side with the best claim comes first. */
export type RubricAnswer =
  | {
      readonly kind: 'answer';
      /** Common knowledge that isn't in the article. */
      readonly facts: readonly Fact[];
      /** For a question such as "Django or Flask for a shop?" Then `sides` has the claims behind the advice. */
      readonly advised: KindAdvice | null;
      readonly sides: readonly { readonly side: ClaimSide; readonly citations: readonly Citation[] }[];
      /** Framework without claims, if the other one has some. */
      readonly silent: 'django' | 'flask' | null;
      readonly caseStudy: CaseStudy | null;
      readonly projects: readonly Project[];
    }
  | {
      readonly kind: 'unknown';
      /** The question asks to choose for a project of a kind that the rubric doesn't have. */
      readonly isChoice?: boolean;
    };
