import { advise } from '../../src/advice/advise.ts';
import type { Answers } from '../../src/advice/answers.ts';
import { modelOf, picksOf } from '../../src/advice/model.ts';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import { marginOf, verdictOf } from '../../src/advice/score.ts';
import { median } from './statistics.ts';

/** Microseconds a call, warm, the median and the slowest of many answer sets. */
export interface AdviceTimes {
  /** Questions that are left open. */
  readonly open: number;
  readonly median: number;
  readonly slowest: number;
  /** Verdict and points alone. */
  readonly scored: number;
}

const SETS = 40;

/** @param calls of each of the answer sets */
export function adviceTimes(calls: number): AdviceTimes[] {
  const rubric = loadRubric();
  const model = modelOf(rubric);
  const score = (answers: Answers): void => {
    const picks = picksOf(model, answers);
    verdictOf(model, picks);
    marginOf(model, picks);
  };
  return [0, 1, 2, 3, 6, 9, rubric.questions.length].map((open) => {
    const sets = Array.from({ length: SETS }, (_, n) => answersWith(open, n));
    for (const answers of sets) for (let i = 0; i < calls; i += 1) advise(rubric, answers);
    const full = sets.map((answers) => microsOf(calls, () => advise(rubric, answers)));
    const scored = sets.map((answers) => microsOf(calls * 100, () => score(answers)));
    return { open, median: median(full), slowest: Math.max(...full), scored: median(scored) };
  });

  /** The n-th set, always the same: which questions are open and what the others are answered with varies. */
  function answersWith(open: number, n: number): Answers {
    const { questions } = rubric;
    const order = questions.map((question, i) => ({ question, at: ((i + 1) * 7_919 + n * 104_729) % 1_009 }));
    order.sort((a, b) => a.at - b.at);
    return Object.fromEntries(
      order.slice(open).map(({ question, at }, i) => {
        const option = question.options[(at + i + n) % question.options.length];
        return [question.id, option?.id ?? ''];
      }),
    );
  }
}

/** The median of several runs, so that one that was interrupted does not count. */
function microsOf(calls: number, work: () => void): number {
  const runs = Array.from({ length: 5 }, () => {
    const from = performance.now();
    for (let i = 0; i < calls; i += 1) work();
    return ((performance.now() - from) * 1_000) / calls;
  });
  return median(runs);
}
