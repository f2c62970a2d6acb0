// Finds the claims, cases and projects that a question is about.
import type { AdviceWithBasis, Contribution } from '../advice.ts';
import type { Rubric } from '../rubric/schema.ts';
import { type QuestionPart, topicOf } from './lexicon.ts';
import { parseQuestion } from './question.ts';
import { indexOf } from './search-index.ts';

/** A claim, case or project that matches a question. */
export interface Hit {
  readonly kind: 'claim' | 'case' | 'project';
  readonly id: string;
  /** Relevance, comparable only between hits of one question. */
  readonly score: number;
  /** Share of the question's weight that the hit matches, 0 to 1. */
  readonly coverage: number;
  /** Parts of the question that the hit matches. */
  readonly found: readonly QuestionPart[];
}

export interface SearchResult {
  readonly hits: readonly Hit[];
  /** Share of the question's weight that the rubric understands, 0 to 1. */
  readonly understood: number;
  readonly parts: readonly QuestionPart[];
}

/** Weight of a part of the question, by kind. A topic of several words is a phrase. A plain word has a weight of its own, by its frequency. */
const WEIGHT = {
  topic: 1.5,
  phrase: 2.5,
  faint: 0.4,
  ambiguous: 0.4,
  name: 3,
  framework: 3,
  subject: 1,
  neutral: 0.35,
  unknown: 1.5,
  beyond: 20,
} as const;
/** Kinds that count as understood, whether or not the best hit matches them. */
const UNDERSTOOD_KINDS: readonly QuestionPart['kind'][] = [
  'topic',
  'faint',
  'ambiguous',
  'name',
  'framework',
];
/** Words of a question about the team's own project, in which an ambiguous word likely has the sense of the topic. */
const ABOUT_US = /\b(?:we|our|us)\b/i;

/** Exponent below 1: each further unknown word weighs less, because people describe projects in unforeseeable words. */
const UNKNOWN_EXPONENT = 0.5;

/** Score factor of a faint term. */
const FAINT_FACTOR = 0.3;

/** Returns every match for a question, best first. Deterministic. */
export function search(rubric: Rubric, question: string): SearchResult {
  const { entries, weights, vocabulary, spellings } = indexOf(rubric);
  const parts = parseQuestion(rubric, question, vocabulary, spellings);
  const terms = [...new Set(parts.flatMap((part) => part.terms))];
  // A framework's name adds nothing to what is understood, unless the question has another subject.
  const hasSubject = parts.some(({ kind }) => kind === 'topic' || kind === 'name');
  const isAboutUs = parts.some(({ kind }) => kind === 'framework') || ABOUT_US.test(question);
  const weightOf = ({ kind, terms: [term], from = 0, to = 0 }: QuestionPart): number => {
    if (kind === 'word') return (weights.get(term ?? '') ?? 1) * WEIGHT.unknown;
    if (kind === 'neutral' || kind === 'subject') return hasSubject ? 0 : WEIGHT[kind];
    if (kind === 'framework') return hasSubject ? WEIGHT.framework : 0;
    if (kind === 'topic' && to - from > 1) return WEIGHT.phrase;
    // Without another topic, an adjective is the subject: "is Flask small?"
    const isSubject = !hasSubject && (kind === 'faint' || (kind === 'ambiguous' && isAboutUs));
    return WEIGHT[isSubject ? 'topic' : kind];
  };
  const weigh = (some: readonly QuestionPart[]): number =>
    some.reduce((sum, part) => sum + weightOf(part), 0);
  const unknown = parts.filter(({ kind }) => kind === 'unknown').length;
  const total =
    weigh(parts.filter(({ kind }) => kind !== 'unknown')) + WEIGHT.unknown * unknown ** UNKNOWN_EXPONENT;
  if (terms.length === 0 || total === 0) return { hits: [], understood: 0, parts };

  const faint = new Set(hasSubject ? parts.flatMap((part) => (isWeak(part.kind) ? part.terms : [])) : []);
  const boostTerm = (term: string): number => (faint.has(term) ? FAINT_FACTOR : 1);
  const hits = entries
    .search(terms.join(' '), { boostTerm })
    .flatMap(({ id, score, match, queryTerms }): Hit[] => {
      const found = parts.filter((part) => isFound(part, match));
      const coverage = weigh(found) / total;
      const [kind, name] = String(id).split(':');
      if (name === undefined || (kind !== 'claim' && kind !== 'case' && kind !== 'project')) return [];
      // MiniSearch multiplies the score by the number of matched terms, which would count the words of a topic twice.
      return [{ kind, id: name, score: (score / queryTerms.length) * coverage, coverage, found }];
    })
    .sort((a, b) => b.score - a.score);
  const best = hits[0]?.found ?? [];
  // Plain words alone are a coincidence. They need a topic, a name or a kind of project.
  if (!parts.some(({ kind }) => ['topic', 'faint', 'ambiguous', 'name', 'subject'].includes(kind)))
    return { hits, understood: 0, parts };
  return {
    hits,
    understood: weigh(parts.filter((part) => isUnderstood(part) || best.includes(part))) / total,
    parts,
  };
}

/** Builds the index ahead of the first question, which would otherwise take 75 ms longer. */
export function warmSearch(rubric: Rubric): void {
  search(rubric, 'security');
}

/** A trait that a question in the thread refers to. */
export interface AskedTrait {
  readonly trait: string;
  /** Points of the answer to the trait. Null if it is open. */
  readonly contribution: Contribution | null;
}

/** Returns the traits of an advice that a question refers to, in the order of the question. */
export function findAskedTraits(rubric: Rubric, question: string, advice: AdviceWithBasis): AskedTrait[] {
  const named = findTopics(rubric, question).flatMap(
    (id) => rubric.synonyms.topics.find((topic) => topic.id === id)?.trait ?? [],
  );
  return [...new Set(named)]
    .filter((trait) => advice.basis.questions.some((asked) => asked.id === trait))
    .map((trait) => ({ trait, contribution: advice.contributions.find((c) => c.trait === trait) ?? null }));
}

/** Returns the ids of the topics in a question, in order. */
function findTopics(rubric: Rubric, question: string): string[] {
  const { vocabulary, spellings } = indexOf(rubric);
  const parts = parseQuestion(rubric, question, vocabulary, spellings);
  const hasTopic = parts.some(({ kind }) => kind === 'topic');
  const named = parts
    .filter(({ kind }) => (hasTopic ? kind === 'topic' : isWeak(kind)))
    .flatMap(({ terms }) => terms.flatMap((term) => topicOf(term) ?? []));
  return [...new Set(named)];
}

/** Returns whether words of a kind count little next to a topic. */
function isWeak(kind: QuestionPart['kind']): boolean {
  return kind === 'faint' || kind === 'ambiguous';
}

function isUnderstood({ kind }: QuestionPart): boolean {
  return UNDERSTOOD_KINDS.includes(kind);
}

function isFound({ kind, terms }: QuestionPart, match: Readonly<Record<string, unknown>>): boolean {
  return kind === 'framework' || (kind !== 'beyond' && terms.some((term) => Object.hasOwn(match, term)));
}
