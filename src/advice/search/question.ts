import { FRAMEWORKS, type Framework, GENERAL_TOPICS, type Rubric } from '../rubric/schema.ts';
import { nearestWord } from './typos.ts';
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

interface Meaning {
  readonly stems: readonly string[];
  readonly terms: Set<string>;
  kind: QuestionPart['kind'];
  readonly facts: Set<string>;
  readonly projectKinds: Set<string>;
  readonly details: Set<number>;
}

function compile({ synonyms, projects, cases, facts, kinds, details }: Rubric): Lexicon {
  const ignored = new Set(synonyms.ignored.flatMap(wordsOf));
  const fillers = new Set(synonyms.fillers.flatMap(wordsOf));
  const ambiguous = new Set(synonyms.ambiguous);
  const meanings = new Map<string, Meaning>();
  const add = (words: string, kind: QuestionPart['kind'], term?: string): Meaning => {
    const raw = wordsOf(words.replace('<number>', A_NUMBER));
    const stems = raw.map(stem);
    const key = stems.join(' ');
    const meaning = meanings.get(key) ?? {
      stems,
      terms: new Set<string>(),
      kind,
      facts: new Set<string>(),
      projectKinds: new Set<string>(),
      details: new Set<number>(),
    };
    // Also search for the words themselves, because a claim may contain them without being listed under the topic.
    for (const word of raw) if (!ignored.has(word)) meaning.terms.add(stem(word));
    if (term) meaning.terms.add(term);
    meanings.set(key, meaning);
    return meaning;
  };
  // The first topic of a word sets its kind, so a word is faint only if all its topics are.
  const topics = [...synonyms.topics].sort((a, b) => Number(a.faint ?? false) - Number(b.faint ?? false));
  for (const { id, words, faint } of topics) {
    for (const word of words)
      add(word, faint ? 'faint' : ambiguous.has(word) ? 'ambiguous' : 'topic', topicTerm(id));
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
  for (const { stems, terms, kind, ...named } of meanings.values()) {
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
    same.push({ stems, part });
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
  const { phrases, ignored, fillers } = lexiconOf(rubric);
  const isKnown = (word: string): boolean =>
    ignored.has(word) ||
    ignored.has(word.replace(INFLECTION, '')) ||
    phrases.has(stem(word)) ||
    vocabulary.has(stem(word));
  const words = wordsOf(question).map((word) =>
    isKnown(word) ? word : (nearestWord(word, spellings) ?? word),
  );
  const stems = words.map(stem);

  const parts: QuestionPart[] = [];
  for (let i = 0; i < words.length; ) {
    const word = words[i] ?? '';
    const phrase = phrasesFrom(phrases, stems[i] ?? '')
      // The ignored word "better" has the same stem as the topic word "bet", but isn't about that topic.
      .filter(
        ({ stems: { length }, part }) =>
          length > 1 || !ignored.has(word) || part.kind === 'subject' || part.projectKinds?.length,
      )
      .find((candidate) => candidate.stems.every((part, j) => isSame(part, stems[i + j] ?? '')));
    if (phrase) {
      parts.push({ ...phrase.part, from: i, to: i + phrase.stems.length });
      i += phrase.stems.length;
      continue;
    }
    const term = stems[i] ?? '';
    if (ignored.has(word) || ignored.has(word.replace(INFLECTION, '')) || GOOD.test(word) || BAD.test(word)) {
      if (!fillers.has(word) && !isFramework(word)) parts.push({ terms: [], kind: 'neutral' });
    } else if (!NUMBER.test(word) && !/^[a-z]$/.test(term)) {
      parts.push({ terms: [term], kind: vocabulary.has(term) ? 'word' : 'unknown' });
    }
    i += 1;
  }
  // Every text in the index is about the two frameworks, so their names aren't search terms.
  const named = FRAMEWORKS.filter((framework) => words.includes(framework));
  const hasSubject = parts.some(
    ({ kind, facts, projectKinds }) =>
      ['topic', 'faint', 'ambiguous'].includes(kind) || facts?.length || projectKinds?.length,
  );
  const sides = hasSubject ? [] : sidesAsked(words);
  if (sides.length > 0) {
    return [
      ...parts.filter(({ kind }) => kind !== 'neutral'),
      { terms: sides.map(topicTerm), kind: 'topic' },
    ];
  }
  // "What is the difference between a project and an app in Django?" is about one framework's own terms.
  const isOwnTerm = named.length === 1 && words.some((word) => /^differences?$/.test(word));
  if (parts.length === 0 && !isOwnTerm && (named.length > 0 || words.some((word) => CHOICE_WORDS.test(word))))
    return [generalPart(named)];
  const isAboutFrameworks = named.length > 0 || words.some((word) => FRAMEWORK_WORDS.has(word));
  return isAboutFrameworks ? [...parts, { terms: [], kind: 'framework' }] : parts;
}

/** A number, perhaps with a unit: "20", "100k", "2gb". */
const NUMBER = /^\p{N}+(?:[kmb]|[kmgt]b|x|th|st|nd|rd)?$/u;
/** Stands for any number in a phrase such as "<number> users". */
const A_NUMBER = '0';

function phrasesFrom(phrases: Lexicon['phrases'], first: string): readonly Phrase[] {
  const exact = phrases.get(first) ?? [];
  return NUMBER.test(first) && first !== A_NUMBER ? [...exact, ...(phrases.get(A_NUMBER) ?? [])] : exact;
}

const isSame = (part: string, asked: string): boolean =>
  part === asked || (part === A_NUMBER && NUMBER.test(asked));

/** Words for the two frameworks. */
const FRAMEWORK_WORDS: ReadonlySet<string> = new Set([
  'framework',
  'frameworks',
  'both',
  'either',
  'they',
  'them',
  'it',
]);

/** Words of a question about the choice that names no framework: "which one is better?" */
const CHOICE_WORDS = /^(?:better|best|prefer|pick|choose|choice)$/;

const INFLECTION = /(?:s|d|ed|ing)$/;

const GOOD =
  /^(?:advantages?|arguments?|reasons?|convince|benefits?|pros?|strengths?|upsides?|good|great|better|why|best|plus)$/;
const BAD =
  /^(?:disadvantages?|cons?|drawbacks?|downsides?|weakness(?:es)?|limitations?|bad|wrong|worse|avoid|catch|sucks?|gotchas?|dislike|criticism)$/;

/** Returns the topics of a question for or against a framework: "What is Flask’s main advantage over Django?" */
function sidesAsked(words: readonly string[]): string[] {
  const about = words.find(isFramework);
  const good = words.findIndex((word) => GOOD.test(word));
  const isBad =
    words.some((word) => BAD.test(word)) ||
    (good >= 0 && (words.slice(0, good).includes('not') || words[good + 1] === 'not'));
  if (good < 0 && !isBad) return [];
  if (about === undefined) return words.some((word) => EACH.test(word)) ? ['for_django', 'for_flask'] : [];
  // "Is Django or Flask better?" asks about neither alone.
  const compares = words.some((word) => /^(?:or|vs|versus)$/.test(word));
  return compares ? [] : [`${isBad ? 'against' : 'for'}_${about}`];
}

const EACH = /^(?:each|both|two)$/;

const isFramework = (word: string): boolean => FRAMEWORKS.some((framework) => framework === word);

/** Returns the topic of a question that only names frameworks. "Django or Flask?" asks for the default choice. */
function generalPart(named: readonly Framework[]): QuestionPart {
  const [only] = named;
  const topic = named.length === 1 && only !== undefined ? only : 'either';
  return { terms: [topicTerm(GENERAL_TOPICS[topic])], kind: 'topic' };
}
