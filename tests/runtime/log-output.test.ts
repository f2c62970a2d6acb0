import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const OUTPUT = fileURLToPath(new URL('../../src/runtime/log-output.ts', import.meta.url));

/** What a process has written to standard output by its end. */
function written(program: string): string {
  const script = `import { openStandardOutput } from ${JSON.stringify(OUTPUT)};\nconst output = openStandardOutput();\n${program}`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  }).stdout;
}

it('lines of one turn are written in their order', () => {
  expect(
    written(`output.write('a\\n'); output.write('b\\n'); setImmediate(() => output.write('c\\n'));`),
  ).toBe('a\nb\nc\n');
});

it('a process that ends at once, or by an error, has written them', () => {
  expect(written(`output.write('a\\n'); process.exit(1);`)).toBe('a\n');
  expect(written(`output.write('a\\n'); throw new Error('broken');`)).toBe('a\n');
});

it('however much it is', () => {
  const lines = written(`for (let i = 0; i < 20_000; i += 1) output.write('line ' + i + '\\n');`);
  expect(lines.split('\n')).toHaveLength(20_001);
});

it('a burst of more than the process keeps loses nothing when the reader reads', () => {
  const line = 'x'.repeat(100);
  const lines = written(`for (let i = 0; i < 20_000; i += 1) output.write('${line}\\n');`);
  expect(lines.split('\n').filter((each) => each === line)).toHaveLength(20_000);
});
