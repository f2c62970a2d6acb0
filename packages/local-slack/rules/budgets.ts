import type { CheckPosition } from './check.ts';
import { addProblem } from './check.ts';
import type { JsonObject, Surface } from './rule.ts';
import { arrayItems, isJsonObject, textLength } from './rule.ts';

/** Checks that span several blocks of one message or view. */

/** Most characters in all of a message's markdown blocks together. */
const MARKDOWN_TEXT = 12_000;
/** Most characters in all cells of a message's tables of one type. */
const TABLE_TEXT = { table: 10_000, data_table: 20_000 } as const;
const MAX_CHARTS = 2;

/** Checks ids, counts and text lengths across all blocks. */
export function checkAcrossBlocks(blocks: readonly unknown[], at: CheckPosition): void {
  checkUniqueBlockIds(blocks, at);
  blocks.forEach((block, index) => {
    if (!isJsonObject(block)) return;
    const here: CheckPosition = { ...at, pointer: `${at.pointer}/${index}`, inside: String(block.type) };
    checkUniqueActionIds(block, here);
    checkResponseUrlFields(block, at.surface, here);
    if (block.type === 'task_card' && block.status === 'pending') {
      addProblem(here, 'pending is only for task cards inside a plan', '/status');
    }
  });
  checkSingleFocus(blocks, at);
  checkSums(blocks, at);
}

function checkUniqueBlockIds(blocks: readonly unknown[], at: CheckPosition): void {
  const seen = new Set<unknown>();
  visitObjects(blocks, at.pointer, (object, pointer) => {
    const id = object.block_id;
    if (id === undefined) return;
    if (seen.has(id))
      addProblem({ ...at, pointer, inside: String(object.type) }, 'duplicate block_id', '/block_id');
    seen.add(id);
  });
}

function checkUniqueActionIds(block: JsonObject, at: CheckPosition): void {
  const seen = new Set<unknown>();
  visitObjects(block, at.pointer, (object, pointer) => {
    // Blocks in a container have their own scope for action ids.
    const id = object.action_id;
    if (id === undefined || pointer.includes('/child_blocks/')) return;
    if (seen.has(id)) addProblem({ ...at, pointer }, 'duplicate action_id', '/action_id');
    seen.add(id);
  });
  arrayItems(block.child_blocks).forEach((child, index) => {
    if (isJsonObject(child))
      checkUniqueActionIds(child, { ...at, pointer: `${at.pointer}/child_blocks/${index}` });
  });
}

/** Slack sends response_urls only with a submission, which includes only a modal's input blocks. */
function checkResponseUrlFields(block: JsonObject, surface: Surface, at: CheckPosition): void {
  if (surface === 'modal' && block.type === 'input') return;
  visitObjects(block, at.pointer, (object, pointer) => {
    if (object.response_url_enabled === undefined) return;
    addProblem({ ...at, pointer }, 'is only for input blocks of modals', '/response_url_enabled');
  });
}

function checkSingleFocus(blocks: readonly unknown[], at: CheckPosition): void {
  let focused = 0;
  visitObjects(blocks, at.pointer, (object, pointer) => {
    if (object.focus_on_load !== true) return;
    focused += 1;
    if (focused > 1) addProblem({ ...at, pointer }, 'only one element may have it', '/focus_on_load');
  });
}

function checkSums(blocks: readonly unknown[], at: CheckPosition): void {
  const sum = { markdown: 0, table: 0, data_table: 0 };
  let charts = 0;
  visitObjects(blocks, at.pointer, (object) => {
    const type = object.type;
    if (type === 'markdown' && typeof object.text === 'string') sum.markdown += textLength(object.text);
    if (type === 'table' || type === 'data_table') sum[type] += cellLength(object.rows);
    if (type === 'data_visualization') charts += 1;
  });
  const most = { markdown: MARKDOWN_TEXT, ...TABLE_TEXT };
  for (const type of ['markdown', 'table', 'data_table'] as const) {
    if (sum[type] > most[type]) {
      addProblem(
        { ...at, inside: type },
        `must be less than ${most[type] + 1} characters over all blocks of the type`,
      );
    }
  }
  if (charts > MAX_CHARTS) {
    addProblem({ ...at, inside: 'data_visualization' }, `no more than ${MAX_CHARTS} items allowed`);
  }
}

function cellLength(rows: unknown): number {
  let length = 0;
  visitObjects(rows, '', (object) => {
    if (typeof object.text === 'string') length += textLength(object.text);
  });
  return length;
}

/** Calls `visit` for every object in a value, outermost first, with its JSON pointer. */
export function visitObjects(
  value: unknown,
  pointer: string,
  visit: (object: JsonObject, pointer: string) => void,
): void {
  if (isJsonObject(value)) visit(value, pointer);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) visitObjects(inner, `${pointer}/${key}`, visit);
}
