// A fake Slack Web API, written from Slack's documentation. It shares no code with the bot or the playground.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** One request that the bot made. */
export interface Call {
  /** `chat.postMessage`, or `response_url` and `upload` for the addresses that Slack hands out. */
  readonly method: string;
  readonly args: JsonObject;
  /** From the Authorization header or the form; empty if there was none. */
  readonly token: string;
  /** What the fake answered; null while it has not. */
  readonly answer: JsonObject | null;
}

/** Answers one call; `undefined` leaves it without an answer until the server closes. */
export type Reply = (call: Call, count: number) => JsonObject | undefined;

export interface FakeSlack {
  /** For SLACK_API_URL. */
  readonly apiUrl: string;
  /** Every call so far, oldest first. */
  readonly calls: readonly Call[];
  /** An address for private replies, as payloads carry it. */
  responseUrl(): string;
  /** Replaces the answer to a method. */
  on(method: string, reply: Reply): void;
  of(method: string): readonly Call[];
  /** Resolves to the first call that fits, now or later. */
  until(fits: (call: Call) => boolean): Promise<Call>;
  close(): Promise<void>;
}

/** Admins and members of the fake workspace; everyone else is unknown. */
const PEOPLE: Readonly<Record<string, JsonObject>> = {
  U0ANA: { tz: 'Europe/Berlin' },
  U0BOB: { tz: 'America/New_York' },
  U0CAT: { tz: 'Asia/Tokyo' },
  U0ADMIN: { tz: 'UTC', is_admin: true },
};

export async function startSlack({ team = 'T0ONE' }: { readonly team?: string } = {}): Promise<FakeSlack> {
  const calls: { -readonly [Key in keyof Call]: Call[Key] }[] = [];
  const waiting = new Set<(call: Call) => void>();
  const counts = new Map<string, number>();
  let lastTs = 1_700_000_000;
  let lastId = 0;
  const ts = (): string => `${++lastTs}.000100`;
  const id = (letter: string): string => `${letter}0${(++lastId).toString().padStart(6, '0')}`;

  const replies = new Map<string, Reply>([
    ['api.test', () => ({ ok: true })],
    [
      'auth.test',
      () => ({ ok: true, team_id: team, user_id: 'U0BOT', bot_id: 'B0BOT', user: 'django-or-flask' }),
    ],
    ['chat.postMessage', ({ args }) => ({ ok: true, channel: args.channel ?? null, ts: ts() })],
    ['chat.update', ({ args }) => ({ ok: true, channel: args.channel ?? null, ts: args.ts ?? null })],
    ['chat.postEphemeral', () => ({ ok: true, message_ts: ts() })],
    ['chat.delete', () => ({ ok: true })],
    ['chat.getPermalink', ({ args }) => ({ ok: true, permalink: `https://x.slack.com/p${args.message_ts}` })],
    ['views.open', () => ({ ok: true, view: { id: id('V') } })],
    ['views.push', () => ({ ok: true, view: { id: id('V') } })],
    ['views.update', () => ({ ok: true, view: { id: id('V') } })],
    ['views.publish', () => ({ ok: true, view: { id: id('V') } })],
    [
      'users.info',
      ({ args }) => {
        const found = PEOPLE[String(args.user)];
        return found
          ? { ok: true, user: { id: args.user ?? null, team_id: team, name: String(args.user), ...found } }
          : { ok: false, error: 'user_not_found' };
      },
    ],
    ['conversations.join', () => ({ ok: true })],
    [
      'files.getUploadURLExternal',
      () => ({ ok: true, upload_url: `${origin}/upload/${++lastId}`, file_id: id('F') }),
    ],
    ['files.completeUploadExternal', () => ({ ok: true, files: [] })],
    ['files.delete', () => ({ ok: true })],
  ]);

  const server = createServer(async (req, res) => {
    const body = await bodyOf(req);
    const path = new URL(req.url ?? '/', 'http://localhost').pathname;
    const args = argsIn(req, body);
    const bearer = /^Bearer (.*)$/.exec(req.headers.authorization ?? '')?.[1];
    const call: (typeof calls)[number] = {
      method: path.startsWith('/api/')
        ? path.slice('/api/'.length)
        : path.startsWith('/upload/')
          ? 'upload'
          : 'response_url',
      args,
      token: bearer ?? String(args.token ?? ''),
      answer: null,
    };
    const count = (counts.get(call.method) ?? 0) + 1;
    counts.set(call.method, count);
    const reply = replies.get(call.method);
    const answer = reply ? reply(call, count) : { ok: false, error: 'unknown_method' };
    call.answer = answer ?? null;
    calls.push(call);
    for (const tell of waiting) tell(call);
    if (!path.startsWith('/api/')) return void res.end('ok');
    if (answer === undefined) return;
    res.setHeader('content-type', 'application/json; charset=utf-8');
    res.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  return {
    apiUrl: `${origin}/api/`,
    calls,
    responseUrl: () => `${origin}/actions/${team}/${++lastId}/reply`,
    on: (method, reply) => void replies.set(method, reply),
    of: (method) => calls.filter((call) => call.method === method),
    until: async (fits) => {
      const found = calls.find(fits);
      if (found) return found;
      const { promise, resolve } = Promise.withResolvers<Call>();
      const tell = (call: Call): void => {
        if (!fits(call)) return;
        waiting.delete(tell);
        resolve(call);
      };
      waiting.add(tell);
      return promise;
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** A form whose values may be JSON, or a JSON body. */
function argsIn(req: IncomingMessage, body: string): JsonObject {
  if (body === '') return {};
  if (req.headers['content-type']?.startsWith('application/json')) return JSON.parse(body);
  if (!req.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return { body };
  const args: JsonObject = {};
  for (const [name, value] of new URLSearchParams(body)) {
    args[name] = /^[[{]/.test(value) ? JSON.parse(value) : value;
  }
  return args;
}
