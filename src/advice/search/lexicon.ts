// The words and phrases that the rubric knows, each with its meanings.
import { memoize } from '../memoize.ts';
import { FRAMEWORKS, type Rubric } from '../rubric/schema.ts';
import { stem, wordsOf } from './words.ts';

/** A meaningful word or phrase of a question, with the terms to search for. */
export interface QuestionPart {
  /** Alternative terms. A match of one is a match of the whole. */
  readonly terms: readonly string[];
  /**
   * - `topic`: the rubric has claims about it. `faint`: the same, for an adjective. `ambiguous`: the same, for a word
   *   with other common meanings.
   * - `subject`: only facts or kinds of project have these words.
   * - `neutral`: a word without meaning next to a topic, but alone not understood either.
   */
  readonly kind:
    | 'topic'
    | 'faint'
    | 'ambiguous'
    | 'name'
    | 'word'
    | 'framework'
    | 'subject'
    | 'neutral'
    | 'unknown'
    | 'beyond';
  /** Ids of facts, ids of kinds of project and places of details that these words name. */
  readonly facts?: readonly string[];
  readonly projectKinds?: readonly string[];
  readonly details?: readonly number[];
  /** Place of a phrase among the words: its first word, and the word after it. */
  readonly from?: number;
  readonly to?: number;
}

/** Words and phrases that the rubric knows. */
interface Lexicon {
  /** Known phrases by the stem of their first word, longest first. */
  readonly phrases: ReadonlyMap<string, readonly Phrase[]>;
  readonly ignored: ReadonlySet<string>;
  readonly fillers: ReadonlySet<string>;
}

interface Phrase {
  readonly stems: readonly string[];
  /** The words of facts and kinds of project: "booking", but not "book", which has the same stem. */
  readonly spellings: ReadonlySet<string>;
  /** Topic terms by spelling: "customers" and "custom" have the same stem, but are words of different topics. */
  readonly topics: ReadonlyMap<string, ReadonlySet<string>>;
  readonly part: QuestionPart;
}

/** Returns the index term of a topic. `#` keeps it apart from words, which have only letters and digits. */
export const topicTerm = (id: string): string => `#${id}`;
/** Returns the topic id of an index term, or null if the term isn't a topic. */
export const topicOf = (term: string): string | null => (term.startsWith('#') ? term.slice(1) : null);
/** Returns the index term of a project's or case's name. `@` keeps it apart from words. */
export const nameTerm = (id: string): string => `@${id}`;

/** Returns the lexicon. Builds it once per rubric. */
export const lexiconOf = memoize(compile);

interface Meaning {
  readonly stems: readonly string[];
  readonly spellings: Set<string>;
  readonly topics: Map<string, Set<string>>;
  readonly terms: Set<string>;
  kind: QuestionPart['kind'];
  readonly facts: Set<string>;
  readonly projectKinds: Set<string>;
  readonly details: Set<number>;
}

function compile({ synonyms, projects, cases, facts, kinds, details }: Rubric): Lexicon {
  const ignored = new Set(synonyms.ignored.flatMap(wordsOf));
  const fillers = new Set(synonyms.fillers.flatMap(wordsOf));
  const ambiguous = new Set(synonyms.ambiguous.map((words) => wordsOf(words).map(stem).join(' ')));
  const meanings = new Map<string, Meaning>();
  const add = (words: string, kind: QuestionPart['kind'], term?: string): Meaning => {
    const raw = wordsOf(words.replace('<number>', A_NUMBER));
    const stems = raw.map(stem);
    const key = stems.join(' ');
    const meaning = meanings.get(key) ?? {
      stems,
      spellings: new Set<string>(),
      topics: new Map<string, Set<string>>(),
      terms: new Set<string>(),
      kind,
      facts: new Set<string>(),
      projectKinds: new Set<string>(),
      details: new Set<number>(),
    };
    // Also search for the words themselves, because a claim may contain them without being listed under the topic.
    for (const word of raw) if (!ignored.has(word)) meaning.terms.add(stem(word));
    const spelling = raw.join(' ');
    if (term) {
      meaning.terms.add(term);
      meaning.topics.set(spelling, new Set([...(meaning.topics.get(spelling) ?? []), term]));
    }
    if (kind === 'subject') meaning.spellings.add(spelling);
    meanings.set(key, meaning);
    return meaning;
  };
  // The first topic of a word sets its kind, so a word is faint only if all its topics are.
  const topics = [...synonyms.topics].sort((a, b) => Number(a.faint ?? false) - Number(b.faint ?? false));
  for (const { id, words, faint } of topics) {
    for (const word of words)
      add(
        word,
        faint ? 'faint' : ambiguous.has(wordsOf(word).map(stem).join(' ')) ? 'ambiguous' : 'topic',
        topicTerm(id),
      );
  }
  for (const { id, name } of projects) add(name, 'name', nameTerm(id));
  for (const { id, title } of cases) add(title, 'name', nameTerm(id));
  for (const words of synonyms.beyond) add(words, 'beyond');
  for (const { id, words } of kinds) for (const word of words) add(word, 'subject').projectKinds.add(id);
  details.forEach(({ words }, i) => {
    for (const word of words) add(word, 'subject').details.add(i);
  });
  inheritTopics(meanings);
  for (const { id, words } of facts) {
    for (const word of words.flatMap(withBothFrameworks)) add(word, 'subject').facts.add(id);
  }

  const phrases = new Map<string, Phrase[]>();
  for (const { stems, spellings, topics, terms, kind, ...named } of meanings.values()) {
    const first = stems[0];
    if (first === undefined) continue;
    const same = phrases.get(first) ?? [];
    const part = {
      terms: [...terms],
      kind,
      facts: [...named.facts],
      projectKinds: [...named.projectKinds],
      details: [...named.details],
    };
    same.push({ stems, spellings, topics, part });
    phrases.set(first, same);
  }
  for (const same of phrases.values()) same.sort((a, b) => b.stems.length - a.stems.length);
  return { phrases, ignored, fillers };
}

/** Gives "rest api", a kind of project, the topic and the details of "api". */
function inheritTopics(meanings: ReadonlyMap<string, Meaning>): void {
  for (const meaning of meanings.values()) {
    if (meaning.kind !== 'subject') continue;
    const { stems, terms, details } = meaning;
    for (let from = 0; from < stems.length; from++) {
      for (let to = from + 1; to <= stems.length; to++) {
        const inner = meanings.get(stems.slice(from, to).join(' '));
        if (!inner || inner === meaning) continue;
        for (const detail of inner.details) details.add(detail);
        if (inner.kind !== 'topic') continue;
        for (const term of inner.terms) terms.add(term);
        meaning.kind = 'topic';
      }
    }
  }
}

function withBothFrameworks(words: string): readonly string[] {
  return words.includes('<framework>')
    ? FRAMEWORKS.map((framework) => words.replace('<framework>', framework))
    : [words];
}

/** A number, perhaps with a unit: "20", "100k", "2gb". */
const NUMBER = /^\p{N}+(?:[kmb]|[kmgt]b|x|th|st|nd|rd)?$/u;
/** Stands for any number in a phrase such as "<number> users". */
const A_NUMBER = '0';

/** Returns whether a word is a number, perhaps with a unit. */
export const isNumber = (word: string): boolean => NUMBER.test(word);

/** Returns the known phrases that start at a place among stems, longest first. */
export function phrasesAt({ phrases }: Lexicon, stems: readonly string[], from: number): Phrase[] {
  const first = stems[from] ?? '';
  const exact = phrases.get(first) ?? [];
  const candidates =
    isNumber(first) && first !== A_NUMBER ? [...exact, ...(phrases.get(A_NUMBER) ?? [])] : exact;
  return candidates.filter(({ stems: wanted }) =>
    wanted.every((part, i) => {
      const asked = stems[from + i] ?? '';
      return part === asked || (part === A_NUMBER && isNumber(asked));
    }),
  );
}
