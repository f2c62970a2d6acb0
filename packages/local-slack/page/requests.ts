import type { BlockContext, ChosenValue } from './block-context.ts';

/** Resolves when all input is saved. Clicks wait for it, so that the app gets the input too. */
let savedInput: Promise<unknown> = Promise.resolve();

/** Number of pending requests that save input or send a click. */
let pendingRequests = 0;

export const hasPendingRequests = (): boolean => pendingRequests > 0;

function countPending<T>(doing: Promise<T>): Promise<T> {
  pendingRequests += 1;
  return doing.finally(() => {
    pendingRequests -= 1;
  });
}

export function trackEntry(entered: Promise<unknown>): void {
  savedInput = Promise.all([savedInput, countPending(entered)]);
}

export const pendingEntries = (): Promise<unknown> => savedInput;

/** Sends a click or a change that the app gets at once. */
export function sendChoice(...chosen: Parameters<typeof sendAfterInput>): Promise<void> {
  return countPending(sendAfterInput(...chosen));
}

async function sendAfterInput(
  { at, requestAction }: BlockContext,
  block: string,
  action: string,
  value?: ChosenValue,
): Promise<void> {
  await savedInput;
  const what = { block, action, ...(value === undefined ? {} : { value: toMutable(value) }) };
  await requestAction('view' in at ? { do: 'pressInView', ...at, ...what } : { do: 'press', ...at, ...what });
}

/** Saves input that the app gets only with the next click. */
export function saveEntry(
  { at, requestAction }: BlockContext,
  block: string,
  action: string,
  value: ChosenValue,
): void {
  const entries = { [block]: { [action]: toMutable(value) } };
  trackEntry(requestAction('view' in at ? { do: 'fill', ...at, entries } : { do: 'enter', ...at, entries }));
}

/** Asks the app for options. They arrive with the next snapshot. */
export async function requestOptions(
  { at, requestAction }: BlockContext,
  block: string,
  action: string,
  typed: string,
): Promise<boolean> {
  const what = { block, action, typed };
  return requestAction(
    'view' in at ? { do: 'suggestInView', ...at, ...what } : { do: 'suggest', ...at, ...what },
  );
}

const toMutable = (value: ChosenValue): string | number | string[] | null =>
  typeof value === 'object' && value !== null ? [...value] : value;
