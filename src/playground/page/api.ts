import type { Act } from '../act.ts';
import type { Call, Delivery } from '../record.ts';
import type { Snapshot } from '../snapshot.ts';

export type { ShownMessage, Snapshot } from '../snapshot.ts';

/** A view, block or element as Slack was given it; what is in it is looked at where it is drawn. */
export type Json = Readonly<Record<string, unknown>>;

export async function fetchState(as: string): Promise<Snapshot> {
  const response = await fetch(`/state?as=${encodeURIComponent(as)}`);
  return response.json();
}

/** The last payloads and requests in both directions. */
export interface Traffic {
  readonly calls: readonly Call[];
  readonly deliveries: readonly Delivery[];
}

export async function fetchTraffic(): Promise<Traffic> {
  const response = await fetch('/traffic');
  return response.json();
}

/** Does something in somebody's name; resolves to the sentence that Slack would show, or null. */
export async function send(as: string, act: Act['act']): Promise<string | null> {
  try {
    const response = await fetch('/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as, act }),
    });
    const answer: { problem: string | null } = await response.json();
    return answer.problem;
  } catch {
    return 'The playground does not answer. Is it still running?';
  }
}

/** Calls at once and after every change. */
export function onChange(call: () => void): () => void {
  const source = new EventSource('/changes');
  source.addEventListener('message', call);
  return () => source.close();
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

export function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(object) : [];
}
