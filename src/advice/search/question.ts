// Splits a question into words and phrases with a meaning.
import { FRAMEWORKS, type Framework, GENERAL_TOPICS, type Rubric } from '../rubric/schema.ts';
import { isNumber, lexiconOf, phrasesAt, type QuestionPart, topicOf, topicTerm } from './lexicon.ts';
import { nearestWord } from './typos.ts';
import { stem, wordsOf } from './words.ts';

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
  const lexicon = lexiconOf(rubric);
  const { phrases, ignored, fillers } = lexicon;
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
    // The ignored word "better" has the same stem as the topic word "bet", but isn't about that topic.
    const phrase = phrasesAt(lexicon, stems, i).find(
      ({ stems: { length }, spellings: written, part }) =>
        length > 1 || isWritten(written, word) || (!ignored.has(word) && part.kind !== 'subject'),
    );
    if (phrase) {
      const to = i + phrase.stems.length;
      const own = phrase.topics.get(words.slice(i, to).join(' '));
      const terms = phrase.part.terms.filter((term) => !own || topicOf(term) === null || own.has(term));
      const isExact = phrase.stems.length > 1 || isWritten(phrase.spellings, word);
      parts.push({ ...phrase.part, terms, ...(isExact ? {} : NO_SUBJECT), from: i, to });
      i = to;
      continue;
    }
    const term = stems[i] ?? '';
    if (ignored.has(word) || ignored.has(word.replace(INFLECTION, '')) || GOOD.test(word) || BAD.test(word)) {
      if (!fillers.has(word) && !isFramework(word)) parts.push({ terms: [], kind: 'neutral' });
    } else if (!isNumber(word) && !/^[a-z]$/.test(term)) {
      parts.push({ terms: [term], kind: vocabulary.has(term) ? 'word' : 'unknown' });
    }
    i += 1;
  }
  // Every text in the index is about the two frameworks, so their names aren't search terms.
  const named = FRAMEWORKS.filter((framework) => words.includes(framework));
  const hasSubject = parts.some(
    (part) =>
      (['topic', 'faint', 'ambiguous'].includes(part.kind) && !isSide(part)) ||
      part.facts?.length ||
      part.projectKinds?.length,
  );
  const sides = hasSubject ? [] : sidesAsked(words);
  if (sides.length > 0) {
    return [
      ...parts.filter((part) => part.kind !== 'neutral' && !isSide(part)),
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

/** Facts and kinds of project need the exact word, or its plural. Topics need only the stem. */
const isWritten = (written: ReadonlySet<string>, word: string): boolean =>
  written.has(word) || written.has(word.replace(/s$/, ''));
const NO_SUBJECT = { facts: [], projectKinds: [], details: [] } as const;

const INFLECTION = /(?:s|d|ed|ing)$/;

const GOOD =
  /^(?:advantages?|arguments?|reasons?|convince|benefits?|pros?|strengths?|upsides?|good|great|better|why|best|plus|right|typical|ideal|cases)$/;
const BAD =
  /^(?:disadvantages?|cons?|drawbacks?|downsides?|weakness(?:es)?|limitations?|bad|wrong|worse|avoid|catch|sucks?|gotchas?|dislike|criticism|loses?|sacrifice)$/;

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

const SIDES: ReadonlySet<string> = new Set(
  FRAMEWORKS.flatMap((framework) => [topicTerm(`for_${framework}`), topicTerm(`against_${framework}`)]),
);

/** Returns whether words only name a side. "Choose Flask" does, but "what do we lose if we choose Flask?" is against it. */
const isSide = ({ terms }: QuestionPart): boolean => terms.some((term) => SIDES.has(term));

const EACH = /^(?:each|both|two)$/;

const isFramework = (word: string): boolean => FRAMEWORKS.some((framework) => framework === word);

/** Returns the topic of a question that only names frameworks. "Django or Flask?" asks for the default choice. */
function generalPart(named: readonly Framework[]): QuestionPart {
  const [only] = named;
  const topic = named.length === 1 && only !== undefined ? only : 'either';
  return { terms: [topicTerm(GENERAL_TOPICS[topic])], kind: 'topic' };
}
