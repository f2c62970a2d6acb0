import { createHash } from 'node:crypto';
import { z } from 'zod';
import { StoreError } from '../store.ts';
import { TABLES } from './tables.ts';

export type Cell = string | number | null;
export type Cells = Readonly<Record<string, Cell>>;

/** A row of an export. */
export interface ExportedRow {
  readonly table: string;
  readonly row: Cells;
}

/** The last line of an export, which its rows are checked against. */
export interface ExportSummary {
  /** Numbers of rows by table, without empty tables. */
  readonly counts: Readonly<Record<string, number>>;
  readonly sha256: string;
}

const FORMAT = 1;
const cell = z.union([z.string(), z.number(), z.null()]);
const head = z.object({ format: z.literal(FORMAT), schema: z.int(), tenant: z.string().nullable() });
const item = z.object({
  table: z.enum(TABLES.map(({ name }) => name)),
  row: z.record(z.string().regex(/^[a-z_]+$/), cell),
});
const end = z.object({ counts: z.record(z.string(), z.int()), sha256: z.string() });
export type ExportHeader = Omit<z.infer<typeof head>, 'format'>;

/** Counts rows and computes a checksum of all rows in their order. */
export class RowCounter {
  readonly #counts = new Map<string, number>();
  readonly #hash = createHash('sha256');

  /** Counts a row. @returns its line, with columns sorted by name, so that both databases give the same line */
  add({ table, row }: ExportedRow): string {
    const sorted = Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
    const line = JSON.stringify({ table, row: sorted });
    this.#hash.update(line).update('\n');
    this.#counts.set(table, (this.#counts.get(table) ?? 0) + 1);
    return escaped(line);
  }

  summary(): ExportSummary {
    return { counts: Object.fromEntries(this.#counts), sha256: this.#hash.copy().digest('hex') };
  }
}

/**
 * Escapes U+2028 and U+2029. JSON allows them in strings, but many programs, such as Node's readline, end a line there.
 * The checksum covers the unescaped line.
 */
function escaped(json: string): string {
  return json.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** Yields the lines of a stream of text. Only \n ends a line. */
export async function* readLines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let begun = '';
  for await (const chunk of text) {
    const lines = (begun + chunk).split('\n');
    begun = lines.pop() ?? '';
    yield* lines;
  }
  if (begun !== '') yield begun;
}

/** Yields an export's lines: header, rows, summary. */
export async function* writeExport(
  about: ExportHeader,
  items: AsyncIterable<ExportedRow>,
): AsyncGenerator<string, ExportSummary> {
  const counter = new RowCounter();
  yield JSON.stringify({ format: FORMAT, ...about });
  for await (const one of items) yield counter.add(one);
  const summary = counter.summary();
  yield JSON.stringify(summary);
  return summary;
}

/** An export that is being read. `summary` throws until all items have been read and checked. */
export interface ExportReader {
  readonly head: ExportHeader;
  readonly items: AsyncIterable<ExportedRow>;
  summary(): ExportSummary;
}

/** Reads an export. Throws StoreError if the lines aren't an export, are truncated, or were changed. */
export async function readExport(lines: AsyncIterable<string>): Promise<ExportReader> {
  const iterator = lines[Symbol.asyncIterator]();
  const first = await iterator.next();
  const about = first.done ? null : parsed(head, first.value);
  if (!about) throw new StoreError('This is not an export of this version of the bot. Nothing was imported.');
  const counter = new RowCounter();
  let checked: ExportSummary | null = null;
  async function* items(): AsyncGenerator<ExportedRow> {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      if (checked) throw new StoreError('The export has lines after its end. Nothing was imported.');
      const one = parsed(item, next.value);
      if (one) {
        counter.add(one);
        yield one;
        continue;
      }
      const summary = parsed(end, next.value);
      if (!summary) throw new StoreError('The export has an unreadable line. Nothing was imported.');
      if (summary.sha256 !== counter.summary().sha256) {
        throw new StoreError('The export was changed after it was written. Nothing was imported.');
      }
      checked = counter.summary();
    }
    if (!checked) throw new StoreError('The export is cut off. Nothing was imported.');
  }
  return {
    head: { schema: about.schema, tenant: about.tenant },
    items: items(),
    summary: () => {
      if (!checked) throw new Error('not read to the end');
      return checked;
    },
  };
}

function parsed<T>(schema: z.ZodType<T>, line: string): T | null {
  try {
    return schema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
