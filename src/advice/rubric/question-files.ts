/** Schemas of the YAML files behind answers to questions in threads. */
import { z } from 'zod';
import { claimId, date, id, sentence } from './files.ts';

function splitWords(words: string): string[] {
  return words.split(/\s+/).filter((word) => word !== '');
}

/** A word or phrase, as people write it. */
const wording = z.string().trim().min(1).max(60);

const topic = z.strictObject({
  id,
  /** Question of the dialog on the same topic. */
  trait: id.optional(),
  words: z.array(wording).min(1),
  /** More of an adjective than a subject. Counts little next to another topic. */
  faint: z.literal(true).optional(),
  /** Most relevant first. */
  claims: z.array(claimId).min(1),
});

/** synonyms.yml */
export const synonymsFile = z.strictObject({
  /** Topics, with the words for them and the claims about them. */
  topics: z.array(topic).min(1),
  /** Words of a topic with other common meanings, such as "support". Next to another subject they count little. */
  ambiguous: z.array(wording).default([]),
  /** Words for topics that the rubric doesn't cover. */
  beyond: z.array(wording),
  /** Words without meaning in a question, separated by spaces. */
  ignored: z.string().transform(splitWords),
  /** Words that "Django or Flask?" may have around it without becoming another question, separated by spaces. */
  fillers: z.string().transform(splitWords),
});

/** facts.yml */
export const factsFile = z.strictObject({
  facts: z.array(
    z
      .strictObject({
        id,
        /** `<framework>` stands for both names. */
        words: z.array(wording).min(1),
        text: sentence.refine((text) => text.split(/[.?]\s/).length <= 2, {
          error: 'has more than two sentences',
        }),
        as_of: date,
        /** Cited with the fact. */
        claims: z.array(claimId).default([]),
        sources: z.array(
          z.strictObject({ title: z.string().min(3).max(50), url: z.url({ protocol: /^https$/ }) }),
        ),
      })
      .refine((fact) => fact.sources.length > 0 || fact.claims.length > 0, {
        error: 'needs a source or a claim',
      }),
  ),
});

/** Option ids by trait. */
const typicalAnswers = z.record(id, id).refine((answers) => Object.keys(answers).length > 0, {
  error: 'needs an answer',
});

/** kinds.yml */
export const kindsFile = z.strictObject({
  kinds: z.array(
    z.strictObject({
      id,
      words: z.array(wording).min(1),
      /** A more specific kind in the question counts instead. */
      generic: z.literal(true).optional(),
      /** Noun phrase that reads well after "For". */
      name: z.string().min(3).max(60),
      /** Typical answers of such a project in the dialog. */
      answers: typicalAnswers,
    }),
  ),
  /** Words of a question that change the typical answers. Later ones win. */
  details: z.array(z.strictObject({ words: z.array(wording).min(1), answers: typicalAnswers })),
});
