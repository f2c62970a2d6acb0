/**
 * `npm run --silent advise < answers.json`: the advice outside Slack.
 * Reads `{"answers": {trait: option}}` or an array of them, prints the Advice (an array for an array).
 * Exits 2 with one line on input that cannot be read, 1 with one on a rubric that cannot be used.
 */
import { text } from 'node:stream/consumers';
import { advise } from '../advice/advise.ts';
import { type Answers, parseAnswers } from '../advice/answers.ts';
import { loadRubric, RubricError } from '../advice/rubric/rubric.ts';
import type { Rubric } from '../advice/rubric/schema.ts';

// Whoever reads may stop early, as `| head` does: then there is nobody left to print for.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  fail(`standard output cannot be written: ${error.message}`, 1);
});

const rubric = usableRubric();

function usableRubric(): Rubric {
  try {
    return loadRubric();
  } catch (error) {
    if (error instanceof RubricError) fail(error.message, 1);
    throw error;
  }
}

/** One line, whatever the problem quotes. */
function fail(problem: string, code: 1 | 2 = 2): never {
  process.stderr.write(`advise: ${problem.replace(/\s+/g, ' ')}\n`);
  process.exit(code);
}

function answersIn(item: unknown, where: string): Answers {
  if (typeof item !== 'object' || item === null || !('answers' in item)) {
    fail(`${where}expected an object like {"answers": {"stage": "mvp"}}`);
  }
  const extra = Object.keys(item).filter((key) => key !== 'answers');
  if (extra.length > 0) fail(`${where}unknown key ${JSON.stringify(extra[0])}; only "answers" is read`);
  const parsed = parseAnswers(rubric, item.answers);
  if (!parsed.ok) fail(where + parsed.problems.join('; '));
  return parsed.answers;
}

async function readInput(): Promise<unknown> {
  const input = await text(process.stdin);
  try {
    return JSON.parse(input);
  } catch (error) {
    if (input.trim() === '') fail('nothing on standard input; try: echo \'{"answers": {"stage": "mvp"}}\'');
    fail(`standard input is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

const input = await readInput();
const advice = Array.isArray(input)
  ? input.map((item, i) => advise(rubric, answersIn(item, `item ${i}: `)))
  : advise(rubric, answersIn(input, ''));
process.stdout.write(`${JSON.stringify(advice, null, 2)}\n`);
