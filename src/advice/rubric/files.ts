/**
 * What the YAML files beside this one may say. Loaded only where they are checked: making these schemas takes a
 * fortieth of a start.
 */
import { z } from 'zod';
import { FRAMEWORKS, OUTCOMES } from './schema.ts';

const id = z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be lower case letters, digits and underscores');
const claimId = z.string().regex(/^C\d{2}$/, 'must look like C01');
const sourceId = z.string().regex(/^S\d{1,2}$/, 'must look like S1');
const sentence = z.string().trim().min(10);
const date = z.iso.date();
const points = z.int().min(-3).max(3);

/** Trait → options: holds when every named trait was answered with one of its options. */
const condition = z
  .record(id, z.array(id).min(1))
  .refine((traits) => Object.keys(traits).length > 0, { error: 'an empty condition would always hold' });
export type Condition = z.infer<typeof condition>;

const option = z
  .strictObject({
    id,
    /** As shown in the dialog; Slack allows 75 characters. */
    label: z.string().min(2).max(75),
    /** A few words that fit into a sentence: "size: *starts small and grows*". */
    short: z.string().min(2).max(40),
    points,
    /** Why this answer counts as it does, one sentence for people. */
    reason: sentence.optional(),
    /** True where the article says nothing about this answer; then it has no points. */
    no_rule: z.literal(true).optional(),
    claims: z.array(claimId).default([]),
  })
  .refine((o) => (o.no_rule ? o.points === 0 && !o.reason : Boolean(o.reason)), {
    error: 'needs a reason, or no_rule: true and 0 points',
  })
  .refine((o) => o.points === 0 || o.claims.length > 0, { error: 'points need a claim' });

const question = z.strictObject({
  id,
  text: z.string().min(5).max(140),
  /** One or two words for tables and lists. */
  short: z.string().min(2).max(24),
  /** True where the options form a scale, so that neighbours on it are more alike than its ends. */
  ordered: z.literal(true).optional(),
  /** True for the most telling questions, which the dialog asks first. */
  first_page: z.literal(true).optional(),
  options: z.array(option).min(2).max(9),
});

/** questions.yml */
export const questionsFile = z.strictObject({
  /** Raised whenever advice could change; decisions keep the version they were advised with. */
  version: z.string().regex(/^\d+(\.\d+)*$/),
  intercept: z.strictObject({ points, reason: sentence, claims: z.array(claimId).min(1) }),
  questions: z.array(question).min(1),
});

const adjustment = z.strictObject({
  id,
  when: condition,
  /** Does not apply when one of these was answered. */
  unless: condition.optional(),
  trait: id,
  points,
  reason: sentence,
  claims: z.array(claimId).min(1),
});

const rule = z.strictObject({
  id,
  when: z.array(condition).min(1),
  verdict: z.enum(OUTCOMES),
  reason: sentence,
  claims: z.array(claimId).min(1),
  /** For `both`: what goes to which framework. A line with `when` is said only where it holds. */
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
    /** So many points for a framework, or fewer, are a toss-up. */
    toss_up_up_to: perFramework(z.int().min(0)),
    /** From so many points on it is solid, if enough was answered. */
    solid_from: perFramework(z.int().min(1)),
    /** Share of the rubric's weight below which a verdict is never solid and a tie says nothing. */
    min_coverage: z.number().min(0).max(1),
  }),
  /** How often a point of the article's scale counts; see the file. */
  weighing: z.strictObject({
    django: z.int().min(1).max(10),
    flask: z.int().min(1).max(10),
    default: z.int().min(1).max(10),
    reason: sentence,
  }),
  /** Applied before summing. */
  adjustments: z.array(adjustment),
  /** First one that holds decides. */
  rules: z.array(rule),
});

const DIRECTIONS = ['django', 'flask', 'both', 'neutral'] as const;

const claim = z.strictObject({
  id: claimId,
  section: z.string().min(3),
  /** Which framework the claim speaks for (a claim against one speaks for the other). */
  direction: z.enum(DIRECTIONS),
  /** How firmly the article says it. */
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
        /** Said where the original could not be read, only a report of it. */
        secondhand: z.literal(true).optional(),
      }),
    )
    .min(1),
});

const note = z.strictObject({
  id,
  /** What has happened to the claims it comments on. */
  status: z.enum(['confirmed', 'partly_outdated', 'outdated', 'reversed', 'unverifiable', 'third_way']),
  text: sentence,
  as_of: date,
  sources: z.array(sourceId),
  claims: z.array(claimId).min(1),
  /** Shown when any of these holds; an empty list is shown with its claims only. */
  when: z.array(condition).default([]),
});

/** notes.yml */
export const notesFile = z.strictObject({ notes: z.array(note) });

const caseStudy = z.strictObject({
  id,
  title: z.string().min(3),
  /** What the story speaks for. */
  supports: z.enum(OUTCOMES),
  /** What was done. */
  story: sentence,
  /** What to take from it. */
  lesson: sentence,
  /** The answers that project would have given, as far as the article tells. */
  traits: condition,
  claims: z.array(claimId).min(1),
});

/** cases.yml */
export const casesFile = z.strictObject({ cases: z.array(caseStudy).min(1) });

const project = z.strictObject({
  id,
  name: z.string().min(2).max(60),
  chose: z.enum(OUTCOMES),
  /** When it chose. */
  year: z.int().min(1995).max(2100),
  /** What it is, in our words. */
  about: sentence,
  remark: sentence.optional(),
  url: z.url({ protocol: /^https?$/ }),
  /** Where the choice can be seen: an address, or a file of a repository at a commit. */
  sources: z.array(z.string().min(10)).min(1),
  /** The answers it would have given when it began. A question left out is `unsure` with certainty 0. */
  answers: z.record(id, id),
  /** How far each of the answers can be relied on, 0..1. */
  certainty: z.record(id, z.number().min(0).max(1)),
});

/** projects.yml */
export const projectsFile = z.strictObject({ projects: z.array(project).min(1) });

const argument = z.strictObject({
  id,
  framework: z.enum(FRAMEWORKS),
  kind: z.enum(['advantage', 'disadvantage']),
  /** The article's closing list says it in a few words; ours. */
  title: z.string().min(3).max(60),
  /** One sentence for a card. */
  text: sentence.max(160),
  claims: z.array(claimId).min(1),
  /** It matters for a project whose answers meet any of these … */
  matters: z.array(condition).min(1),
  /** … unless they meet any of these: then it is never said, whatever else would make it matter. */
  moot: z.array(condition).default([]),
});

/** arguments.yml */
export const argumentsFile = z.strictObject({ arguments: z.array(argument).min(1) });

/** One word, or several in a row, as people write them. */
const wording = z.string().trim().min(1).max(60);

const topic = z.strictObject({
  id,
  /** The question of the dialog that is about the same. */
  trait: id.optional(),
  words: z.array(wording).min(1),
  /** More of an adjective than a subject: counts little where another topic is asked about as well. */
  faint: z.literal(true).optional(),
  /** The most telling first. */
  claims: z.array(claimId).min(1),
});

/** synonyms.yml */
export const synonymsFile = z.strictObject({
  /** What people call a subject, and the claims about it. */
  topics: z.array(topic).min(1),
  /** Subjects that nothing in the rubric answers. */
  beyond: z.array(wording),
  /** Words that carry nothing in a question. */
  ignored: z.string().transform((words) => words.split(/\s+/).filter((word) => word !== '')),
});
