import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault, Faults } from '../state/faults.ts';
import type { Json } from '../state/json.ts';
import { appendNewest } from '../state/newest.ts';
import type { RateLimits } from '../state/rate-limits.ts';
import type { ApiCall } from '../state/record.ts';
import { Refusal } from '../state/refusal.ts';
import { parseArguments, readBody, sendJson } from './http.ts';
import { respond } from './respond.ts';
import { readUpload } from './uploads.ts';
import { callMethod, refusalJson } from './web-api/index.ts';
import type { World } from './web-api/method.ts';

export interface ApiOptions {
  readonly world: World;
  readonly faults: Faults;
  /** Undefined if calls aren't limited. */
  readonly limits: RateLimits | undefined;
  readonly calls: ApiCall[];
  readonly onChange: () => void;
}

interface Answer {
  readonly status: number;
  readonly body: Json;
}

/** Names for requests that are no Web API methods, in the call record and in planned faults. */
const RECORD_NAMES = { response: 'response_url', upload: 'upload_url' } as const;

/** Answers `/api/<method>`, `/response/<path>` and `/upload/<path>`, and applies planned faults. */
export async function serveApi(
  req: IncomingMessage,
  res: ServerResponse,
  options: ApiOptions,
): Promise<void> {
  const { pathname } = new URL(req.url ?? '/', 'http://localhost');
  const route = /^\/(api|response|upload)\/(.+)$/.exec(pathname);
  const [, kind, rest] = route ?? [];
  if (rest === undefined || !(req.method === 'POST' || (req.method === 'PUT' && kind === 'upload'))) {
    sendJson(res, rest === undefined ? 404 : 405, { ok: false, error: 'no_such_route' });
    return;
  }
  const received = await (kind === 'upload' ? parseUpload(req) : parseCall(req));
  const method = kind === 'response' || kind === 'upload' ? RECORD_NAMES[kind] : rest;
  const call: ApiCall = {
    method,
    args: received.args,
    token: received.token,
    at: options.world.workspace.now(),
    answer: undefined,
    ms: undefined,
  };
  appendNewest(options.calls, call);
  options.onChange();
  const handle = (): Answer => {
    if (received.unreadable !== null) {
      const status = kind === 'upload' ? 400 : 200;
      return { status, body: { ok: false, error: received.unreadable } };
    }
    if (kind === 'upload') return answerUpload(rest, received.bytes ?? Buffer.alloc(0), options.world);
    if (kind === 'response') return answerResponse(rest, received.args, options.world);
    return { status: 200, body: callMethod(rest, received.args, received.token, options.world) };
  };
  await answerCall(call, res, handle, options);
}

async function answerCall(
  call: ApiCall,
  res: ServerResponse,
  handle: () => Answer,
  options: ApiOptions,
): Promise<void> {
  const { faults, onChange } = options;
  const fault = faults.takeNext(call.method) ?? checkRateLimit(call, options);
  const start = performance.now();
  const drop = (): void => {
    call.answer = 'dropped';
    call.ms = performance.now() - start;
    res.destroy();
    onChange();
  };
  const send = ({ status, body }: Answer, headers: Readonly<Record<string, string>> = {}): void => {
    call.answer = { status, body };
    call.ms = performance.now() - start;
    sendJson(res, status, body, headers);
    onChange();
  };
  const instead = fault === undefined ? undefined : faultResponse(fault);
  if (instead !== undefined) {
    send(instead.answer, instead.headers);
    return;
  }
  await waitFor(fault, 'before', faults);
  if (breaksAt(fault, 'drop', 'before')) return drop();
  if (breaksAt(fault, 'hang', 'before')) return faults.hang(drop);
  const result = handle();
  if (fault === undefined) {
    send(result);
    return;
  }
  // Slack has handled the call, even if the app never gets the response.
  onChange();
  await waitFor(fault, 'after', faults);
  if (breaksAt(fault, 'drop', 'after')) return drop();
  if (breaksAt(fault, 'hang', 'after')) return faults.hang(drop);
  send(result);
}

function checkRateLimit({ method, args }: ApiCall, { limits, world }: ApiOptions): Fault | undefined {
  const { team, bot } = world.workspace;
  return limits?.take(method, args, { team: team.id, app: bot.appId }) ?? undefined;
}

/** Returns the response that a fault sends without calling the method. */
function faultResponse(
  fault: Fault,
): { answer: Answer; headers?: Readonly<Record<string, string>> } | undefined {
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
  if ('held' in fault && fault.when === when) await faults.waitUntilReleased(fault.held);
  if ('delayMs' in fault && (fault.when ?? 'after') === when) await faults.pause(fault.delayMs);
}

const breaksAt = (fault: Fault | undefined, name: 'drop' | 'hang', when: 'before' | 'after'): boolean =>
  fault !== undefined && Object.entries(fault).some(([key, value]) => key === name && value === when);

interface ParsedCall {
  readonly args: Json;
  readonly token: string | null;
  readonly unreadable: string | null;
  /** Set for an upload. */
  readonly bytes?: Buffer;
}

async function parseCall(req: IncomingMessage): Promise<ParsedCall> {
  const header = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '')?.[1] ?? null;
  try {
    const { token, ...args } = parseArguments(req.headers['content-type'] ?? '', await readBody(req));
    return { args, token: header ?? (typeof token === 'string' ? token : null), unreadable: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { args: {}, token: header, unreadable: error.code };
  }
}

async function parseUpload(req: IncomingMessage): Promise<ParsedCall> {
  try {
    const bytes = await readUpload(req);
    return { args: { bytes: bytes.length }, token: null, unreadable: null, bytes };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { args: {}, token: null, unreadable: error.code };
  }
}

/** Slack's clients treat any status except 200 as a failed upload. */
function answerUpload(path: string, bytes: Buffer, { files }: World): Answer {
  try {
    const { id } = files.receive(path, bytes);
    return { status: 200, body: { ok: true, file: id, bytes: bytes.length } };
  } catch (error) {
    const refused = refusalJson(error);
    return { status: refused.error === 'no_such_upload' ? 404 : 400, body: refused };
  }
}

/** Slack answers a used-up or expired response_url with 404, and refused content with 400. */
function answerResponse(path: string, body: Json, world: World): Answer {
  try {
    respond(world.grants.useResponsePath(path), body, world);
    return { status: 200, body: { ok: true } };
  } catch (error) {
    const refused = refusalJson(error);
    return { status: String(refused.error).endsWith('_url') ? 404 : 400, body: refused };
  }
}
