// Reads fields of untrusted payloads, and checks that a payload has those that its kind needs. A zod schema would take
// longer than the rest of the request.
import { CHANNEL_ID } from '../blocks/ids.ts';
import { isDurableEvent } from '../delivery/inbox.ts';

/** Returns an own property. Returns undefined if there is none, or if the value is not an object. */
export function readField(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Id of a person or a bot. */
export const USER_ID = /^[UWB][A-Z0-9]{1,30}$/;
/** Id of a workspace or an organisation. */
export const TENANT_ID = /^[TE][A-Z0-9]{1,30}$/;

export type PayloadKind =
  | 'command'
  | 'action'
  | 'view_submission'
  | 'view_closed'
  | 'shortcut'
  | 'options'
  | 'event'
  | 'rate_limited'
  | 'other';

const TS = /^\d{1,20}\.\d{1,10}$/;
/** Id of a trigger, a callback or an action. ASCII only, because a lone surrogate crashes the Web API client. */
const ID = /^[\x20-\x7e]{1,300}$/;

/**
 * Returns true if a payload has every field that Bolt and the listeners rely on for its kind. Slack sends no others,
 * but input from outside is checked before use. Reply addresses are checked in graceful-app.ts.
 */
export function isWellFormed(kind: PayloadKind, body: unknown): boolean {
  if (kind === 'other' || kind === 'rate_limited') return false;
  return (
    isNullishOrFlag(readField(body, 'is_enterprise_install')) && isOneKind(kind, body) && SHAPES[kind](body)
  );
}

type Shape = (body: unknown) => boolean;

const SHAPES: Readonly<Record<Exclude<PayloadKind, 'other' | 'rate_limited'>, Shape>> = {
  command: (body) =>
    is(USER_ID, readField(body, 'user_id')) &&
    is(CHANNEL_ID, readField(body, 'channel_id')) &&
    isId(readField(body, 'trigger_id')) &&
    isNullishOrText(readField(body, 'channel_name')) &&
    isNullishOrText(readField(body, 'text')) &&
    isEmptyOrTenantId(readField(body, 'team_id')) &&
    isEmptyOrTenantId(readField(body, 'enterprise_id')),
  action: (body) =>
    isByPerson(body) &&
    isId(readField(body, 'trigger_id')) &&
    isNullishOr(isObject, readField(body, 'view')) &&
    isAbsentOrChannel(readField(body, 'channel')) &&
    isNullishOr(isContainer, readField(body, 'container')) &&
    isNullishOr(isObject, readField(body, 'function_data')) &&
    isList(isAction, readField(body, 'actions')),
  view_submission: (body) => isByPerson(body) && isView(readField(body, 'view')),
  view_closed: (body) => isByPerson(body) && isView(readField(body, 'view')),
  shortcut: (body) =>
    isByPerson(body) &&
    isId(readField(body, 'trigger_id')) &&
    (readField(body, 'type') === 'shortcut' ||
      (isChannel(readField(body, 'channel')) && isMessage(readField(body, 'message')))),
  options: (body) => isByPerson(body) && isAbsentOrChannel(readField(body, 'channel')),
  event: (body) =>
    isEmptyOrTenantId(readField(body, 'team_id')) &&
    isEmptyOrTenantId(readField(body, 'enterprise_id')) &&
    isEvent(readField(body, 'event')) &&
    isNullishOr(areAuthorizations, readField(body, 'authorizations')),
};

/** Bolt tells kinds apart by their fields, so a payload must have no field of another kind. */
function isOneKind(kind: PayloadKind, body: unknown): boolean {
  const has = (name: string): boolean => readField(body, name) !== undefined;
  return (
    (kind === 'event' || !has('event')) &&
    (kind === 'options' || kind === 'command' || kind === 'event' || !has('name')) &&
    (kind === 'action' || kind === 'command' || kind === 'event' || !has('actions'))
  );
}

/** Returns true if the payload names a person, with valid ids for their workspace and organisation. */
function isByPerson(body: unknown): boolean {
  const user = readField(body, 'user');
  return (
    is(USER_ID, readField(user, 'id')) &&
    isEmptyOrTenantId(readField(user, 'team_id')) &&
    isNullishOr(isWorkspace, readField(body, 'team')) &&
    isNullishOr(isWorkspace, readField(body, 'enterprise'))
  );
}

const isWorkspace: Shape = (place) =>
  is(TENANT_ID, readField(place, 'id')) && isEmptyOrTenantId(readField(place, 'enterprise_id'));

const isChannel: Shape = (channel) => is(CHANNEL_ID, readField(channel, 'id'));

/** A channel may be absent but not null, because Bolt would read a property of null. */
const isAbsentOrChannel: Shape = (place) => place === undefined || isChannel(place);

const isContainer: Shape = (place) => isObject(place) && isNullishOr(isTs, readField(place, 'message_ts'));

const isMessage: Shape = (message) =>
  isTs(readField(message, 'ts')) && isNullishOr(isTs, readField(message, 'thread_ts'));

const isAction: Shape = (action) =>
  isId(readField(action, 'action_id')) &&
  typeof readField(action, 'type') === 'string' &&
  isNullishOrText(readField(action, 'block_id')) &&
  isNullishOrText(readField(action, 'value')) &&
  (readField(action, 'type') === 'overflow'
    ? isObject(readField(action, 'selected_option'))
    : isNullishOr(isObject, readField(action, 'selected_option')));

const isView: Shape = (view) =>
  isId(readField(view, 'id')) &&
  typeof readField(view, 'callback_id') === 'string' &&
  typeof readField(view, 'private_metadata') === 'string' &&
  isEmptyOrTenantId(readField(view, 'app_installed_team_id')) &&
  isList(isObject, readField(view, 'blocks'), 0) &&
  isObject(readField(readField(view, 'state'), 'values'));

/** Checks more fields than the listeners need, because Bolt reads them in every event. */
const isEvent: Shape = (event) => {
  const type = readField(event, 'type');
  if (typeof type !== 'string') return false;
  // The inbox has stored every readable event of these types. Bolt would leave the others unacknowledged.
  if (isDurableEvent(type)) return false;
  if (!isReadableByBolt(event)) return false;
  if (type === 'app_home_opened') return is(USER_ID, readField(event, 'user'));
  if (type === 'app_mention') {
    return (
      is(USER_ID, readField(event, 'user')) &&
      is(CHANNEL_ID, readField(event, 'channel')) &&
      isMessage(event) &&
      isNullishOrText(readField(event, 'channel_id'))
    );
  }
  return true;
};

/** Bolt reads properties of these fields. `user` and `channel` may also be ids. */
const isReadableByBolt: Shape = (event) =>
  ['user', 'channel'].every((name) => isAbsentOr(isTextOrObject, readField(event, name))) &&
  ['item', 'subteam', 'message', 'previous_message', 'assistant_thread'].every((name) =>
    isAbsentOr(isObject, readField(event, name)),
  );

const areAuthorizations: Shape = (places) =>
  isList(
    (place) =>
      isEmptyOrTenantId(readField(place, 'team_id')) && isEmptyOrTenantId(readField(place, 'enterprise_id')),
    places,
    0,
  );

const is = (like: RegExp, value: unknown): boolean => typeof value === 'string' && like.test(value);
/** Bolt uses these ids as keys of a plain object, so `__proto__` must not pass. */
const isEmptyOrTenantId = (value: unknown): boolean =>
  isNullish(value) || value === '' || is(TENANT_ID, value);
const isTs: Shape = (value) => is(TS, value);
const isId: Shape = (value) => is(ID, value);
const isNullish = (value: unknown): value is undefined | null => value === undefined || value === null;
const isNullishOr = (shape: Shape, value: unknown): boolean => isNullish(value) || shape(value);
const isAbsentOr = (shape: Shape, value: unknown): boolean => value === undefined || shape(value);
const isTextOrObject: Shape = (value) => typeof value === 'string' || isObject(value);
const isNullishOrText = (value: unknown): boolean => isNullish(value) || typeof value === 'string';
const isNullishOrFlag = (value: unknown): boolean =>
  isNullish(value) || typeof value === 'boolean' || value === 'true' || value === 'false';
const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isList(shape: Shape, value: unknown, least = 1): boolean {
  return Array.isArray(value) && value.length >= least && value.every((one) => isObject(one) && shape(one));
}
