import { ELEMENTS } from '../rules/limits.ts';
import type { Block, Json } from './json.ts';
import { isObject } from './json.ts';

/** Returns an id that was never returned before. The prefix names the kind, as in Slack's ids. */
export type IdSource = (prefix: string) => string;

/**
 * Returns a counter, so that a test sees the same ids in every run. Data that outlives a run, such as the bot's
 * database, must not meet an old id again: there, `run` makes each run's ids unique.
 */
export function countingIds(run = ''): IdSource {
  let last = 0;
  return (prefix) => {
    last += 1;
    return `${prefix}${run}${last.toString(36).toUpperCase().padStart(8, '0')}`;
  };
}

/** True if a block element can be clicked or filled in, and so has an action_id. */
function isInteractive(value: unknown): value is Json & { readonly type: string } {
  if (!isObject(value) || typeof value.type !== 'string' || !Object.hasOwn(ELEMENTS, value.type))
    return false;
  return ELEMENTS[value.type]?.fields.action_id !== undefined;
}

const NESTED_BLOCKS = ['child_blocks', 'tasks'] as const;

/** Returns the blocks as Slack stores them: each has a block_id, and each interactive element an action_id. */
export function addIds(blocks: readonly Json[], newId: IdSource): Block[] {
  return blocks.map((block) => {
    const filled: Record<string, unknown> = { ...block };
    for (const [key, value] of Object.entries(block)) {
      if (isInteractive(value)) filled[key] = withActionId(value, newId);
      if (!Array.isArray(value)) continue;
      const nested = NESTED_BLOCKS.some((name) => name === key) || block.type === 'carousel';
      if (nested) filled[key] = addIds(value.filter(isObject), newId);
      else filled[key] = value.map((one: unknown) => (isInteractive(one) ? withActionId(one, newId) : one));
    }
    return { ...filled, type: String(block.type), block_id: String(block.block_id ?? newId('b')) };
  });
}

const withActionId = (element: Json, newId: IdSource): Json => ({
  ...element,
  action_id: element.action_id ?? newId('a'),
});

export interface ElementInBlock {
  readonly block: Block;
  readonly element: Json & { readonly type: string; readonly action_id: string };
}

/** Returns every interactive element of stored blocks, with its block. */
export function interactiveElements(blocks: readonly Block[]): ElementInBlock[] {
  return blocks.flatMap((block) =>
    Object.values(block).flatMap((value): ElementInBlock[] =>
      (Array.isArray(value) ? value : [value]).flatMap((one: unknown): ElementInBlock[] => {
        if (isInteractive(one)) return [{ block, element: { ...one, action_id: String(one.action_id) } }];
        return isStoredBlock(one) ? interactiveElements([one]) : [];
      }),
    ),
  );
}

const isStoredBlock = (value: unknown): value is Block =>
  isObject(value) && typeof value.type === 'string' && typeof value.block_id === 'string';
