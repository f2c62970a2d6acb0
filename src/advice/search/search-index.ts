// The index of the rubric's claims, cases and projects.

import MiniSearch from 'minisearch';
import { memoize } from '../memoize.ts';
import type { Rubric } from '../rubric/schema.ts';
import { nameTerm, topicTerm } from './lexicon.ts';
import { stem, wordsOf } from './words.ts';

/** An indexed text of the rubric. Every field except `id` holds terms separated by spaces. */
interface Entry {
  /** Kind and id, as in "claim:C01". */
  readonly id: string;
  readonly topics: string;
  readonly text: string;
  readonly section: string;
  /** For a claim: its notes and the arguments based on it. For a case: its lesson. For a project: its remark. */
  readonly beside: string;
}

interface Index {
  readonly entries: MiniSearch<Entry>;
  /** Inverse document frequency of each stem, scaled so that the rarest has 1. */
  readonly weights: ReadonlyMap<string, number>;
  readonly vocabulary: ReadonlySet<string>;
  readonly spellings: readonly string[];
}

const FIELDS = ['topics', 'text', 'section', 'beside'] as const;
const BOOST = { topics: 3, text: 1, section: 0.5, beside: 0.5 };
/** A low `b`, because a claim on many topics is as good an answer to each as a claim on one. */
const BM25 = { k: 1.2, b: 0.3, d: 0.5 };

/** Returns the search index. Builds it once per rubric. */
export const indexOf = memoize(build);

function build(rubric: Rubric): Index {
  const entries = new MiniSearch<Entry>({
    fields: [...FIELDS],
    tokenize: (text) => text.split(' ').filter((term) => term !== ''),
    processTerm: (term) => term,
    searchOptions: { boost: BOOST, bm25: BM25, combineWith: 'OR', prefix: false, fuzzy: false },
  });
  const all = entriesOf(rubric);
  entries.addAll(all);

  const counts = new Map<string, number>();
  for (const entry of all) {
    for (const term of new Set(FIELDS.flatMap((field) => entry[field].split(' ')))) {
      counts.set(term, (counts.get(term) ?? 0) + 1);
    }
  }
  const rarest = Math.log(1 + all.length);
  const weights = new Map([...counts].map(([term, n]) => [term, Math.log(1 + all.length / n) / rarest]));
  return { entries, weights, vocabulary: new Set(counts.keys()), spellings: spellingsOf(rubric) };
}

function entriesOf(rubric: Rubric): Entry[] {
  const claims = [...rubric.claims.values()].map(({ id, text, section }): Entry => {
    const notes = rubric.notes.filter((note) => note.claims.includes(id));
    const reasons = rubric.arguments.filter((argument) => argument.claims.includes(id));
    const studies = rubric.cases.filter((study) => study.claims.includes(id));
    const beside = [...notes.map((n) => n.text), ...reasons.map((a) => `${a.title} ${a.text}`)].join(' ');
    return {
      id: `claim:${id}`,
      topics: [topicsOf(rubric, id), ...studies.map((study) => nameTerm(study.id))].join(' '),
      text: termsOf(text),
      section: termsOf(section),
      beside: termsOf(beside),
    };
  });
  const cases = rubric.cases.map(
    ({ id, title, story, lesson, claims: cited }): Entry => ({
      id: `case:${id}`,
      topics: [nameTerm(id), ...new Set(cited.map((claim) => topicsOf(rubric, claim)))].join(' '),
      text: termsOf(`${title} ${story}`),
      section: '',
      beside: termsOf(lesson),
    }),
  );
  const projects = rubric.projects.map(
    ({ id, name, about, remark }): Entry => ({
      id: `project:${id}`,
      topics: nameTerm(id),
      text: termsOf(`${name} ${about}`),
      section: '',
      beside: termsOf(remark ?? ''),
    }),
  );
  return [...claims, ...cases, ...projects];
}

/**
 * Returns the topic terms of a claim. A topic's first claims repeat its term (4, 3 and 2 times), so they rank higher.
 */
function topicsOf({ synonyms }: Rubric, claim: string): string {
  return synonyms.topics
    .flatMap(({ id, claims }) => {
      const place = claims.indexOf(claim);
      if (place < 0) return [];
      return Array.from({ length: Math.max(1, 4 - place) }, () => topicTerm(id));
    })
    .join(' ');
}

function termsOf(text: string): string {
  // wordsOf() truncates long text, so pass it one sentence at a time.
  return text
    .split(/(?<=[.;:])\s/)
    .flatMap(wordsOf)
    .map(stem)
    .join(' ');
}

/** Returns the words of the rubric, as correct spellings for typos. */
function spellingsOf({ synonyms, claims, facts, kinds }: Rubric): string[] {
  const written = [
    ...[...synonyms.topics, ...facts, ...kinds].flatMap(({ words }) => words),
    ...[...claims.values()].map((claim) => claim.text),
  ];
  return [...new Set(written.flatMap(wordsOf))];
}
