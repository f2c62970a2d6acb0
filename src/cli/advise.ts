/**
 * `npm run --silent advise < answers.json`: prints advice as JSON, without Slack.
 * Reads `{"answers": {trait: option}}`, or an array of these for an array of advice.
 * Prints one line on an error. Exits 2 if the input is invalid, 1 if the rubric is.
 */
import { text } from 'node:stream/consumers';
import { advise } from '../advice/advise.ts';
import { type Answers, parseAnswers } from '../advice/answers.ts';
import { loadRubric, RubricError } from '../advice/rubric/rubric.ts';
import type { Rubric } from '../advice/rubric/schema.ts';

// A reader such as `| head` may close the pipe early. That isn't an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  fail(`could not write to standard output: ${error.message}`, 1);
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

/** Prints a problem on one line, even if it quotes line breaks, and exits. */
function fail(problem: string, code: 1 | 2 = 2): never {
  process.stderr.write(`advise: ${problem.replace(/\s+/g, ' ')}\n`);
  process.exit(code);
}

function answersIn(item: unknown, where: string): Answers {
  if (typeof item !== 'object' || item === null || !('answers' in item)) {
    fail(`${where}expected an object like {"answers": {"stage": "mvp"}}`);
  }
  const extra = Object.keys(item).filter((key) => key !== 'answers');
  if (extra.length > 0) fail(`${where}unknown key ${JSON.stringify(extra[0])}; use only "answers"`);
  const parsed = parseAnswers(rubric, item.answers);
  if (!parsed.ok) fail(where + parsed.problems.join('; '));
  return parsed.answers;
}

async function readInput(): Promise<unknown> {
  const input = await text(process.stdin);
  try {
    return JSON.parse(input);
  } catch (error) {
    if (input.trim() === '') fail('standard input is empty; try: echo \'{"answers": {"stage": "mvp"}}\'');
    fail(`standard input is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

const input = await readInput();
const advice = Array.isArray(input)
  ? input.map((item, i) => advise(rubric, answersIn(item, `item ${i}: `)))
  : advise(rubric, answersIn(input, ''));
process.stdout.write(`${JSON.stringify(advice, null, 2)}\n`);
