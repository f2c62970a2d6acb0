import { checkMessage, checkView } from '../../../packages/local-slack/rules/limits.ts';
import { CANARY, PRIVATE, type Scene } from './scene.ts';
import type { Call } from './slack.ts';
import { type Delivered, TENANTS, tokenOf, type World } from './world.ts';

type Body = Readonly<Record<string, unknown>>;

/** What is wrong with how the bot has answered. */
export interface Verdict {
  /** Of what Slack would refuse. */
  readonly invalid: readonly string[];
  /** Of what the bot promises. */
  readonly broken: readonly string[];
}

/** How everything is stored before a case. */
export type Stored = ReadonlyMap<string, string>;

export const storedIn = (world: World): Stored =>
  new Map(TENANTS.map((tenant) => [tenant, world.stored(tenant)]));

/** @param before how everything was stored */
export function judge(
  { world }: Pick<Scene, 'world'>,
  body: Body,
  delivered: Delivered,
  before: Stored,
): Verdict {
  const { calls } = world.slack;
  return {
    invalid: [...calls.flatMap(problemsOfCall), ...problemsOfAck(body, delivered.acks)],
    broken: [
      ...ofProcess(delivered),
      ...ofAcks(world, body, delivered),
      ...ofLogs(world),
      ...ofTenants(world, body, delivered, before),
      ...ofAddresses(calls),
    ],
  };
}

const ID = {
  channel: /^[CGD][A-Z0-9]{1,30}$/,
  user: /^[UW][A-Z0-9]{1,30}$/,
  ts: /^\d{1,20}\.\d{1,10}$/,
} as const;
const MOST_TEXT = 4_000;
const REPLIES = 'https://hooks.slack.test/';
const UPLOADS = 'https://files.slack.test/';

/** What Slack would refuse of one call. */
function problemsOfCall({ method, args }: Call): string[] {
  const problem = (words: string): string => `${method}: ${words}`;
  const is = (name: string, like: RegExp): string[] => {
    const value = args[name];
    return typeof value === 'string' && like.test(value) ? [] : [problem(`${name} is ${shortly(value)}`)];
  };
  const optionally = (name: string, like: RegExp): string[] =>
    args[name] === undefined ? [] : is(name, like);
  const message = (): string[] => {
    const { text } = args;
    return [
      ...(typeof text === 'string' && text !== '' ? [] : [problem('no text')]),
      ...(typeof text === 'string' && [...text].length > MOST_TEXT
        ? [problem(`a text of ${text.length}`)]
        : []),
      ...checkMessage(args).map((found) => problem(found.message)),
    ];
  };
  const view = (): string[] => checkView(args.view).map((found) => problem(found.message));
  if (method.startsWith(REPLIES)) return message();
  if (method.startsWith(UPLOADS)) return [];
  switch (method) {
    case 'chat.postMessage':
      return [...is('channel', ID.channel), ...optionally('thread_ts', ID.ts), ...message()];
    case 'chat.update':
      return [...is('channel', ID.channel), ...is('ts', ID.ts), ...message()];
    case 'chat.postEphemeral':
      return [
        ...is('channel', ID.channel),
        ...is('user', ID.user),
        ...optionally('thread_ts', ID.ts),
        ...message(),
      ];
    case 'chat.delete':
      return [...is('channel', ID.channel), ...is('ts', ID.ts)];
    case 'chat.getPermalink':
      return [...is('channel', ID.channel), ...is('message_ts', ID.ts)];
    case 'conversations.join':
      return is('channel', ID.channel);
    case 'users.info':
      return is('user', ID.user);
    case 'views.open':
    case 'views.push':
      return [...is('trigger_id', /^.{1,300}$/s), ...view()];
    case 'views.update':
      return [...is('view_id', /^.{1,300}$/s), ...view()];
    case 'views.publish':
      return [...is('user_id', ID.user), ...view()];
    case 'functions.completeError':
      return [...is('function_execution_id', /^.{1,300}$/s), ...is('error', /^.{1,2000}$/s)];
    case 'functions.completeSuccess':
      return is('function_execution_id', /^.{1,300}$/s);
    case 'files.getUploadURLExternal':
      return is('filename', /^[a-z0-9][a-z0-9-]{0,200}\.md$/);
    case 'files.completeUploadExternal':
      return [...is('channel_id', ID.channel), ...is('thread_ts', ID.ts)];
    case 'files.delete':
      return is('file', /^F/);
    case 'auth.test':
      return [];
    default:
      return [problem('is no method that anything here should call')];
  }
}

/** What Slack would not understand of an acknowledgement. */
function problemsOfAck(body: Body, acks: readonly unknown[]): string[] {
  return acks.flatMap((ack): string[] => {
    if (ack === undefined || ack === '') return [];
    if (typeof ack !== 'object' || ack === null) return [`ack: ${shortly(ack)}`];
    const answer: Body = { ...ack };
    if (typeof body.command === 'string') {
      const { text } = answer;
      return [
        ...(typeof text === 'string' && text !== '' ? [] : ['ack: no text']),
        ...checkMessage(answer).map(({ message }) => `ack: ${message}`),
      ];
    }
    if (body.type !== 'view_submission') return [`ack: words where nobody reads them: ${shortly(ack)}`];
    switch (answer.response_action) {
      case 'errors':
        return problemsOfErrors(inputsOf(body.view), answer.errors);
      case 'update':
      case 'push':
        return checkView(answer.view).map(({ message }) => `ack: ${message}`);
      default:
        return [`ack: ${shortly(ack)}`];
    }
  });
}

function problemsOfErrors(inputs: ReadonlySet<unknown>, errors: unknown): string[] {
  const entries: [string, unknown][] = Object.entries(
    typeof errors === 'object' && errors !== null ? errors : {},
  );
  return [
    ...(entries.length === 0 ? ['ack: no errors'] : []),
    ...entries.flatMap(([block, sentence]) => [
      ...(inputs.has(block) ? [] : [`ack: an error on ${block}, which is no field of the dialog`]),
      ...(typeof sentence === 'string' && sentence !== '' && sentence.length <= 300
        ? []
        : [`ack: ${shortly(sentence)}`]),
    ]),
  ];
}

function inputsOf(view: unknown): ReadonlySet<unknown> {
  const { blocks }: Body = { blocks: [], ...(typeof view === 'object' ? view : {}) };
  if (!Array.isArray(blocks)) return new Set();
  return new Set(
    blocks.flatMap((block: unknown): unknown[] => {
      const { type, block_id }: Body = { ...(typeof block === 'object' ? block : {}) };
      return type === 'input' ? [block_id] : [];
    }),
  );
}

function ofProcess({ thrown, stuck }: Delivered): string[] {
  const problems: string[] = [];
  if (thrown !== null) problems.push(`thrown: ${thrown instanceof Error ? stackOf(thrown) : String(thrown)}`);
  if (stuck) problems.push('it stands still');
  if (Object.keys(Object.prototype).length > 0 || Reflect.has({}, 'polluted'))
    problems.push('prototypes have changed');
  return problems;
}

const stackOf = ({ stack, message }: Error): string => (stack ?? message).split('\n').slice(0, 4).join(' | ');

/** Said in the log where something is left to Slack, which tells the person itself. */
const LEFT_TO_SLACK = 'an unreadable payload';

function ofAcks(world: World, body: Body, { acks }: Delivered): string[] {
  if (acks.length === 1) return [];
  return world.log.lines.some(({ msg }) => msg === LEFT_TO_SLACK)
    ? []
    : [`not acknowledged: ${shortly(body.type)}`];
}

/** Who has one can act, post, or open something. */
const SECRET = /secret|xox[a-z]-|xapp-|xwfp-|\d{6,}\.\d{6,}\.[0-9a-f]{16,}/;

function ofLogs({ log }: World): string[] {
  return log.lines.flatMap((line) => {
    const text = JSON.stringify(line);
    return [
      ...(line.level === 'error' ? [`logged as an error: ${text.slice(0, 900)}`] : []),
      ...(text.includes(CANARY) ? [`what somebody has entered is in the log: ${text.slice(0, 300)}`] : []),
      ...(SECRET.test(text) ? [`a secret is in the log: ${text.slice(0, 300)}`] : []),
    ];
  });
}

function ofTenants(world: World, body: Body, { acks }: Delivered, before: Stored): string[] {
  const own = tenantsIn(body);
  const said = world.slack.calls.length + acks.length === 0 ? '' : JSON.stringify([acks, world.slack.calls]);
  const problems: string[] = [];
  for (const tenant of TENANTS) {
    if (own.has(tenant)) continue;
    if (world.isChanged && world.stored(tenant) !== before.get(tenant))
      problems.push(`changes something of ${tenant}`);
    if (said.includes(`${CANARY}${tenant}`) && !holds(body, `${CANARY}${tenant}`))
      problems.push(`tells something of ${tenant}`);
    if (world.slack.calls.some(({ token }) => token === tokenOf(tenant))) problems.push(`acts as ${tenant}`);
  }
  if (said.includes(PRIVATE.word) && !isInPrivate(world, body))
    problems.push('tells something of a private channel');
  return problems;
}

/** Somebody names the channel, the decision, or is the person: then Slack has shown it to them. */
function isInPrivate(world: World, body: Body): boolean {
  const decisions = world
    .rows('SELECT id FROM decisions WHERE channel = ?', PRIVATE.channel)
    .map(({ id }) => String(id));
  return [PRIVATE.channel, PRIVATE.person, PRIVATE.word, ...decisions].some((word) => holds(body, word));
}

function holds(body: Body, word: string): boolean {
  try {
    return JSON.stringify(body).includes(word);
  } catch {
    return false;
  }
}

/** Whose payload this may be, by what it says of where it comes from. */
function tenantsIn(body: Body): ReadonlySet<unknown> {
  const field = (of: unknown, name: string): unknown =>
    typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined;
  const [authorization]: readonly unknown[] = Array.isArray(body.authorizations) ? body.authorizations : [];
  const { team, user, enterprise, view } = body;
  return new Set([
    body.team_id,
    body.enterprise_id,
    field(authorization, 'team_id'),
    field(authorization, 'enterprise_id'),
    field(team, 'id'),
    field(team, 'enterprise_id'),
    field(enterprise, 'id'),
    field(view, 'app_installed_team_id'),
    team === undefined || team === null ? field(user, 'team_id') : undefined,
  ]);
}

/** The Web API, and what Slack has handed out for replies and uploads: nothing else is ever called. */
function ofAddresses(calls: readonly Call[]): string[] {
  return calls
    .filter(({ method }) => /[:/]/.test(method) && !method.startsWith(REPLIES) && !method.startsWith(UPLOADS))
    .map(({ method }) => `posts to ${method.slice(0, 100)}`);
}

function shortly(value: unknown): string {
  try {
    return (JSON.stringify(value) ?? String(value)).slice(0, 200);
  } catch {
    return 'something deep';
  }
}
