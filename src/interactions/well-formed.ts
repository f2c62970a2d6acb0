import { CHANNEL_ID } from '../blocks/ids.ts';
import { isDurableEvent } from '../delivery/inbox.ts';
import { TENANT_ID, USER_ID } from '../slack/ids.ts';
import { field } from './fields.ts';

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
/** Of a trigger, a callback, an action; no half of a character, over which the Web API’s client breaks. */
const ID = /^[\x20-\x7e]{1,300}$/;

/**
 * Returns true if a payload has every field that Bolt and the listeners rely on for its kind. Slack sends no other, but
 * what comes from outside is checked before it is used. Reply addresses are checked elsewhere.
 */
export function isWellFormed(kind: PayloadKind, body: unknown): boolean {
  if (kind === 'other' || kind === 'rate_limited') return false;
  return isFlag(field(body, 'is_enterprise_install')) && isOneKind(kind, body) && SHAPES[kind](body);
}

type Shape = (body: unknown) => boolean;

const SHAPES: Readonly<Record<Exclude<PayloadKind, 'other' | 'rate_limited'>, Shape>> = {
  command: (body) =>
    is(USER_ID, field(body, 'user_id')) &&
    is(CHANNEL_ID, field(body, 'channel_id')) &&
    isId(field(body, 'trigger_id')) &&
    isMaybeText(field(body, 'text')) &&
    isWorkId(field(body, 'team_id')) &&
    isWorkId(field(body, 'enterprise_id')),
  action: (body) =>
    isByPerson(body) &&
    isId(field(body, 'trigger_id')) &&
    isMaybe(isObject, field(body, 'view')) &&
    isPlaceIfAny(field(body, 'channel')) &&
    isMaybe(isMessagePlace, field(body, 'container')) &&
    isMaybe(isObject, field(body, 'function_data')) &&
    isList(isAction, field(body, 'actions')),
  view_submission: (body) => isByPerson(body) && isView(field(body, 'view')),
  view_closed: (body) => isByPerson(body) && isView(field(body, 'view')),
  shortcut: (body) =>
    isByPerson(body) &&
    isId(field(body, 'trigger_id')) &&
    (field(body, 'type') === 'shortcut' ||
      (isPlace(field(body, 'channel')) && isMessage(field(body, 'message')))),
  options: (body) => isByPerson(body) && isPlaceIfAny(field(body, 'channel')),
  event: (body) =>
    isWorkId(field(body, 'team_id')) &&
    isWorkId(field(body, 'enterprise_id')) &&
    isEvent(field(body, 'event')) &&
    isMaybe(isPlaces, field(body, 'authorizations')),
};

/** Bolt tells kinds apart by fields that no other kind has. */
function isOneKind(kind: PayloadKind, body: unknown): boolean {
  const has = (name: string): boolean => field(body, name) !== undefined;
  return (
    (kind === 'event' || !has('event')) &&
    (kind === 'options' || kind === 'command' || kind === 'event' || !has('name')) &&
    (kind === 'action' || kind === 'command' || kind === 'event' || !has('actions'))
  );
}

/** By a person, of whom it is known where they are. */
function isByPerson(body: unknown): boolean {
  const user = field(body, 'user');
  return (
    is(USER_ID, field(user, 'id')) &&
    isWorkId(field(user, 'team_id')) &&
    isMaybe(isPlaceOfWork, field(body, 'team')) &&
    isMaybe(isPlaceOfWork, field(body, 'enterprise'))
  );
}

const isPlaceOfWork: Shape = (place) =>
  is(TENANT_ID, field(place, 'id')) && isWorkId(field(place, 'enterprise_id'));

const isPlace: Shape = (place) => is(CHANNEL_ID, field(place, 'id'));

/** Bolt looks into one that is null. */
const isPlaceIfAny: Shape = (place) => place === undefined || isPlace(place);

const isMessagePlace: Shape = (place) => isObject(place) && isMaybe(isTs, field(place, 'message_ts'));

const isMessage: Shape = (message) =>
  isTs(field(message, 'ts')) && isMaybe(isTs, field(message, 'thread_ts'));

const isAction: Shape = (action) =>
  isId(field(action, 'action_id')) &&
  typeof field(action, 'type') === 'string' &&
  isMaybeText(field(action, 'block_id')) &&
  isMaybeText(field(action, 'value')) &&
  (field(action, 'type') === 'overflow'
    ? isObject(field(action, 'selected_option'))
    : isMaybe(isObject, field(action, 'selected_option')));

const isView: Shape = (view) =>
  isId(field(view, 'id')) &&
  typeof field(view, 'callback_id') === 'string' &&
  typeof field(view, 'private_metadata') === 'string' &&
  isWorkId(field(view, 'app_installed_team_id')) &&
  isList(isObject, field(view, 'blocks'), 0) &&
  isObject(field(field(view, 'state'), 'values'));

/** Of which Bolt reads more than their type says. */
const isEvent: Shape = (event) => {
  const type = field(event, 'type');
  if (typeof type !== 'string') return false;
  // Those that could be read are kept; Bolt would leave what is left of them unanswered.
  if (isDurableEvent(type)) return false;
  if (!isReadByBolt(event)) return false;
  if (type === 'app_home_opened') return is(USER_ID, field(event, 'user'));
  if (type === 'app_mention') {
    return (
      is(USER_ID, field(event, 'user')) &&
      is(CHANNEL_ID, field(event, 'channel')) &&
      isMessage(event) &&
      isMaybeText(field(event, 'channel_id'))
    );
  }
  return true;
};
/** A person or a place is an id or an object; the rest Bolt looks into. */
const isReadByBolt: Shape = (event) =>
  ['user', 'channel'].every((name) => isAbsentOr(isTextOrObject, field(event, name))) &&
  ['item', 'subteam', 'message', 'previous_message', 'assistant_thread'].every((name) =>
    isAbsentOr(isObject, field(event, name)),
  );

const isPlaces: Shape = (places) =>
  isList((place) => isWorkId(field(place, 'team_id')) && isWorkId(field(place, 'enterprise_id')), places, 0);

const is = (like: RegExp, value: unknown): boolean => typeof value === 'string' && like.test(value);
/** Bolt keeps its clients in an object, by these: `__proto__` must not be one. */
const isWorkId = (value: unknown): boolean => isNone(value) || value === '' || is(TENANT_ID, value);
const isTs: Shape = (value) => is(TS, value);
const isId: Shape = (value) => is(ID, value);
const isNone = (value: unknown): value is undefined | null => value === undefined || value === null;
const isMaybe = (shape: Shape, value: unknown): boolean => isNone(value) || shape(value);
const isAbsentOr = (shape: Shape, value: unknown): boolean => value === undefined || shape(value);
const isTextOrObject: Shape = (value) => typeof value === 'string' || isObject(value);
const isMaybeText = (value: unknown): boolean => isNone(value) || typeof value === 'string';
const isFlag = (value: unknown): boolean =>
  isNone(value) || typeof value === 'boolean' || value === 'true' || value === 'false';
const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isList(shape: Shape, value: unknown, least = 1): boolean {
  return Array.isArray(value) && value.length >= least && value.every((one) => isObject(one) && shape(one));
}
