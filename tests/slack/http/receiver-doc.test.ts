import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const DOCS = resolve(import.meta.dirname, '../../../docs');
const text = readFileSync(resolve(DOCS, 'receiver.md'), 'utf8');
const files = new Map(
  [...text.matchAll(/^\[(\w+)\]: (\S+)$/gm)].map(([, name = '', path = '']) => [name, resolve(DOCS, path)]),
);

/** Matches a test's “title” after a link to its [file]. */
const named = [...text.matchAll(/\[(\w+)\]((?: “[^”]+”)+)/g)].flatMap(([, file = '', titles = '']) =>
  [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => [file, title] as const),
);

it.each(named)('docs/receiver.md names a test that there is: %s, %s', (file, title) => {
  expect(readFileSync(files.get(file) ?? '', 'utf8')).toContain(title);
});

it('docs/receiver.md names a test in every row, or says that there is none', () => {
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (---|behaviour|what comes)/.test(line));
  expect(rows.length).toBeGreaterThan(50);
  const without = rows.filter((row) => !/\| (\[\w+\] “[^|]+|–) \|$/.test(row));
  expect(without).toEqual([]);
});

it('docs/receiver.md links no file that it does not need', () => {
  expect([...files.keys()]).toEqual([...new Set(named.map(([file]) => file))].sort());
});
