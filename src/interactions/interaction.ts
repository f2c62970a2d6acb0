/** What a payload from Slack is, read once and without trusting it; for logs, refusals and errors. */
export interface Interaction {
  readonly kind:
    | 'command'
    | 'action'
    | 'view_submission'
    | 'view_closed'
    | 'shortcut'
    | 'options'
    | 'event'
    | 'other';
  /** Which command, action, view or event. */
  readonly id: string;
  readonly triggerId: string | undefined;
  /** Blocks of the submitted view that can show an error, in order. */
  readonly inputBlocks: readonly string[];
  readonly inModal: boolean;
}

/** By the payload's type, which comes from outside: no object, in which it would find what all objects have. */
const KINDS: ReadonlyMap<string, Interaction['kind']> = new Map([
  ['block_actions', 'action'],
  ['view_submission', 'view_submission'],
  ['view_closed', 'view_closed'],
  ['shortcut', 'shortcut'],
  ['message_action', 'shortcut'],
  ['block_suggestion', 'options'],
  ['event_callback', 'event'],
]);

const known = new WeakMap<object, Interaction>();

/** Of the same payload it is read once, however many ask. */
export function interactionOf(body: unknown): Interaction {
  if (typeof body !== 'object' || body === null) return read(body);
  const before = known.get(body);
  if (before) return before;
  const interaction = read(body);
  known.set(body, interaction);
  return interaction;
}

function read(body: unknown): Interaction {
  const kind = kindOf(body);
  const view = field(body, 'view');
  return {
    kind,
    id: idOf(kind, body, view),
    triggerId: text(field(body, 'trigger_id')),
    inputBlocks: list(field(view, 'blocks')).flatMap((block) => {
      const id = field(block, 'type') === 'input' ? text(field(block, 'block_id')) : undefined;
      return id ? [id] : [];
    }),
    inModal: field(view, 'type') === 'modal',
  };
}

/** The same kind at a glance, for what must not wait for the rest to be read. */
export function kindOf(body: unknown): Interaction['kind'] {
  if (typeof body !== 'object' || body === null) return 'other';
  if ('command' in body && typeof body.command === 'string') return 'command';
  return 'type' in body && typeof body.type === 'string' ? (KINDS.get(body.type) ?? 'other') : 'other';
}

/** The workspace that it comes from, or the organisation; empty where it does not say. */
export function workspaceOf(body: unknown): string {
  return (
    text(field(body, 'team_id')) ??
    text(field(field(body, 'team'), 'id')) ??
    text(field(field(body, 'enterprise'), 'id')) ??
    ''
  );
}

function idOf(kind: Interaction['kind'], body: unknown, view: unknown): string {
  return text(idField(kind, body, view)) ?? '';
}

function idField(kind: Interaction['kind'], body: unknown, view: unknown): unknown {
  switch (kind) {
    case 'command':
      return field(body, 'command');
    case 'action':
      return field(list(field(body, 'actions'))[0], 'action_id');
    case 'view_submission':
    case 'view_closed':
      return field(view, 'callback_id');
    case 'shortcut':
      return field(body, 'callback_id');
    case 'options':
      return field(body, 'action_id');
    case 'event':
      return field(field(body, 'event'), 'type');
    case 'other':
      return field(body, 'type');
  }
}

/** By hand: a schema for what every request is asked takes longer than all else that is done with it here. */
export function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined;
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
