import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault, Faults } from './faults.ts';
import { parseArguments, readBody, sendJson } from './http.ts';
import type { Json } from './json.ts';
import type { Call } from './record.ts';
import { Refusal } from './refusal.ts';
import { respond } from './respond.ts';
import { callMethod, refusalJson, type Tokens } from './web-api/index.ts';
import type { World } from './web-api/method.ts';

export interface ApiOptions {
  readonly world: World;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly calls: Call[];
  readonly onChange: () => void;
}

interface Answer {
  readonly status: number;
  readonly body: Json;
}

/** Under this name a response_url stands in the record and takes faults. */
const RESPONSE_URL = 'response_url';

/** Answers `/api/<method>` and `/response/<path>`, with whatever faults a test has planned. */
export async function serveApi(
  req: IncomingMessage,
  res: ServerResponse,
  options: ApiOptions,
): Promise<void> {
  const { pathname } = new URL(req.url ?? '/', 'http://localhost');
  const route = /^\/(api|response)\/(.+)$/.exec(pathname);
  const [, kind, rest] = route ?? [];
  if (rest === undefined || req.method !== 'POST') {
    sendJson(res, rest === undefined ? 404 : 405, { ok: false, error: 'no_such_route' });
    return;
  }
  const received = await receive(req);
  const method = kind === 'api' ? rest : RESPONSE_URL;
  const call: Call = {
    method,
    args: received.args,
    token: received.token,
    at: options.world.workspace.now(),
    answer: undefined,
  };
  options.calls.push(call);
  options.onChange();
  const handle = (): Answer => {
    if (received.unreadable !== null) return { status: 200, body: { ok: false, error: received.unreadable } };
    if (kind === 'response') return answerResponse(rest, received.args, options.world);
    const { tokens, world } = options;
    return { status: 200, body: callMethod(rest, received.args, received.token, tokens, world) };
  };
  await answer(call, res, handle, options);
}

async function answer(
  call: Call,
  res: ServerResponse,
  handle: () => Answer,
  { faults, onChange }: ApiOptions,
): Promise<void> {
  const fault = faults.take(call.method);
  const drop = (): void => {
    call.answer = 'dropped';
    res.destroy();
    onChange();
  };
  const send = ({ status, body }: Answer, headers: Readonly<Record<string, string>> = {}): void => {
    call.answer = { status, body };
    sendJson(res, status, body, headers);
    onChange();
  };
  const instead = fault === undefined ? undefined : refusalOf(fault);
  if (instead !== undefined) {
    send(instead.answer, instead.headers);
    return;
  }
  await waitFor(fault, 'before', faults);
  if (isAt(fault, 'drop', 'before')) return drop();
  if (isAt(fault, 'hang', 'before')) return;
  const result = handle();
  if (fault === undefined) {
    send(result);
    return;
  }
  // It has happened, although the app may never hear of it.
  onChange();
  await waitFor(fault, 'after', faults);
  if (isAt(fault, 'drop', 'after')) return drop();
  if (isAt(fault, 'hang', 'after')) return;
  send(result);
}

/** What a fault answers in place of the method. */
function refusalOf(fault: Fault): { answer: Answer; headers?: Readonly<Record<string, string>> } | undefined {
  if ('error' in fault)
    return { answer: { status: 200, body: { ok: false, error: fault.error, ...fault.more } } };
  if ('retryAfterSeconds' in fault) {
    return {
      answer: { status: 429, body: { ok: false, error: 'ratelimited' } },
      headers: { 'retry-after': String(fault.retryAfterSeconds) },
    };
  }
  return 'status' in fault ? { answer: { status: fault.status, body: { ok: false } } } : undefined;
}

async function waitFor(fault: Fault | undefined, when: 'before' | 'after', faults: Faults): Promise<void> {
  if (fault === undefined) return;
  if ('held' in fault && fault.when === when) await faults.wait(fault.held);
  if ('delayMs' in fault && when === 'after') {
    await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  }
}

const isAt = (fault: Fault | undefined, name: 'drop' | 'hang', when: 'before' | 'after'): boolean =>
  fault !== undefined && Object.entries(fault).some(([key, value]) => key === name && value === when);

interface Received {
  readonly args: Json;
  readonly token: string | null;
  readonly unreadable: string | null;
}

async function receive(req: IncomingMessage): Promise<Received> {
  const header = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '')?.[1] ?? null;
  try {
    const { token, ...args } = parseArguments(req.headers['content-type'] ?? '', await readBody(req));
    return { args, token: header ?? (typeof token === 'string' ? token : null), unreadable: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { args: {}, token: header, unreadable: error.code };
  }
}

/** Slack answers a spent or expired response_url with 404, and what it refuses with 400. */
function answerResponse(path: string, body: Json, world: World): Answer {
  try {
    respond(world.grants.respond(path), body, world);
    return { status: 200, body: { ok: true } };
  } catch (error) {
    const refused = refusalJson(error);
    return { status: String(refused.error).endsWith('_url') ? 404 : 400, body: refused };
  }
}
