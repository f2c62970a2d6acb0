/** Schemas of the YAML files behind the advice. `question-files.ts` has those behind answers to questions. */
import { z } from 'zod';
import { FRAMEWORKS, OUTCOMES } from './schema.ts';

export const id = z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be lower case letters, digits and underscores');
export const claimId = z.string().regex(/^C\d{2}$/, 'must look like C01');
const sourceId = z.string().regex(/^S\d{1,2}$/, 'must look like S1');
export const sentence = z.string().trim().min(10);
/** Short form of a reason or an argument for the card. */
const bullet = z
  .string()
  .trim()
  .refine((text) => text.split(/\s+/).length <= 9, { error: 'has more than nine words' });
export const date = z.iso.date();
const points = z.int().min(-3).max(3);

/** Options by trait. A condition holds if every named trait was answered with one of its options. */
const condition = z
  .record(id, z.array(id).min(1))
  .refine((traits) => Object.keys(traits).length > 0, { error: 'an empty condition would always hold' });
export type Condition = z.infer<typeof condition>;

const option = z
  .strictObject({
    id,
    /** Label in the dialog. Slack allows 75 characters. */
    label: z.string().min(2).max(75),
    /** Short label for use in a sentence: "size: *starts small and grows*". */
    short: z.string().min(2).max(40),
    points,
    /**
     * Framework that the answer favors in practice, although the article doesn't weigh it. Such an answer has no points.
     * It decides a toss-up and lowers a verdict for the other framework.
     */
    favors: z.enum(FRAMEWORKS).optional(),
    /** Reason for the points or the favor, one sentence shown to people. */
    reason: sentence.optional(),
    /** The reason in at most nine words. It must read well under both "For Django" and "Against Flask". */
    bullet: bullet.optional(),
    /** The article says nothing about this answer, so it has no points. */
    no_rule: z.literal(true).optional(),
    claims: z.array(claimId).default([]),
  })
  .refine((o) => (o.no_rule ? o.points === 0 && !o.reason : Boolean(o.reason)), {
    error: 'needs a reason, or no_rule: true and 0 points',
  })
  .refine((o) => o.points === 0 || o.claims.length > 0, { error: 'points need a claim' })
  .refine((o) => o.favors === undefined || (o.points === 0 && o.bullet !== undefined), {
    error: 'favors needs 0 points and a bullet',
  })
  .refine((o) => o.points === 0 || o.bullet !== undefined, { error: 'points need a bullet' });

const question = z.strictObject({
  id,
  text: z.string().min(5).max(140),
  /** Name in tables and lists, one or two words. */
  short: z.string().min(2).max(24),
  /** The options form a scale: neighbours are more alike than the ends. */
  ordered: z.literal(true).optional(),
  /** True for the most telling questions, which the dialog asks first. */
  first_page: z.literal(true).optional(),
  options: z.array(option).min(2).max(9),
});

/** questions.yml */
export const questionsFile = z.strictObject({
  /** Raise the version whenever advice could change. A decision keeps the version of its advice. */
  version: z.string().regex(/^\d+(\.\d+)*$/),
  intercept: z.strictObject({ points, reason: sentence, bullet, claims: z.array(claimId).min(1) }),
  questions: z.array(question).min(1),
});

const adjustment = z.strictObject({
  id,
  when: condition,
  /** The adjustment doesn't apply if this condition holds. */
  unless: condition.optional(),
  trait: id,
  points,
  reason: sentence,
  /** Required unless the points are 0. */
  bullet: bullet.optional(),
  claims: z.array(claimId).min(1),
});

const rule = z.strictObject({
  id,
  when: z.array(condition).min(1),
  verdict: z.enum(OUTCOMES),
  reason: sentence,
  bullet,
  claims: z.array(claimId).min(1),
  /**
   * Sentence for the card if the rule doesn't fire because the other answers make a solid case for the other framework.
   * Only the last rule can yield.
   */
  yields: sentence.optional(),
  /** For `both`: the parts of a project for each framework. A line with `when` is shown only if the condition holds. */
  boundary: z
    .strictObject({
      django: z.array(z.strictObject({ text: sentence, when: condition.optional() })).min(1),
      flask: z.array(z.strictObject({ text: sentence, when: condition.optional() })).min(1),
    })
    .optional(),
});

const perFramework = <T extends z.ZodType>(value: T) => z.strictObject({ django: value, flask: value });

/** rules.yml */
export const rulesFile = z.strictObject({
  strength: z.strictObject({
    /** Most points for a framework that are a toss-up. */
    toss_up_up_to: perFramework(z.int().min(0)),
    /** Fewest points for a framework that are solid, if enough was answered. */
    solid_from: perFramework(z.int().min(1)),
    /** Answered share of the rubric's weight. Below it, a tie is undecided and no verdict is solid. */
    min_coverage: z.number().min(0).max(1),
    /** Fewest answers for more than a toss-up, unless a hard rule decides. */
    min_answers: z.int().min(0),
    /** Verdicts that are never solid if the condition holds. The reason is a sentence for the card. */
    never_solid: z
      .array(z.strictObject({ verdict: z.enum(OUTCOMES), when: condition, reason: sentence }))
      .default([]),
  }),
  /** Factors for points on the article's scale. `rules.yml` has the reason. */
  weighing: z.strictObject({
    django: z.int().min(1).max(10),
    flask: z.int().min(1).max(10),
    default: z.int().min(1).max(10),
    reason: sentence,
  }),
  /** Applied before the points are summed. */
  adjustments: z.array(adjustment),
  /** The first rule that holds decides. */
  rules: z.array(rule),
});

const DIRECTIONS = ['django', 'flask', 'both', 'neutral'] as const;

const claim = z.strictObject({
  id: claimId,
  section: z.string().min(3),
  /** Framework that the claim speaks for. A claim against one framework speaks for the other. */
  direction: z.enum(DIRECTIONS),
  /** Firmness of the claim in the article. */
  strength: z.enum(['rule', 'strong', 'firm', 'hedged', 'fact', 'case', 'listed']),
  text: sentence,
});

/** claims.yml */
export const claimsFile = z.strictObject({
  article: z.strictObject({ title: z.string(), publisher: z.string(), published: date, url: z.url() }),
  claims: z.array(claim).min(1),
  /** Claims that frame the article and belong to no question. */
  framing: z.array(z.strictObject({ claim: claimId, reason: sentence })),
});

/** sources.yml */
export const sourcesFile = z.strictObject({
  sources: z
    .array(
      z.strictObject({
        id: sourceId,
        title: z.string().min(5),
        urls: z.array(z.url({ protocol: /^https?$/ })).min(1),
        /** We read only a report about the source, not the source. */
        secondhand: z.literal(true).optional(),
      }),
    )
    .min(1),
});

const note = z.strictObject({
  id,
  /** How the note's claims have held up since the article. */
  status: z.enum(['confirmed', 'partly_outdated', 'outdated', 'reversed', 'unverifiable', 'third_way']),
  text: sentence,
  as_of: date,
  sources: z.array(sourceId),
  claims: z.array(claimId).min(1),
  /** Advice shows the note if any of these conditions holds. Without conditions, only its claims show the note. */
  when: z.array(condition).default([]),
  /** Names of other frameworks. If the note's conditions hold, one of these may be the better answer. */
  third_way: z.array(z.string().min(2)).min(1).optional(),
});

/** notes.yml */
export const notesFile = z.strictObject({ notes: z.array(note) });

const caseStudy = z.strictObject({
  id,
  title: z.string().min(3),
  /** Framework that the case speaks for, or `both`. */
  supports: z.enum(OUTCOMES),
  /** Name and outcome for the card. */
  bullet: sentence.refine((text) => text.split(/\s+/).length <= 16, { error: 'has more than 16 words' }),
  story: sentence,
  lesson: sentence,
  /** Answers that the project would have given, as far as the article says. */
  traits: condition,
  claims: z.array(claimId).min(1),
});

/** cases.yml */
export const casesFile = z.strictObject({ cases: z.array(caseStudy).min(1) });

/** A documented project. The cross-check makes sure that `certainty` covers every answer. */
const project = z.strictObject({
  id,
  name: z.string().min(2).max(60),
  chose: z.enum(OUTCOMES),
  /** Year of the choice. */
  year: z.int().min(1995).max(2100),
  /** Description of the project, in our words. */
  about: sentence,
  remark: sentence.optional(),
  url: z.url({ protocol: /^https?$/ }),
  /** Evidence for the choice: URLs, or files of a repository at a commit. */
  sources: z.array(z.string().min(10)).min(1),
  /** Answers that the project would have given at its start. A question left out is `unsure` with certainty 0. */
  answers: z.record(id, id),
  /** Confidence in each answer, 0 to 1. */
  certainty: z.record(id, z.number().min(0).max(1)),
});

/** projects.yml */
export const projectsFile = z.strictObject({ projects: z.array(project).min(1) });

const argument = z.strictObject({
  id,
  framework: z.enum(FRAMEWORKS),
  kind: z.enum(['advantage', 'disadvantage']),
  /** Short form of the entry in the article's closing list, in our words. */
  title: z.string().min(3).max(60),
  text: sentence.max(160),
  bullet,
  claims: z.array(claimId).min(1),
  /** The argument is relevant if any of these conditions holds. */
  matters: z.array(condition).min(1),
  /** The argument is left out if any of these conditions holds, even if it is relevant. */
  moot: z.array(condition).default([]),
});

/** arguments.yml */
export const argumentsFile = z.strictObject({
  /** Cost of using both frameworks, listed first against `both`. Not from the article. */
  cost_of_both: z.strictObject({ text: sentence.max(160), bullet }),
  arguments: z.array(argument).min(1),
});
