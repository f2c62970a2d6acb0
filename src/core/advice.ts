import { z } from 'zod';

/**
 * What the engine says about answers. Stored with each decision as JSON and rendered from there, so
 * this schema is also what reads it back. Points: positive speaks for Django, negative for Flask.
 */
const statement = z.object({ text: z.string(), claims: z.array(z.string()) });
const caseMatch = z.object({ id: z.string(), matches: z.array(z.string()) });
const change = z.object({ trait: z.string(), from: z.string(), to: z.string() });

export const verdictSchema = z.enum(['django', 'flask', 'both', 'undecided']);
export const strengthSchema = z.enum(['solid', 'leaning', 'toss-up']);

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
  contributions: z.array(
    z.object({ trait: z.string(), option: z.string(), points: z.number(), claims: z.array(z.string()) }),
  ),
  /** Smallest sets of changed answers that change the verdict, and what it changes to. */
  flips: z.array(z.object({ changes: z.array(change), verdict: verdictSchema })),
  /** Open traits that could change the verdict, the most telling first. */
  nextQuestions: z.array(z.string()),
  pros: z.array(statement),
  cons: z.array(statement),
  counterArgument: statement.nullable(),
  caseStudy: caseMatch.nullable(),
  counterCase: caseMatch.nullable(),
  /** Documented projects with similar answers. Not computed yet. */
  practice: z.null(),
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
});

export type Advice = z.infer<typeof adviceSchema>;
export type Verdict = z.infer<typeof verdictSchema>;
export type Strength = z.infer<typeof strengthSchema>;
export type Contribution = Advice['contributions'][number];
export type Flip = Advice['flips'][number];
export type Statement = z.infer<typeof statement>;
