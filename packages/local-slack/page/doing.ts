import type { BlockContext, ChosenValue } from './block-context.ts';

/** What was entered is on its way; whatever is pressed comes after it, so that the app gets both. */
let entering: Promise<unknown> = Promise.resolve();

/** How many entries and choices the local Slack has not answered yet. */
let pendingRequests = 0;

export const hasPendingRequests = (): boolean => pendingRequests > 0;

function countPending<T>(doing: Promise<T>): Promise<T> {
  pendingRequests += 1;
  return doing.finally(() => {
    pendingRequests -= 1;
  });
}

export function trackEntry(entered: Promise<unknown>): void {
  entering = Promise.all([entering, countPending(entered)]);
}

export const pendingEntries = (): Promise<unknown> => entering;

/** Somebody presses, chooses or enters something of which the app is told at once. */
export function sendChoice(...chosen: Parameters<typeof afterEntering>): Promise<void> {
  return countPending(afterEntering(...chosen));
}

async function afterEntering(
  { at, requestAction: asked }: BlockContext,
  block: string,
  action: string,
  value?: ChosenValue,
): Promise<void> {
  await entering;
  const what = { block, action, ...(value === undefined ? {} : { value: mutable(value) }) };
  await asked('view' in at ? { do: 'pressInView', ...at, ...what } : { do: 'press', ...at, ...what });
}

/** Somebody enters something that the app hears of later. */
export function saveEntry(
  { at, requestAction: asked }: BlockContext,
  block: string,
  action: string,
  value: ChosenValue,
): void {
  const entries = { [block]: { [action]: mutable(value) } };
  trackEntry(asked('view' in at ? { do: 'fill', ...at, entries } : { do: 'enter', ...at, entries }));
}

/** Asks the app what it offers for what is typed; the answer comes with the next snapshot. */
export async function suggest(
  { at, requestAction: asked }: BlockContext,
  block: string,
  action: string,
  typed: string,
): Promise<boolean> {
  const what = { block, action, typed };
  return asked('view' in at ? { do: 'suggestInView', ...at, ...what } : { do: 'suggest', ...at, ...what });
}

const mutable = (value: ChosenValue): string | number | string[] | null =>
  typeof value === 'object' && value !== null ? [...value] : value;
