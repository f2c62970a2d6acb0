import type { PageAction } from '../people/act.ts';
import type { Control } from '../server/control.ts';
import type { Snapshot } from '../server/snapshot.ts';
import type { ApiCall, Delivery } from '../state/record.ts';
import { tabId } from './tab.ts';

export type { ShownChannel, ShownMessage, Snapshot } from '../server/snapshot.ts';

/** A view, block or element as the app sent it. The code that renders it checks its fields. */
export type Json = Readonly<Record<string, unknown>>;

export const NO_ANSWER = 'The playground isn’t responding. Check that it is still running.';

/** Fetches what this person sees. Resolves to a sentence if the playground starts over or doesn't answer. */
export async function fetchSnapshot(as: string): Promise<Snapshot | string> {
  try {
    const response = await fetch(`/state?${new URLSearchParams({ as, tab: tabId() })}`);
    const answer = await response.json();
    return asText(answer.problem) || (response.ok ? answer : NO_ANSWER);
  } catch {
    return NO_ANSWER;
  }
}

/** The newest payloads and requests in both directions. */
export interface Traffic {
  readonly calls: readonly ApiCall[];
  readonly deliveries: readonly Delivery[];
  /** Number of older entries, which are left out. */
  readonly before: { readonly calls: number; readonly deliveries: number };
}

export async function fetchTraffic(): Promise<Traffic | null> {
  return fetchJson('/traffic');
}

async function fetchJson<T>(path: string): Promise<T | null> {
  try {
    const response = await fetch(path);
    const answer = await response.json();
    return response.ok && !answer.problem ? answer : null;
  } catch {
    return null;
  }
}

/** Performs a person's action. Resolves to the sentence that Slack would show, or null. */
export async function requestAction(as: string, act: PageAction['act']): Promise<string | null> {
  const answer = await postJson('/act', { as, tab: tabId(), act });
  return answer.problem ?? null;
}

/** Starts over with a new Slack. Resolves to an error message, or to null once it runs. */
export async function startOver(): Promise<string | null> {
  const answer = await postJson('/start-over', {});
  return answer.problem ?? null;
}

/** Planned faults and the app's connection, or the problem with a request. */
export interface FaultPlan extends Partial<Control> {
  readonly problem?: string | null;
  /** The immediate effect, as a sentence. */
  readonly said?: string | null;
}

export async function fetchFaultPlan(): Promise<FaultPlan> {
  return (await fetchJson<FaultPlan>('/control/faults')) ?? { problem: NO_ANSWER };
}

export function planFault(wish: Json): Promise<FaultPlan> {
  return postJson('/control/faults', wish);
}

async function postJson(path: string, body: unknown): Promise<FaultPlan> {
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
