import type { Random } from './random.ts';
import type { Scene } from './scene.ts';

type Body = Record<string, unknown>;
type Key = string | number;

/** One change of a payload. */
export interface Change {
  /** What was done, and where. */
  readonly words: string;
  apply(body: Body): void;
}

const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\n\n',
  '\r\n',
  '\ud800',
  'x\udc00y',
  '\ud83c\ud83c',
  '\u202egnp.exe\u202c',
  '\u200b\u200d\ufeff',
  'e\u0301\u0301\u0301\u0301',
  'Z͑ͫ̓̽a̴l͎g͉o',
  '👩‍👩‍👧‍👦',
  'مشروع',
  '<!channel>',
  '<@U1>',
  '<https://evil.test|click>',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'prototype',
  'null',
  'undefined',
  'NaN',
  '0',
  '-1',
  '1e999',
  'true',
  '{}',
  '[]',
  '{"decision":"__proto__"}',
  '../../etc/passwd',
  "'; DROP TABLE decisions; --",
  '%',
  '%00',
  '\u001b[31m',
  '=1+1',
];
const NUMBERS: readonly number[] = [0, -1, 1, 0.5, 2 ** 31, 2 ** 53, 1e15, 1e300, -1e300];
const NAMES: readonly string[] = [
  '__proto__',
  'constructor',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'then',
  'toJSON',
  'length',
  'type',
  'event',
  'command',
  'actions',
  'view',
  'name',
  'payload',
  'channel',
  'user',
  'team',
  'enterprise',
  'is_enterprise_install',
  'response_url',
  'response_urls',
  'function_data',
  'item',
  'subteam',
  'callback_id',
  'challenge',
  'ssl_check',
];
const TYPES: readonly string[] = [
  'constructor',
  '__proto__',
  'toString',
  'block_actions',
  'view_submission',
  'view_closed',
  'message_action',
  'shortcut',
  'block_suggestion',
  'event_callback',
  'interactive_message',
  'dialog_submission',
  'workflow_step_edit',
  'app_uninstalled',
  'app_mention',
  'app_home_opened',
  'function_executed',
  'modal',
  'home',
  'input',
  'overflow',
  'button',
];
/** Where the bot must never post to. */
export const FOREIGN_ADDRESSES: readonly string[] = [
  'http://169.254.169.254/latest/meta-data',
  'https://evil.test/commands/T1/1/x',
  'https://hooks.slack.test.evil.test/commands/T1/1/x',
  'https://hooks.slack.test@evil.test/commands/T1/1/x',
  'https://evil.test#.slack.test/commands',
  'https://evil.test\\.slack.test/commands',
  'http://hooks.slack.test/commands/T1/1/x',
  'http://127.0.0.1:1/commands',
  'http://[::1]/commands',
  'file:///etc/passwd',
  'data:text/plain,x',
  'javascript:alert(1)',
  '//evil.test/x',
  'evil.test',
];
const METADATA: readonly string[] = [
  '',
  '{',
  'null',
  '[]',
  '"x"',
  '{"page":"first"}',
  '{"page":"all","thread":{"channel":"C9","ts":"1.2","replyUrl":"https://evil.test/x"}}',
  '{"page":"all","supersedes":"__proto__"}',
  '{"page":"all","version":2}',
  '{"decision":""}',
  '{"decision":"../x"}',
  '{"decision":{"$ne":null}}',
  '{"decision":"x","__proto__":{"admin":true}}',
  '{"decision":"x","choice":"django"}',
  '{"offset":-1,"words":[]}',
  '{"offset":1e9,"words":[]}',
  '{"offset":0,"words":["%","_","\\u0000"]}',
];
const DATES: readonly string[] = [
  '0000-00-00',
  '9999-12-31',
  '2026-02-30',
  '1969-12-31',
  '+275760-09-13',
  '2026-11-23',
  'x',
];
const OPTIONS: readonly string[] = [
  'unsure',
  'mvp',
  'yes',
  'django',
  'article',
  'delete',
  'reopen',
  'nonsense',
  '__proto__',
  'constructor',
];

/** One to three changes of this payload. */
export function changesOf(random: Random, body: Body, { ids }: Pick<Scene, 'ids'>): readonly Change[] {
  const count = 1 + random.below(3);
  const changed = structuredClone(body);
  const changes: Change[] = [];
  for (let i = 0; i < count; i++) {
    const change = random.isHit(0.25) ? special(random, changed, ids) : anywhere(random, changed, ids);
    change.apply(changed);
    changes.push(change);
  }
  return changes;
}

export function applied(body: Body, changes: readonly Change[]): Body {
  const changed = structuredClone(body);
  for (const change of changes) change.apply(changed);
  return changed;
}

interface Spot {
  readonly path: readonly Key[];
  readonly value: unknown;
}

/** A walk from the root: what lies high up is met more often than one of a hundred blocks. */
function spotIn(random: Random, body: Body): Spot {
  let value: unknown = body;
  const path: Key[] = [];
  for (let depth = 0; depth < 14; depth++) {
    const keys = keysOf(value);
    if (keys.length === 0 || (depth > 0 && random.isHit(0.3))) break;
    const key = random.pick(keys);
    path.push(key);
    value = at(value, key);
  }
  return { path, value };
}

function keysOf(value: unknown): readonly Key[] {
  if (Array.isArray(value)) return value.slice(0, 50).map((_, i) => i);
  return typeof value === 'object' && value !== null ? Object.keys(value).slice(0, 50) : [];
}

function at(value: unknown, key: Key): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}

function put(holder: object, key: Key, value: unknown): void {
  // As JSON.parse does it: a name like any other.
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

/** @param change what becomes of the value there; undefined where it is taken away */
function changeAt(path: readonly Key[], words: string, change: (value: unknown) => unknown): Change {
  return {
    words: `${path.join('.') || '(all of it)'}: ${words}`,
    apply: (body) => {
      let holder: unknown = body;
      for (const key of path.slice(0, -1)) holder = at(holder, key);
      const last = path.at(-1);
      if (last === undefined || typeof holder !== 'object' || holder === null) return;
      const value = change(at(holder, last));
      if (value !== undefined) put(holder, last, value);
      else if (Array.isArray(holder)) holder.splice(Number(last), 1);
      else Reflect.deleteProperty(holder, last);
    },
  };
}

function anywhere(random: Random, body: Body, ids: readonly string[]): Change {
  const { path, value } = spotIn(random, body);
  const to = (words: string, change: (value: unknown) => unknown): Change => changeAt(path, words, change);
  switch (random.below(14)) {
    case 0:
    case 1:
      return to('removed', () => undefined);
    case 2:
      return to('null', () => null);
    case 3:
    case 4: {
      const other = retyped(random, value);
      return to(`of another type, ${shown(other)}`, () => copyOf(other));
    }
    case 5:
      return to('empty', (now) => (Array.isArray(now) ? [] : typeof now === 'object' ? {} : ''));
    case 6:
    case 7: {
      const text = random.pick(HOSTILE_TEXTS);
      return to(JSON.stringify(text), () => text);
    }
    case 8:
      return huge(random, path);
    case 9: {
      const name = random.pick(NAMES);
      const extra = extraValue(random);
      return to(`with ${name} = ${shown(extra)}`, (now) => {
        // A list in JSON has no names.
        if (typeof now !== 'object' || now === null || Array.isArray(now)) return copyOf(extra);
        put(now, name, copyOf(extra));
        return now;
      });
    }
    case 10: {
      const id = random.pick(ids);
      return to(`the id ${id}`, (now) =>
        typeof now === 'string' && now.startsWith('decision:') ? `decision:${id}` : id,
      );
    }
    case 11:
      return to('twice', (now) => (Array.isArray(now) ? [...now, ...now] : [now, now]));
    case 12: {
      const number = random.pick(NUMBERS);
      return to(String(number), () => number);
    }
    default: {
      const other = spotIn(random, body);
      const copy = copyOf(other.value);
      return to(`what stands at ${other.path.join('.')}`, () => copyOf(copy));
    }
  }
}

function shown(value: unknown): string {
  try {
    return (JSON.stringify(value) ?? '').slice(0, 60);
  } catch {
    return 'something deep';
  }
}

/** What is nested too deep to be copied is not meant to be there twice. */
function copyOf(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return 'something deep';
  }
}

function extraValue(random: Random): unknown {
  return random.pick<() => unknown>([
    () => ({ polluted: true }),
    () => ({ type: 'x', id: 'T2', toString: 1 }),
    () => [],
    () => 'x',
    () => null,
    () => 1,
    () => true,
    () => JSON.parse('{"then":1}'),
  ])();
}

function retyped(random: Random, value: unknown): unknown {
  const others: readonly unknown[] = [
    typeof value === 'object' ? 'text' : String(value),
    typeof value === 'string' && value !== '' && Number.isFinite(Number(value)) ? Number(value) : 7,
    true,
    false,
    [value],
    { value },
    { toString: 'x', valueOf: 'y' },
    [],
  ];
  return random.pick(others);
}

function huge(random: Random, path: readonly Key[]): Change {
  switch (random.below(5)) {
    case 0:
      return changeAt(path, 'a text of 100 kB', () => 'W'.repeat(100_000));
    case 1:
      return changeAt(path, 'an emoji, 40,000 times', () => '🍰'.repeat(40_000));
    case 2:
      return changeAt(path, 'a list of 10,000', (now) =>
        Array.from({ length: 10_000 }, () => (typeof now === 'object' ? {} : now)),
      );
    case 3: {
      const depth = random.pick([100, 3_000, 50_000]);
      return changeAt(path, `${depth} lists in each other`, () => nested(depth, (inner) => [inner]));
    }
    default: {
      const depth = random.pick([100, 3_000, 50_000]);
      return changeAt(path, `${depth} objects in each other`, () =>
        nested(depth, (inner) => ({ value: inner })),
      );
    }
  }
}

function nested(depth: number, around: (inner: unknown) => unknown): unknown {
  let value: unknown = 'x';
  for (let i = 0; i < depth; i++) value = around(value);
  return value;
}

/** What hurts where it stands. */
function special(random: Random, body: Body, ids: readonly string[]): Change {
  const found = (isThis: (key: Key, value: unknown) => boolean): readonly Key[] | null => {
    const spots = spotsIn(body, isThis);
    return spots.length === 0 ? null : random.pick(spots);
  };
  switch (random.below(10)) {
    case 0: {
      const address = random.pick(FOREIGN_ADDRESSES);
      const path = found((key) => key === 'response_url') ?? ['response_url'];
      return changeAt(path, address, () => address);
    }
    case 1: {
      const path = found((key) => key === 'private_metadata');
      const forged = random.isHit(0.3)
        ? JSON.stringify({ decision: random.pick(ids) })
        : random.pick(METADATA);
      return path ? changeAt(path, forged, () => forged) : anywhere(random, body, ids);
    }
    case 2: {
      const path = found((key, value) => key === 'type' && typeof value === 'string') ?? ['type'];
      const type = random.pick(TYPES);
      return changeAt(path, type, () => type);
    }
    case 3: {
      const path = found((key) => key === 'value' || key === 'selected_option');
      const option = random.pick(OPTIONS);
      const value = random.isHit(0.5) ? option : { value: option };
      return path
        ? changeAt(path, `option ${shown(value)}`, () => copyOf(value))
        : anywhere(random, body, ids);
    }
    case 4: {
      const path = found(
        (key) => key === 'selected_date' || key === 'selected_date_time' || key === 'event_time',
      );
      const date = random.isHit(0.5) ? random.pick(DATES) : random.pick(NUMBERS);
      return path ? changeAt(path, String(date), () => date) : anywhere(random, body, ids);
    }
    case 5: {
      const path = found((_, value) => typeof value === 'string' && ids.some((id) => value.endsWith(id)));
      const id = random.pick(ids);
      return path
        ? changeAt(path, `the id ${id}`, (now) =>
            typeof now === 'string' && now.startsWith('decision:') ? `decision:${id}` : id,
          )
        : anywhere(random, body, ids);
    }
    case 6: {
      const path = found((key, value) => key === 'actions' && Array.isArray(value));
      const extra = {
        type: 'button',
        action_id: random.pick(['decide', 'forget_me', 'constructor']),
        block_id: 'decision:x',
      };
      const first = random.isHit(0.5);
      return path
        ? changeAt(path, 'one action more', (now) => {
            const actions = Array.isArray(now) ? now : [];
            return first ? [extra, ...actions] : [...actions, extra];
          })
        : anywhere(random, body, ids);
    }
    case 7: {
      const path = found((key, value) => key === 'values' && typeof value === 'object');
      return path
        ? changeAt(path, '3,000 more values', (now) => ({
            ...(typeof now === 'object' ? now : {}),
            ...Object.fromEntries(
              Array.from({ length: 3_000 }, (_, i) => [`b${i}`, { a: { value: 'x'.repeat(20) } }]),
            ),
          }))
        : anywhere(random, body, ids);
    }
    case 8: {
      const text = random.pick(HOSTILE_TEXTS);
      const path = found(
        (key, value) => ['text', 'value', 'project'].includes(String(key)) && typeof value === 'string',
      );
      return path ? changeAt(path, JSON.stringify(text), () => text) : anywhere(random, body, ids);
    }
    default: {
      const path = found((key) =>
        [
          'trigger_id',
          'hash',
          'user',
          'user_id',
          'channel_id',
          'channel',
          'team',
          'state',
          'blocks',
          'authorizations',
        ].includes(String(key)),
      );
      return path ? changeAt(path, 'removed', () => undefined) : anywhere(random, body, ids);
    }
  }
}

const MOST_SPOTS = 3_000;

/** Every place of that kind; what lies too deep is left out. */
function spotsIn(body: Body, isThis: (key: Key, value: unknown) => boolean): readonly (readonly Key[])[] {
  const found: (readonly Key[])[] = [];
  let seen = 0;
  const look = (value: unknown, path: readonly Key[]): void => {
    for (const key of keysOf(value)) {
      seen += 1;
      if (seen > MOST_SPOTS || path.length > 12) return;
      const inner = at(value, key);
      if (isThis(key, inner)) found.push([...path, key]);
      look(inner, [...path, key]);
    }
  };
  look(body, []);
  return found;
}
