import { describe, expect, it } from 'vitest';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { answerAll } from '../../../src/features/question/answer-all.ts';
import { isForeign } from '../../../src/features/question/language.ts';
import { answerMessage } from '../../../src/features/question/message.ts';
import { asksAboutAdvice } from '../../../src/features/question/own-advice.ts';
import { splitQuestions } from '../../../src/features/question/split.ts';
import { FOUND, FOUND_LATER } from './found-questions.ts';
import { QUESTIONS } from './questions.ts';
import { THREAD_QUESTIONS, type ThreadQuestion, type WantedReply } from './thread-questions.ts';

const rubric = loadRubric();

/** What the bot says to a message, as far as the table judges it. */
interface Reply {
  readonly kind: 'answer' | 'card' | 'foreign' | 'unknown';
  readonly ids: readonly string[];
}

function replyTo(question: string): Reply {
  if (isForeign(question)) return { kind: 'foreign', ids: [] };
  if (asksAboutAdvice(question)) return { kind: 'card', ids: [] };
  const asked = answerAll(rubric, splitQuestions([question]), question);
  if (asked.every(({ answer }) => answer.kind === 'unknown')) return { kind: 'unknown', ids: [] };
  const sources = answerMessage(rubric, asked).text.split('\n').at(-1) ?? '';
  const named = asked.flatMap(({ answer }) =>
    answer.kind === 'answer' ? [...answer.facts.map(({ id }) => id), answer.advised?.kind.id ?? ''] : [],
  );
  return { kind: 'answer', ids: [...(sources.match(/C\d\d/g) ?? []), ...named] };
}

function isWanted(wanted: WantedReply, { kind, ids }: Reply): boolean {
  if (typeof wanted === 'string') return kind === wanted;
  return [wanted.claims, wanted.facts, wanted.kinds].some((some = []) => some.some((id) => ids.includes(id)));
}

const isRight = ({ question, wanted }: ThreadQuestion): boolean =>
  wanted.every((one) => isWanted(one, replyTo(question)));

/** An answer that has nothing to do with the question. */
const isOffTopic = ({ question, wanted }: ThreadQuestion): boolean => {
  const reply = replyTo(question);
  return reply.kind !== 'unknown' && !wanted.some((one) => isWanted(one, reply));
};

const asText = (rows: readonly ThreadQuestion[]): string => rows.map(({ question }) => question).join('\n');

describe('questions in the thread of a card', () => {
  it('are new ones, and want what exists', () => {
    const all = THREAD_QUESTIONS.map(({ question }) => question);
    const others = [
      ...[...FOUND, ...FOUND_LATER].map(({ question }) => question),
      ...QUESTIONS.map(([q]) => q),
    ];
    expect(new Set([...all, ...others]).size).toBe(all.length + others.length);
    const kinds = rubric.kinds.map(({ id }) => id);
    const facts = rubric.facts.map(({ id }) => id);
    for (const wanted of THREAD_QUESTIONS.flatMap((row) => row.wanted)) {
      if (typeof wanted === 'string') continue;
      expect([...rubric.claims.keys()]).toEqual(expect.arrayContaining([...(wanted.claims ?? [])]));
      expect(facts).toEqual(expect.arrayContaining([...(wanted.facts ?? [])]));
      expect(kinds).toEqual(expect.arrayContaining([...(wanted.kinds ?? [])]));
    }
  });

  it('get the right answer nine times out of ten', () => {
    const misses = THREAD_QUESTIONS.filter((row) => !isRight(row));
    expect(misses.length / THREAD_QUESTIONS.length, asText(misses)).toBeLessThanOrEqual(0.1);
  });

  it('hardly ever get an answer to something else', () => {
    const stray = THREAD_QUESTIONS.filter(isOffTopic);
    expect(stray.length / THREAD_QUESTIONS.length, asText(stray)).toBeLessThanOrEqual(0.05);
  });
});
