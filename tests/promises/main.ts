/**
 * `npm run promises`: every long trial. `-- --quick` plays faults, fuzz and soak in their short form.
 * `-- access`, and any other part, plays that part alone; words after faults, fuzz and soak choose within them.
 */
import { spawn } from 'node:child_process';
import { join, relative } from 'node:path';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '../..');

/** Parts that Vitest runs, with its arguments. */
const TESTS: Readonly<Record<string, readonly string[]>> = {
  access: ['--project', 'promises', 'promises/access/'],
  'any-order': ['--project', 'promises', 'promises/any-order/'],
  browser: ['--project', 'promises', 'promises/browser/', 'local-slack/tests/browser/'],
  instances: ['--project', 'instances'],
  whole: ['--project', 'promises', 'tests/whole/'],
  'short faults': ['--project', 'promises', 'promises/faults/'],
  'short fuzz': ['--project', 'promises', 'promises/fuzz/'],
  'short soak': ['--project', 'promises', 'promises/soak/'],
};
/** Parts with a program of their own: each prints figures and exits with 1 if a promise is broken. */
const PROGRAMS = ['faults', 'fuzz', 'soak'];

interface Played {
  readonly part: string;
  readonly code: number;
  readonly seconds: number;
}

const [wanted, ...rest] = process.argv.slice(2);
const known = [...Object.keys(TESTS), ...PROGRAMS];
if (wanted !== undefined && wanted !== '--quick' && !known.includes(wanted)) {
  process.stderr.write(`There is no part "${wanted}". Parts: ${known.join(', ')}.\n`);
  process.exit(2);
}
const played: Played[] = [];
for (const part of chosen(wanted)) {
  process.stdout.write(`\n== ${part} ==\n`);
  const begun = performance.now();
  const code = await run(commandOf(part, rest));
  played.push({ part, code, seconds: Math.round((performance.now() - begun) / 1_000) });
}
process.stdout.write(`\n${played.map(lineAbout).join('\n')}\n`);
process.exit(played.some(({ code }) => code !== 0) ? 1 : 0);

function chosen(part: string | undefined): readonly string[] {
  if (part === undefined) return known;
  return part === '--quick' ? Object.keys(TESTS) : [part];
}

/** Returns the arguments for node. */
function commandOf(part: string, more: readonly string[]): readonly string[] {
  const tests = TESTS[part];
  if (tests) return [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...tests, ...more];
  return ['--disable-warning=ExperimentalWarning', relative(ROOT, join(HERE, part, 'main.ts')), ...more];
}

/** Resolves to the exit code; a signal counts as a failure. */
function run(command: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, command, { cwd: ROOT, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (code) => resolve(code ?? 1));
  });
}

function lineAbout({ part, code, seconds }: Played): string {
  return `${part.padEnd(14)}${code === 0 ? 'kept' : `BROKEN (exit code ${code})`}, ${seconds} s`;
}
