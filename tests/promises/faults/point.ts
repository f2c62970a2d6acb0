/** Where a fault can be put: one call through one of the three ports, counted from the moment the use case begins. */
export interface Point {
  /** From 1. */
  readonly call: number;
  readonly port: 'slack' | 'store' | 'clock';
  /** The Web API's method, the store's, or what the clock did. */
  readonly name: string;
  /** A call to the store that has changed something, so that its answer alone can be lost. */
  readonly writes: boolean;
}

const ANYWHERE = ['clock-forward', 'clock-back'] as const;
const DEATHS = ['kill-before', 'kill-after'] as const;
const OF_SLACK = [
  'refused',
  'unsent',
  'hangs',
  'hangs-done',
  'lost',
  'ratelimited',
  'html',
  'truncated-done',
  '503',
  '500-done',
] as const;
const OF_STORE = ['throws-before', 'throws-after', 'busy'] as const;

export type Kind =
  | (typeof ANYWHERE)[number]
  | (typeof DEATHS)[number]
  | (typeof OF_SLACK)[number]
  | (typeof OF_STORE)[number];

export const KINDS: readonly Kind[] = [...ANYWHERE, ...DEATHS, ...OF_SLACK, ...OF_STORE];

/** The faults that leave most in doubt, for the short form. */
const STRONGEST: ReadonlySet<Kind> = new Set(['kill-after', 'lost', 'throws-after']);

/** Every fault that can happen at this call. */
export function kindsAt({ port, writes }: Point): readonly Kind[] {
  switch (port) {
    case 'slack':
      return [...OF_SLACK, ...DEATHS, ...ANYWHERE];
    case 'store':
      // What only reads has nothing whose answer could be lost; dying before and after it is the same.
      return writes
        ? [...OF_STORE, ...DEATHS, ...ANYWHERE]
        : ['throws-before', 'busy', 'kill-before', ...ANYWHERE];
    case 'clock':
      return ['kill-before', ...ANYWHERE];
  }
}

/** Of those, what the short form tries. */
export function strongestAt(point: Point): readonly Kind[] {
  return kindsAt(point).filter((kind) => STRONGEST.has(kind));
}

export interface Fault {
  readonly point: Point;
  readonly kind: Kind;
}

/** Slack has done it, whatever the bot hears. */
export const isDone = (kind: Kind): boolean =>
  ['lost', 'hangs-done', 'truncated-done', '500-done', 'kill-after'].includes(kind);
