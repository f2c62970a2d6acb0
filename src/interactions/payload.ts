import { asList, asText, isWellFormed, type PayloadKind, readField } from './well-formed.ts';

/** A payload from Slack, read once for everything that handles it before a listener does. Nothing in it is trusted. */
export interface Payload {
  readonly kind: PayloadKind;
  /** Name of the command, action, view or event. */
  readonly id: string;
  /** Id of the workspace, or of the organisation; empty if the payload names neither. */
  readonly workspace: string;
  /** Id of the workspace or organisation of the person who acts, if the payload names it. */
  readonly personTeam: string | undefined;
  readonly triggerId: string | undefined;
  /** Ids of the submitted view's blocks that can show an error, in order. */
  readonly inputBlocks: readonly string[];
  readonly inModal: boolean;
  /** Addresses for private replies, unchecked. */
  readonly replyAddresses: readonly unknown[];
  /** True if it has every field that Bolt and the listeners rely on for its kind. */
  readonly isWellFormed: boolean;
}

/** Kinds by the payload's `type`. A Map, because an object would also find `constructor`. */
const KINDS: ReadonlyMap<string, PayloadKind> = new Map([
  ['block_actions', 'action'],
  ['view_submission', 'view_submission'],
  ['view_closed', 'view_closed'],
  ['shortcut', 'shortcut'],
  ['message_action', 'shortcut'],
  ['block_suggestion', 'options'],
  ['event_callback', 'event'],
  ['app_rate_limited', 'rate_limited'],
]);

const known = new WeakMap<object, Payload>();

/** Reads a payload. A second call with the same object returns the first result. */
export function payloadOf(body: unknown): Payload {
  if (typeof body !== 'object' || body === null) return read(body);
  const before = known.get(body);
  if (before) return before;
  const payload = read(body);
  known.set(body, payload);
  return payload;
}

function read(body: unknown): Payload {
  const kind = kindOf(body);
  const view = readField(body, 'view');
  return {
    kind,
    id: asText(idIn(kind, body, view)) ?? '',
    workspace: workspaceIn(body),
    personTeam: personTeamIn(kind, body),
    triggerId: asText(readField(body, 'trigger_id')),
    inputBlocks: asList(readField(view, 'blocks')).flatMap((block) => {
      const id = readField(block, 'type') === 'input' ? asText(readField(block, 'block_id')) : undefined;
      return id ? [id] : [];
    }),
    inModal: readField(view, 'type') === 'modal',
    replyAddresses: replyAddressesIn(body),
    isWellFormed: isWellFormed(kind, body),
  };
}

function kindOf(body: unknown): PayloadKind {
  if (asText(readField(body, 'command')) !== undefined) return 'command';
  return KINDS.get(asText(readField(body, 'type')) ?? '') ?? 'other';
}

function workspaceIn(body: unknown): string {
  return (
    asText(readField(body, 'team_id')) ??
    asText(readField(readField(body, 'team'), 'id')) ??
    asText(readField(readField(body, 'enterprise'), 'id')) ??
    ''
  );
}

function personTeamIn(kind: PayloadKind, body: unknown): string | undefined {
  const team = asText(readField(readField(body, 'user'), 'team_id'));
  return team ?? (kind === 'command' ? asText(readField(body, 'team_id')) : undefined);
}

function idIn(kind: PayloadKind, body: unknown, view: unknown): unknown {
  switch (kind) {
    case 'command':
      return readField(body, 'command');
    case 'action':
      return readField(asList(readField(body, 'actions'))[0], 'action_id');
    case 'view_submission':
    case 'view_closed':
      return readField(view, 'callback_id');
    case 'shortcut':
      return readField(body, 'callback_id');
    case 'options':
      return readField(body, 'action_id');
    case 'event':
      return readField(readField(body, 'event'), 'type');
    case 'rate_limited':
    case 'other':
      return readField(body, 'type');
  }
}

function replyAddressesIn(body: unknown): readonly unknown[] {
  const one = readField(body, 'response_url');
  const several = readField(body, 'response_urls');
  return [
    ...(one === undefined || one === null ? [] : [one]),
    // The null makes the caller refuse a payload whose field isn't a list.
    ...(several === undefined
      ? []
      : Array.isArray(several)
        ? several.map((each) => readField(each, 'response_url'))
        : [null]),
  ];
}
