import type { Place } from './check.ts';
import { report } from './check.ts';
import type { Plain, Surface } from './rule.ts';
import { isPlain, membersOf, textLength } from './rule.ts';

/** What concerns several blocks of one message or view at once. */

/** Characters over all markdown blocks of a message. */
const MARKDOWN_TEXT = 12_000;
/** Characters over all cells of one kind of table in a message. */
const TABLE_TEXT = { table: 10_000, data_table: 20_000 } as const;
const MAX_CHARTS = 2;

/** Checks ids, counts and sums over a list of blocks. */
export function checkTogether(blocks: readonly unknown[], at: Place): void {
  uniqueBlockIds(blocks, at);
  blocks.forEach((block, index) => {
    if (!isPlain(block)) return;
    const here: Place = { ...at, pointer: `${at.pointer}/${index}`, inside: String(block.type) };
    uniqueActionIds(block, here);
    responseUrlOnlyInInputs(block, at.surface, here);
    if (block.type === 'task_card' && block.status === 'pending') {
      report(here, 'pending is only for task cards inside a plan', '/status');
    }
  });
  focusOnce(blocks, at);
  sums(blocks, at);
}

function uniqueBlockIds(blocks: readonly unknown[], at: Place): void {
  const seen = new Set<unknown>();
  walk(blocks, at.pointer, (object, pointer) => {
    const id = object.block_id;
    if (id === undefined) return;
    if (seen.has(id))
      report({ ...at, pointer, inside: String(object.type) }, 'duplicate block_id', '/block_id');
    seen.add(id);
  });
}

function uniqueActionIds(block: Plain, at: Place): void {
  const seen = new Set<unknown>();
  walk(block, at.pointer, (object, pointer) => {
    // Blocks inside a container have action ids of their own.
    const id = object.action_id;
    if (id === undefined || pointer.includes('/child_blocks/')) return;
    if (seen.has(id)) report({ ...at, pointer }, 'duplicate action_id', '/action_id');
    seen.add(id);
  });
  membersOf(block.child_blocks).forEach((child, index) => {
    if (isPlain(child)) uniqueActionIds(child, { ...at, pointer: `${at.pointer}/child_blocks/${index}` });
  });
}

/** A response_url comes with a submission, and only input blocks of a modal are part of one. */
function responseUrlOnlyInInputs(block: Plain, surface: Surface, at: Place): void {
  if (surface === 'modal' && block.type === 'input') return;
  walk(block, at.pointer, (object, pointer) => {
    if (object.response_url_enabled === undefined) return;
    report({ ...at, pointer }, 'is only for input blocks of modals', '/response_url_enabled');
  });
}

function focusOnce(blocks: readonly unknown[], at: Place): void {
  let focused = 0;
  walk(blocks, at.pointer, (object, pointer) => {
    if (object.focus_on_load !== true) return;
    focused += 1;
    if (focused > 1) report({ ...at, pointer }, 'only one element may have it', '/focus_on_load');
  });
}

function sums(blocks: readonly unknown[], at: Place): void {
  const sum = { markdown: 0, table: 0, data_table: 0 };
  let charts = 0;
  walk(blocks, at.pointer, (object) => {
    const type = object.type;
    if (type === 'markdown' && typeof object.text === 'string') sum.markdown += textLength(object.text);
    if (type === 'table' || type === 'data_table') sum[type] += cellLength(object.rows);
    if (type === 'data_visualization') charts += 1;
  });
  const most = { markdown: MARKDOWN_TEXT, ...TABLE_TEXT };
  for (const type of ['markdown', 'table', 'data_table'] as const) {
    if (sum[type] > most[type]) {
      report(
        { ...at, inside: type },
        `must be less than ${most[type] + 1} characters over all blocks of the type`,
      );
    }
  }
  if (charts > MAX_CHARTS) {
    report({ ...at, inside: 'data_visualization' }, `no more than ${MAX_CHARTS} items allowed`);
  }
}

function cellLength(rows: unknown): number {
  let length = 0;
  walk(rows, '', (object) => {
    if (typeof object.text === 'string') length += textLength(object.text);
  });
  return length;
}

/** Visits every object in a value, outermost first, with its JSON pointer. */
export function walk(value: unknown, pointer: string, visit: (object: Plain, pointer: string) => void): void {
  if (isPlain(value)) visit(value, pointer);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) walk(inner, `${pointer}/${key}`, visit);
}
