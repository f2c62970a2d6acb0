import { FRAMEWORKS, type Framework, GENERAL_TOPICS, type Rubric } from '../rubric/schema.ts';
import { nearestWord } from './typos.ts';
import { stem, wordsOf } from './words.ts';

/** A meaningful word or phrase of a question, with the terms to search for. */
export interface QuestionPart {
  /** Alternative terms. A match of one is a match of the whole. */
  readonly terms: readonly string[];
  readonly kind: 'topic' | 'faint' | 'name' | 'word' | 'framework' | 'unknown' | 'beyond';
}

/** Words and phrases that the rubric knows. */
interface Lexicon {
  /** Known phrases by the stem of their first word, longest first. */
  readonly phrases: ReadonlyMap<string, readonly Phrase[]>;
  readonly ignored: ReadonlySet<string>;
}

interface Phrase {
  readonly stems: readonly string[];
  readonly part: QuestionPart;
}

/** Returns the index term of a topic. `#` keeps it apart from words, which have only letters and digits. */
export const topicTerm = (id: string): string => `#${id}`;
/** Returns the topic id of an index term, or null if the term isn't a topic. */
export const topicOf = (term: string): string | null => (term.startsWith('#') ? term.slice(1) : null);
/** Returns the index term of a project's or case's name. `@` keeps it apart from words. */
export const nameTerm = (id: string): string => `@${id}`;

const lexicons = new WeakMap<Rubric, Lexicon>();

function lexiconOf(rubric: Rubric): Lexicon {
  const known = lexicons.get(rubric);
  if (known) return known;
  const lexicon = compile(rubric);
  lexicons.set(rubric, lexicon);
  return lexicon;
}

function compile({ synonyms, projects, cases }: Rubric): Lexicon {
  const ignored = new Set(synonyms.ignored.flatMap(wordsOf));
  const meanings = new Map<string, { stems: string[]; terms: Set<string>; kind: QuestionPart['kind'] }>();
  const add = (words: string, kind: QuestionPart['kind'], term?: string): void => {
    const raw = wordsOf(words);
    const stems = raw.map(stem);
    const key = stems.join(' ');
    const meaning = meanings.get(key) ?? { stems, terms: new Set<string>(), kind };
    // Also search for the words themselves, because a claim may contain them without being listed under the topic.
    for (const word of raw) if (!ignored.has(word)) meaning.terms.add(stem(word));
    if (term) meaning.terms.add(term);
    meanings.set(key, meaning);
  };
  // The first topic of a word sets its kind, so a word is faint only if all its topics are.
  const topics = [...synonyms.topics].sort((a, b) => Number(a.faint ?? false) - Number(b.faint ?? false));
  for (const { id, words, faint } of topics) {
    for (const word of words) add(word, faint ? 'faint' : 'topic', topicTerm(id));
  }
  for (const { id, name } of projects) add(name, 'name', nameTerm(id));
  for (const { id, title } of cases) add(title, 'name', nameTerm(id));
  for (const words of synonyms.beyond) add(words, 'beyond');

  const phrases = new Map<string, Phrase[]>();
  for (const { stems, terms, kind } of meanings.values()) {
    const first = stems[0];
    if (first === undefined) continue;
    const same = phrases.get(first) ?? [];
    same.push({ stems, part: { terms: [...terms], kind } });
    phrases.set(first, same);
  }
  for (const same of phrases.values()) same.sort((a, b) => b.stems.length - a.stems.length);
  return { phrases, ignored };
}

/**
 * Splits a question into words and phrases with a meaning. Corrects typos and drops ignored words.
 *
 * @param vocabulary stems in the search index
 * @param spellings correct spellings for typos
 */
export function parseQuestion(
  rubric: Rubric,
  question: string,
  vocabulary: ReadonlySet<string>,
  spellings: readonly string[],
): QuestionPart[] {
  const { phrases, ignored } = lexiconOf(rubric);
  const isKnown = (word: string): boolean =>
    ignored.has(word) || phrases.has(stem(word)) || vocabulary.has(stem(word));
  const words = wordsOf(question).map((word) =>
    isKnown(word) ? word : (nearestWord(word, spellings) ?? word),
  );
  const stems = words.map(stem);

  const parts: QuestionPart[] = [];
  for (let i = 0; i < words.length; ) {
    const phrase = phrases
      .get(stems[i] ?? '')
      // The ignored word "better" has the same stem as the topic word "bet", but isn't about that topic.
      ?.filter((candidate) => candidate.stems.length > 1 || !ignored.has(words[i] ?? ''))
      .find((candidate) => candidate.stems.every((part, j) => part === stems[i + j]));
    if (phrase) {
      parts.push(phrase.part);
      i += phrase.stems.length;
      continue;
    }
    const term = stems[i] ?? '';
    if (!ignored.has(words[i] ?? '') && !/^(?:\p{N}+|[a-z])$/u.test(term)) {
      parts.push({ terms: [term], kind: vocabulary.has(term) ? 'word' : 'unknown' });
    }
    i += 1;
  }
  // Every text in the index is about the two frameworks, so their names aren't search terms. A name still counts as
  // understood.
  const named = FRAMEWORKS.filter((framework) => words.includes(framework));
  if (parts.length === 0 && named.length > 0) return [generalPart(named)];
  if (named.length > 0) parts.push({ terms: [], kind: 'framework' });
  // Without another topic, an adjective is the subject: "is Flask small?"
  return parts.some(({ kind }) => kind === 'topic') ? parts : parts.map(asSubject);
}

const asSubject = (part: QuestionPart): QuestionPart =>
  part.kind === 'faint' ? { ...part, kind: 'topic' } : part;

/** Returns the topic of a question that only names frameworks. "Django or Flask?" asks for the default choice. */
function generalPart(named: readonly Framework[]): QuestionPart {
  const [only] = named;
  const topic = named.length === 1 && only !== undefined ? only : 'either';
  return { terms: [topicTerm(GENERAL_TOPICS[topic])], kind: 'topic' };
}
