import { BLOCKS } from './blocks.ts';
import { checkAcrossBlocks, visitObjects } from './budgets.ts';
import type { CheckPosition, Problem } from './check.ts';
import { addProblem, checkShape, checkValue } from './check.ts';
import type { Shape, Surface } from './rule.ts';
import {
  arrayItems,
  arrayOf,
  boolean,
  choice,
  isJsonObject,
  oneOfTypes,
  optional,
  plainTextObject,
  string,
  textLength,
} from './rule.ts';

/**
 * Checks content against Slack's limits without calling Slack. Pure.
 *
 * The limits are data: blocks in `blocks.ts`, elements in `elements.ts`, composition objects in `objects.ts`,
 * rich text in `rich-text.ts`, charts in `charts.ts`, views here. They are Slack's documented limits of
 * September 2026. If Slack's sources disagree, the stricter one counts.
 */

export { BLOCKS } from './blocks.ts';
export { ELEMENTS } from './elements.ts';
export { textLength } from './rule.ts';
export type { Problem, Surface };

export const MAX_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };
/** Slack silently truncates longer message text. */
export const MAX_TEXT = 40_000;
/** `chat.update` and `chat.postEphemeral` refuse longer texts with `msg_too_long`. */
export const MAX_UPDATE_TEXT = 4_000;
/**
 * Longest text of a message's blocks, combined. Slack answered longer ones with `msg_blocks_too_long`; undocumented.
 */
export const MAX_MESSAGE_TEXT = 13_200;
/** Longest text of the bot's own messages. Slack refused one reported message at 11,341 characters. */
export const SAFE_MESSAGE_TEXT = 10_000;
/** Longest JSON of a view, in bytes. */
const MAX_VIEW_BYTES = 250 * 1024;

const ANY_BLOCK = oneOfTypes('blocks', ...Object.keys(BLOCKS));

const shared: Shape['fields'] = {
  private_metadata: optional(string(3000, 0)),
  callback_id: optional(string(255, 0)),
  external_id: optional(string(255, 0)),
};

/** The two kinds of view: https://docs.slack.dev/reference/views */
export const VIEWS: Readonly<Record<'modal' | 'home', Shape>> = {
  modal: {
    fields: {
      type: choice('modal'),
      blocks: arrayOf(ANY_BLOCK, MAX_BLOCKS.modal, 0),
      title: plainTextObject(24),
      submit: optional(plainTextObject(24)),
      close: optional(plainTextObject(24)),
      clear_on_close: optional(boolean),
      notify_on_close: optional(boolean),
      submit_disabled: optional(boolean),
      ...shared,
    },
    crossCheck: (view, reportHere) => {
      const asks = arrayItems(view.blocks).some((block) => isJsonObject(block) && block.type === 'input');
      if (asks && view.submit === undefined) reportHere('missing required field: submit');
    },
  },
  home: { fields: { type: choice('home'), blocks: arrayOf(ANY_BLOCK, MAX_BLOCKS.home, 0), ...shared } },
};

const startPosition = (code: string, surface: Surface, pointer: string, inside: string): CheckPosition => ({
  problems: [],
  code,
  surface,
  pointer,
  inside,
});

/** Returns Slack's reasons to refuse the blocks on a surface. Pointers start with `/blocks`. */
export function checkBlocks(blocks: unknown, surface: Surface): Problem[] {
  const at = startPosition('invalid_blocks', surface, '/blocks', surface);
  checkValue(blocks, arrayOf(ANY_BLOCK, MAX_BLOCKS[surface], 0), at);
  checkAcrossBlocks(arrayItems(blocks), at);
  return at.problems;
}

/**
 * Returns Slack's reasons to refuse a message, including the undocumented limit for all blocks. Also reports text
 * over 40,000 characters, which Slack truncates instead of refusing.
 */
export function checkMessage(message: { readonly text?: unknown; readonly blocks?: unknown }): Problem[] {
  const { text, blocks } = message;
  const problems = blocks === undefined ? [] : checkBlocks(blocks, 'message');
  const problem = (code: string, pointer: string, words: string): void => {
    problems.push({ code, pointer, message: `[ERROR] ${words} (message) [json-pointer:${pointer}]` });
  };
  if (text !== undefined && typeof text !== 'string')
    problem('invalid_arguments', '/text', 'must provide a string');
  if (typeof text === 'string' && textLength(text) > MAX_TEXT) {
    problem('msg_too_long', '/text', `must be less than ${MAX_TEXT + 1} characters`);
  }
  if ((text === undefined || text === '') && arrayItems(blocks).length === 0) {
    problem('no_text', '/text', 'must have text or blocks');
  }
  if (textLength(visibleText(blocks)) > MAX_MESSAGE_TEXT) {
    problem(
      'msg_blocks_too_long',
      '/blocks',
      `must be less than ${MAX_MESSAGE_TEXT + 1} characters in all blocks`,
    );
  }
  return problems;
}

/** Returns Slack's reasons to refuse a modal or Home view. Pointers start with `/view`. */
export function checkView(view: unknown): Problem[] {
  if (!isJsonObject(view) || (view.type !== 'modal' && view.type !== 'home')) {
    const at = startPosition('invalid_arguments', 'modal', '/view', 'view');
    addProblem(at, isJsonObject(view) ? 'type must be modal or home' : 'must provide an object');
    return at.problems;
  }
  const at = startPosition('invalid_arguments', view.type, '/view', view.type);
  checkShape(view, VIEWS[view.type], at);
  checkAcrossBlocks(arrayItems(view.blocks), { ...at, pointer: '/view/blocks' });
  if (new TextEncoder().encode(JSON.stringify(view)).length > MAX_VIEW_BYTES) {
    addProblem({ ...at, code: 'view_too_large' }, `must be less than ${MAX_VIEW_BYTES + 1} bytes`);
  }
  return at.problems;
}

const SEEN_AS_STRING = [
  'text',
  'title',
  'caption',
  'alt_text',
  'label',
  'name',
  'x_label',
  'y_label',
  'fallback',
];
const SEEN_AS_LIST = ['categories'];

/** Returns all text in the blocks that a reader sees or hears, without hidden parts such as values and URLs. */
export function visibleText(blocks: unknown): string {
  const found: string[] = [];
  visitObjects(blocks, '', (object) => {
    for (const key of SEEN_AS_STRING) {
      const value = object[key];
      if (typeof value === 'string') found.push(value);
    }
    for (const key of SEEN_AS_LIST) {
      for (const value of arrayItems(object[key])) if (typeof value === 'string') found.push(value);
    }
  });
  return found.join('');
}
