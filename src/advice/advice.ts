// Schema of an advice. The store keeps each advice as JSON, and this schema reads it back. Positive points speak for
// Django, negative ones for Flask. Fields added later are optional, because older advice lacks them.
import { z } from 'zod';

const statement = z.object({
  text: z.string(),
  /** Short form for the card, at most nine words. Missing in earlier advice, as are all bullets below. */
  bullet: z.string().optional(),
  claims: z.array(z.string()),
});
const caseMatch = z.object({ id: z.string(), matches: z.array(z.string()) });
const change = z.object({ trait: z.string(), from: z.string(), to: z.string() });
const contribution = z.object({
  trait: z.string(),
  option: z.string(),
  points: z.number(),
  claims: z.array(z.string()),
  /** Reason for the points. Missing in advice of the first version. */
  reason: z.string().optional(),
  bullet: z.string().optional(),
});

export const verdictSchema = z.enum(['django', 'flask', 'both', 'undecided']);
export const strengthSchema = z.enum(['solid', 'leaning', 'toss-up']);

const source = z.object({ title: z.string(), url: z.string() });

const flip = z.object({
  changes: z.array(change),
  verdict: verdictSchema,
  /** An answer that it changes to doesn't speak for the new verdict. The earlier answer falls away. */
  fallsAway: z.boolean().optional(),
});

/** Excerpt of the rubric that the advice refers to. With it, stored advice stays readable after the rubric changes. */
const basisSchema = z.object({
  /** All questions, for the names of traits and options and the number of open questions. */
  questions: z
    .array(
      z.object({
        id: z.string(),
        short: z.string(),
        text: z.string(),
        options: z.array(z.object({ id: z.string(), short: z.string() })).readonly(),
      }),
    )
    .readonly(),
  /** Hard rule that decided, with the traits that made it apply. */
  rule: z
    .object({
      reason: z.string(),
      bullet: z.string().optional(),
      claims: z.array(z.string()).readonly(),
      traits: z.array(z.string()),
    })
    .nullable(),
  /** Texts of the case study and the counter-case. */
  cases: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      bullet: z.string().optional(),
      story: z.string(),
      lesson: z.string(),
    }),
  ),
  /** Cited claims, with dated notes on what has changed since the article. */
  claims: z.array(
    z.object({
      id: z.string(),
      section: z.string(),
      text: z.string(),
      since: z.array(z.object({ asOf: z.string(), text: z.string() })).readonly(),
    }),
  ),
  /** Arguments for each framework, best first. Only for a toss-up, and missing in advice stored earlier. */
  general: z.object({ django: z.array(statement), flask: z.array(statement) }).optional(),
  /** Most points for a framework that are still a toss-up. Older advice has one number for both frameworks. */
  tossUpUpTo: z.union([
    z.object({ django: z.number(), flask: z.number() }),
    z.number().transform((points) => ({ django: points, flask: points })),
  ]),
});

const outcome = z.enum(['django', 'flask', 'both']);
const practice = z.object({
  nearest: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      chose: outcome,
      year: z.number(),
      about: z.string(),
      url: z.string(),
      /** Traits with the same answer in both projects. */
      shared: z.array(z.string()),
    }),
  ),
  /** Number of nearest projects by what they chose. */
  chose: z.object({ django: z.number(), flask: z.number(), both: z.number() }),
  /** Most of the nearest projects chose something other than the verdict. */
  disagrees: z.boolean(),
  /**
   * The disagreement lowered the strength. A toss-up can't get lower. In older advice the field is missing, and a
   * disagreement always lowered it.
   */
  lowered: z.boolean().default(true),
});

export const adviceSchema = z.object({
  verdict: verdictSchema,
  strength: strengthSchema,
  /** Id of the hard rule that decided, or null if the points did. */
  rule: z.string().nullable(),
  /** intercept + support.django − support.flask */
  margin: z.number(),
  support: z.object({ django: z.number(), flask: z.number() }),
  /** Answered share of the rubric's weight, 0 to 1. */
  coverage: z.number(),
  /** No answer to an open question can change the verdict. May be wrongly false, but never wrongly true. */
  settled: z.boolean(),
  /** Lowest and highest margin possible once the open questions are answered. */
  bounds: z.object({ low: z.number(), high: z.number() }),
  /** Points of each answer, largest first. The intercept has the trait `intercept`. */
  contributions: z.array(contribution),
  /** Smallest changes to the answers that change the verdict, each with the new verdict. */
  flips: z.array(flip),
  /**
   * Smallest pairs of changes that lead to a clear verdict, if all of `flips` lead to "undecided". Missing in advice
   * of the first version.
   */
  clearFlips: z.array(flip).optional(),
  /** Open traits that could change the verdict, the most influential first. */
  nextQuestions: z.array(z.string()),
  pros: z.array(statement),
  cons: z.array(statement),
  counterArgument: statement.nullable(),
  caseStudy: caseMatch.nullable(),
  counterCase: caseMatch.nullable(),
  /** Documented projects with similar answers, nearest first. Null if too few answers are known to compare. */
  practice: practice.nullable(),
  /** Another framework that may fit better, from a dated note. Null in earlier advice, as are the next two. */
  thirdWay: z
    .object({ names: z.array(z.string()), text: z.string(), asOf: z.string(), sources: z.array(source) })
    .nullable()
    .default(null),
  /** Why the verdict is as firm as it is, and what is missing for a firmer one, each in one sentence. */
  why: z.object({ strength: z.string(), missing: z.string().nullable() }).nullable().default(null),
  /** Starting point of the project, if it favors a framework. Not from the article. `rule` is the answer’s id. */
  existing: z
    .object({ rule: z.string(), effect: z.enum(['decides', 'lowers', 'none']), text: z.string() })
    .nullable()
    .default(null),
  notes: z.array(
    z.object({
      text: z.string(),
      asOf: z.string(),
      sources: z.array(source),
    }),
  ),
  /** For `both`: the parts of the project for each framework. */
  boundary: z.object({ django: z.array(z.string()), flask: z.array(z.string()) }).nullable(),
  rubricVersion: z.string(),
  /** Missing in advice of the first version. */
  basis: basisSchema.optional(),
});

export type Advice = z.infer<typeof adviceSchema>;
export type Verdict = z.infer<typeof verdictSchema>;
export type Strength = z.infer<typeof strengthSchema>;
export type Basis = z.infer<typeof basisSchema>;
export type Flip = z.infer<typeof flip>;
export type Practice = z.infer<typeof practice>;
export type ClaimStatement = z.infer<typeof statement>;

export interface Contribution extends z.infer<typeof contribution> {
  reason: string;
}

/** Advice that can be rendered without the rubric. */
export interface AdviceWithBasis extends Advice {
  contributions: Contribution[];
  clearFlips: Flip[];
  basis: Basis;
}
