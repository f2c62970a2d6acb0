import { describe, expect, it } from 'vitest';
import { quoteText } from '../../../../src/blocks/text.ts';
import { readExport, writeExport } from '../../../../src/store/transfer/format.ts';
import { HARMLESS, SNIPPETS } from './snippets.ts';
import { renderedOf, structureOf, wordsOf } from './structure.ts';
import { inject, placesUsed, problemsAt } from './table.ts';

it('everything that people enter comes out as the text that it is, wherever it does', {
  timeout: 120_000,
}, () => {
  const injections: unknown[] = [];
  const figures = inject((injection) => injections.push(injection));
  expect(injections).toEqual([]);
  expect(figures).toEqual({ cells: placesUsed().length * SNIPPETS.length, broken: 0 });
});

it('the table has the places that it is about', () => {
  expect(placesUsed()).toMatchSnapshot();
});

it('an export has it as it is, in one line for each row', async () => {
  const rows = SNIPPETS.map((text) => ({
    table: 'homes',
    row: { tenant: 'T1', person: text.toWellFormed() },
  }));
  const lines: string[] = [];
  for await (const line of writeExport(
    { schema: 11, tenant: null },
    (async function* () {
      yield* rows;
    })(),
  ))
    lines.push(line);
  expect(lines).toHaveLength(rows.length + 2);
  for (const line of lines) expect(line).not.toMatch(/[\n\r\0]/);
  const back: unknown[] = [];
  const reading = await readExport(
    (async function* () {
      yield* lines;
    })(),
  );
  for await (const item of reading.items) back.push(item);
  expect(back).toEqual(rows);
});

// A table that never finds anything proves nothing.
describe('the table sees', () => {
  const cell = (wrap: (text: string) => string) => ({
    field: 'project',
    place: 'here',
    render: (text: string) => renderedOf({ text: wrap(text), blocks: [] }),
  });
  const found = (wrap: (text: string) => string): string => {
    const spoiled = cell(wrap);
    const structure = structureOf(spoiled.render(HARMLESS)).join('\n');
    return SNIPPETS.flatMap((text) => problemsAt(spoiled, text, structure)).join('\n');
  };

  it('what is not escaped', () => {
    const problems = found((text) => text);
    for (const tag of ['span', 'b ', 'i ', 'code', 'blockquote']) expect(problems).toContain(tag);
    expect(problems).toContain('turns the writing around');
    expect(problems).toContain('a control character');
    expect(problems).toContain('is not to be read');
  });

  it('what stands in a line of its own, which may begin a quotation', () => {
    expect(found((text) => quoteText(text).replace(/\n/g, '\n'))).toContain('blockquote');
  });

  it('Markdown that is not escaped', () => {
    const tags = (text: string) => structureOf({ markdown: `# Title\n\n${text}\n` });
    expect(tags('\n# heading')).not.toEqual(tags('x'));
    expect(tags('[x](https://evil.test)')).not.toEqual(tags('x'));
    expect(structureOf({ markdown: '---\na: b\nstatus: x\n---\n' })).not.toEqual(
      structureOf({ markdown: '---\na: b\n---\n' }),
    );
  });

  it('HTML that is not escaped', () => {
    expect(structureOf({ html: '<p><img src=x></p>' })).not.toEqual(structureOf({ html: '<p>x</p>' }));
    expect(wordsOf({ html: '<p>&lt;b&gt;</p>' })).toBe('<b>\n');
  });
});
