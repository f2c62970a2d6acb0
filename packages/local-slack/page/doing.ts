import type { BlockContext, Choice } from './block-context.ts';

/** What was entered is on its way; whatever is pressed comes after it, so that the app gets both. */
let entering: Promise<unknown> = Promise.resolve();

/** How many entries and choices the local Slack has not answered yet. */
let underWay = 0;

export const isUnderWay = (): boolean => underWay > 0;

function counted<T>(doing: Promise<T>): Promise<T> {
  underWay += 1;
  return doing.finally(() => {
    underWay -= 1;
  });
}

export function keep(entered: Promise<unknown>): void {
  entering = Promise.all([entering, counted(entered)]);
}

export const kept = (): Promise<unknown> => entering;

/** Somebody presses, chooses or enters something of which the app is told at once. */
export function choose(...chosen: Parameters<typeof afterEntering>): Promise<void> {
  return counted(afterEntering(...chosen));
}

async function afterEntering(
  { at, asked }: BlockContext,
  block: string,
  action: string,
  value?: Choice,
): Promise<void> {
  await entering;
  const what = { block, action, ...(value === undefined ? {} : { value: mutable(value) }) };
  await asked('view' in at ? { do: 'pressInView', ...at, ...what } : { do: 'press', ...at, ...what });
}

/** Somebody enters something that the app hears of later. */
export function enter({ at, asked }: BlockContext, block: string, action: string, value: Choice): void {
  const entries = { [block]: { [action]: mutable(value) } };
  keep(asked('view' in at ? { do: 'fill', ...at, entries } : { do: 'enter', ...at, entries }));
}

/** Asks the app what it offers for what is typed; the answer comes with the next snapshot. */
export async function suggest(
  { at, asked }: BlockContext,
  block: string,
  action: string,
  typed: string,
): Promise<boolean> {
  const what = { block, action, typed };
  return asked('view' in at ? { do: 'suggestInView', ...at, ...what } : { do: 'suggest', ...at, ...what });
}

const mutable = (value: Choice): string | number | string[] | null =>
  typeof value === 'object' && value !== null ? [...value] : value;
