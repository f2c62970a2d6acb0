import type { PageAction } from '../people/act.ts';
import type { Control } from '../server/control.ts';
import type { Snapshot } from '../server/snapshot.ts';
import type { Call, Delivery } from '../state/record.ts';

export type { ShownChannel, ShownMessage, Snapshot } from '../server/snapshot.ts';

/** A view, block or element as Slack was given it; what is in it is looked at where it is drawn. */
export type Json = Readonly<Record<string, unknown>>;

export const NO_ANSWER = 'The playground does not answer. Is it still running?';

/** What this person sees; or the sentence why there is nothing to see: everything starts over, or has ended. */
export async function fetchSnapshot(as: string): Promise<Snapshot | string> {
  try {
    const response = await fetch(`/state?as=${encodeURIComponent(as)}`);
    const answer = await response.json();
    return response.ok ? answer : asText(answer.problem) || NO_ANSWER;
  } catch {
    return NO_ANSWER;
  }
}

/** The last payloads and requests in both directions. */
export interface Traffic {
  readonly calls: readonly Call[];
  readonly deliveries: readonly Delivery[];
  /** How many there were before these. */
  readonly before: { readonly calls: number; readonly deliveries: number };
}

export async function fetchTraffic(): Promise<Traffic | null> {
  return read('/traffic');
}

async function read<T>(path: string): Promise<T | null> {
  try {
    const response = await fetch(path);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** Does something in somebody's name; resolves to the sentence that Slack would show, or null. */
export async function requestAction(as: string, act: PageAction['act']): Promise<string | null> {
  const answer = await post('/act', { as, act });
  return answer.problem ?? null;
}

/** Forgets all that has happened; resolves when everything is new. */
export async function startOver(): Promise<string | null> {
  const answer = await post('/start-over', {});
  return answer.problem ?? null;
}

/** What is planned to go wrong and how things stand, and whether the wish was understood. */
export interface FaultPlan extends Partial<Control> {
  readonly problem?: string | null;
  /** What has happened at once. */
  readonly said?: string | null;
}

export async function fetchFaultPlan(): Promise<FaultPlan> {
  return (await read<FaultPlan>('/control/faults')) ?? { problem: NO_ANSWER };
}

export function planFault(wish: Json): Promise<FaultPlan> {
  return post('/control/faults', wish);
}

async function post(path: string, body: unknown): Promise<FaultPlan> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return await response.json();
  } catch {
    return { problem: NO_ANSWER };
  }
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

export function asObjects(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}
