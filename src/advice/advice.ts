import { z } from 'zod';

/**
 * What the engine says about answers. Stored with each decision as JSON and rendered from there, so
 * this schema is also what reads it back. Points: positive speaks for Django, negative for Flask.
 */
const statement = z.object({ text: z.string(), claims: z.array(z.string()) });
const caseMatch = z.object({ id: z.string(), matches: z.array(z.string()) });
const change = z.object({ trait: z.string(), from: z.string(), to: z.string() });
const contribution = z.object({
  trait: z.string(),
  option: z.string(),
  points: z.number(),
  claims: z.array(z.string()),
  /** Why it counts as it does. Missing in advice of the first version. */
  reason: z.string().optional(),
});

export const verdictSchema = z.enum(['django', 'flask', 'both', 'undecided']);
export const strengthSchema = z.enum(['solid', 'leaning', 'toss-up']);

const flip = z.object({ changes: z.array(change), verdict: verdictSchema });

/**
 * What the rubric said when the advice was given, as far as the advice refers to it: with this it can be
 * shown word for word for ever, whatever becomes of the rubric.
 */
const basisSchema = z.object({
  /** All questions, so that every trait and option has its name and the answered ones can be counted. */
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
  /** The hard rule that decided, and the traits whose answers it asks for. */
  rule: z
    .object({ reason: z.string(), claims: z.array(z.string()).readonly(), traits: z.array(z.string()) })
    .nullable(),
  /** Case study and counter-case. */
  cases: z.array(z.object({ id: z.string(), title: z.string(), story: z.string(), lesson: z.string() })),
  /** Every claim that is cited, with what had become of it since the article. */
  claims: z.array(
    z.object({
      id: z.string(),
      section: z.string(),
      text: z.string(),
      since: z.array(z.object({ asOf: z.string(), text: z.string() })).readonly(),
    }),
  ),
  /** Up to this many points for either was a toss-up; once the same number for both. */
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
      /** Traits with the same answer. */
      shared: z.array(z.string()),
    }),
  ),
  /** How many of them chose what. */
  chose: z.object({ django: z.number(), flask: z.number(), both: z.number() }),
  /** True where most of them chose otherwise than the verdict. */
  disagrees: z.boolean(),
  /** Whether that made the strength lower; a toss-up has nothing lower. Missing in older advice, where it was assumed. */
  lowered: z.boolean().default(true),
});

export const adviceSchema = z.object({
  verdict: verdictSchema,
  strength: strengthSchema,
  /** Id of the hard rule that decided, or null where the points did. */
  rule: z.string().nullable(),
  /** intercept + support.django − support.flask */
  margin: z.number(),
  support: z.object({ django: z.number(), flask: z.number() }),
  /** Share of the rubric's weight that was answered, 0..1. */
  coverage: z.number(),
  /** True when no answer to the open questions can change the verdict. It may miss, it never lies. */
  settled: z.boolean(),
  /** Lowest and highest margin that answers to the open questions could lead to. */
  bounds: z.object({ low: z.number(), high: z.number() }),
  /** What each answer added, largest first; the intercept is listed under the trait `intercept`. */
  contributions: z.array(contribution),
  /** Smallest sets of changed answers that change the verdict, and what it changes to. */
  flips: z.array(flip),
  /**
   * Where all that `flips` lead to is "undecided": the smallest pairs that lead to a clear verdict. Missing
   * in advice of the first version.
   */
  clearFlips: z.array(flip).optional(),
  /** Open traits that could change the verdict, the most telling first. */
  nextQuestions: z.array(z.string()),
  pros: z.array(statement),
  cons: z.array(statement),
  counterArgument: statement.nullable(),
  caseStudy: caseMatch.nullable(),
  counterCase: caseMatch.nullable(),
  /** Documented projects with similar answers, the nearest first; null where too little is known to compare. */
  practice: practice.nullable(),
  notes: z.array(
    z.object({
      text: z.string(),
      asOf: z.string(),
      sources: z.array(z.object({ title: z.string(), url: z.string() })),
    }),
  ),
  /** For `both`: what goes where. */
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

/** Advice that can be shown without the rubric: what `advise` returns. */
export interface FoundedAdvice extends Advice {
  contributions: Contribution[];
  clearFlips: Flip[];
  basis: Basis;
}
