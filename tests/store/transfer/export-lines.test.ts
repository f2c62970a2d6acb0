// The lines of an export: the reader accepts whatever the writer wrote.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ExportedRow, readExport, readLines, writeExport } from '../../../src/store/transfer/format.ts';

/** Characters that programs treat as the end of a line, and others that break formats. */
const RISKY = ['\n', '\r', '\r\n', '\u2028', '\u2029', '\u0085', '\v', '\f', '\ufeff', '"', '\\', '\u0000'];

const text = fc
  .array(fc.oneof(fc.constantFrom(...RISKY), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })))
  .map((parts) => parts.join('').toWellFormed());

const item = fc.record({
  table: fc.constant('decisions'),
  row: fc.dictionary(
    fc.constantFrom('id', 'project', 'asker', 'created_at'),
    fc.oneof(text, fc.integer(), fc.constant(null)),
  ),
});

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** The same text in pieces of any size, as a stream brings it. */
function pieces(whole: string, sizes: readonly number[]): string[] {
  const found: string[] = [];
  for (let at = 0, i = 0; at < whole.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    found.push(whole.slice(at, at + size));
    at += size;
  }
  return found;
}

it('are read back as written, however they are split', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(item, { maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
      fc.constantFrom('\n', '\r\n'),
      async (items: readonly ExportedRow[], sizes, end) => {
        const lines = await Array.fromAsync(writeExport({ schema: 1, tenant: null }, each(items)));
        expect(lines.join('').match(/[\n\r\u2028\u2029]/)).toBeNull();
        const file = lines.map((line) => `${line}${end}`).join('');
        const reading = await readExport(readLines(each(pieces(file, sizes))));
        expect(await Array.fromAsync(reading.items)).toEqual(items);
      },
    ),
  );
});

it('from an earlier version, with raw U+2028, are read', async () => {
  const items = [{ table: 'decisions', row: { project: 'one\u2028two\u2029three' } }];
  const lines = await Array.fromAsync(writeExport({ schema: 1, tenant: null }, each(items)));
  const summary = lines.pop() ?? '';
  const before = lines.map((line) => line.replaceAll('\\u2028', '\u2028').replaceAll('\\u2029', '\u2029'));
  expect(before.join('')).toContain('\u2028');
  const counted = JSON.stringify({
    counts: { decisions: 1 },
    sha256: JSON.parse(await lastLine(items)).sha256,
  });
  const reading = await readExport(readLines(each([[...before, counted].join('\n')])));
  expect(await Array.fromAsync(reading.items)).toEqual(items);
  expect(JSON.parse(summary).counts).toEqual({ decisions: 1 });
});

/** `written` returns the summary and also yields it as its last line. */
async function lastLine(items: readonly ExportedRow[]): Promise<string> {
  return (await Array.fromAsync(writeExport({ schema: 1, tenant: null }, each(items)))).at(-1) ?? '';
}
