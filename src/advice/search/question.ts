import { FRAMEWORKS, type Framework, GENERAL_TOPICS, type Rubric } from '../rubric/schema.ts';
import { nearestWord } from './typos.ts';
import { stem, wordsOf } from './words.ts';

/**
 * A question taken apart: what it asks about, each thing with the terms to look for. Words that carry nothing are
 * left out.
 */
export interface Unit {
  /** Any of these found is the thing found. */
  readonly terms: readonly string[];
  readonly kind: 'topic' | 'faint' | 'name' | 'word' | 'framework' | 'unknown' | 'beyond';
}

/** Words and phrases with a meaning of their own, by the stem of the first word; the longest first. */
interface Lexicon {
  readonly phrases: ReadonlyMap<string, readonly Phrase[]>;
  readonly ignored: ReadonlySet<string>;
}

interface Phrase {
  readonly stems: readonly string[];
  readonly unit: Unit;
}

/** What a topic is called in the index; no word of a text looks like it. */
export const topicTerm = (id: string): string => `#${id}`;
/** The topic that a term stands for; null for any other term. */
export const topicOf = (term: string): string | null => (term.startsWith('#') ? term.slice(1) : null);
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
  const meanings = new Map<string, { stems: string[]; terms: Set<string>; kind: Unit['kind'] }>();
  const add = (words: string, kind: Unit['kind'], term?: string): void => {
    const raw = wordsOf(words);
    const stems = raw.map(stem);
    const key = stems.join(' ');
    const meaning = meanings.get(key) ?? { stems, terms: new Set<string>(), kind };
    // The words themselves are looked for as well: a claim may have them without being named for the topic.
    for (const word of raw) if (!ignored.has(word)) meaning.terms.add(stem(word));
    if (term) meaning.terms.add(term);
    meanings.set(key, meaning);
  };
  // A word of two topics is faint only where both are, so the others come first.
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
    same.push({ stems, unit: { terms: [...terms], kind } });
    phrases.set(first, same);
  }
  for (const same of phrases.values()) same.sort((a, b) => b.stems.length - a.stems.length);
  return { phrases, ignored };
}

/**
 * @param vocabulary stems that some text here has
 * @param spellings words as they are spelled here, to which typing errors are led back
 */
export function unitsOf(
  rubric: Rubric,
  question: string,
  vocabulary: ReadonlySet<string>,
  spellings: readonly string[],
): Unit[] {
  const { phrases, ignored } = lexiconOf(rubric);
  const isKnown = (word: string): boolean =>
    ignored.has(word) || phrases.has(stem(word)) || vocabulary.has(stem(word));
  const words = wordsOf(question).map((word) =>
    isKnown(word) ? word : (nearestWord(word, spellings) ?? word),
  );
  const stems = words.map(stem);

  const units: Unit[] = [];
  for (let i = 0; i < words.length; ) {
    const phrase = phrases
      .get(stems[i] ?? '')
      // "Better" has the stem of "bet", but it is no subject by itself.
      ?.filter((candidate) => candidate.stems.length > 1 || !ignored.has(words[i] ?? ''))
      .find((candidate) => candidate.stems.every((part, j) => part === stems[i + j]));
    if (phrase) {
      units.push(phrase.unit);
      i += phrase.stems.length;
      continue;
    }
    const term = stems[i] ?? '';
    if (!ignored.has(words[i] ?? '') && !/^(?:\p{N}+|[a-z])$/u.test(term)) {
      units.push({ terms: [term], kind: vocabulary.has(term) ? 'word' : 'unknown' });
    }
    i += 1;
  }
  // Everything here is about the two, so they are not looked for; naming one shows what the question is about.
  const named = FRAMEWORKS.filter((framework) => words.includes(framework));
  if (units.length === 0 && named.length > 0) return [generalUnit(named)];
  if (named.length > 0) units.push({ terms: [], kind: 'framework' });
  // Alone, an adjective is what is asked about: "is Flask small?"
  return units.some(({ kind }) => kind === 'topic') ? units : units.map(asSubject);
}

const asSubject = (unit: Unit): Unit => (unit.kind === 'faint' ? { ...unit, kind: 'topic' } : unit);

/** "Django or Flask?" asks for the default; "is there anything Flask does better?" for what it is good at. */
function generalUnit(named: readonly Framework[]): Unit {
  const [only] = named;
  const topic = named.length === 1 && only !== undefined ? only : 'either';
  return { terms: [topicTerm(GENERAL_TOPICS[topic])], kind: 'topic' };
}
