import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { ANY_METHOD, type Fault } from './faults.ts';
import { isLocalRequest } from './guard.ts';
import { readBody, sendJson } from './http.ts';
import { parseJson } from './json.ts';
import type { LocalSlack } from './local-slack.ts';

/** Below this the routes are found. */
export const CONTROL_PATH = '/control/';

/** A method, `response_url` or `upload_url`; the next call of whatever it is unless told. */
const method = z.string().min(1).max(100).default(ANY_METHOD);
const times = z.number().int().min(1).max(1000).default(1);
const when = z.enum(['before', 'after']).default('before');
const errorCode = z.string().regex(/^[a-z][a-z0-9_]*$/, 'an error code of Slack, such as is_archived');

/** What a panel or a test in another process may ask for. */
const wish = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('error'), method, times, error: errorCode }),
  z.strictObject({ do: z.literal('status'), method, times, status: z.number().int().min(400).max(599) }),
  z.strictObject({ do: z.literal('rateLimit'), method, times, seconds: z.number().int().min(1).max(3600) }),
  z.strictObject({ do: z.literal('delay'), method, times, ms: z.number().int().min(0).max(600_000), when }),
  z.strictObject({ do: z.literal('hang'), method, times, when }),
  z.strictObject({ do: z.literal('drop'), method, times, when }),
  z.strictObject({ do: z.literal('deliverTwice'), times }),
  z.strictObject({ do: z.literal('disconnect'), how: z.enum(['refresh', 'drop']).default('drop') }),
  z.strictObject({ do: z.literal('revokeToken') }),
  z.strictObject({ do: z.literal('uninstall') }),
  z.strictObject({ do: z.literal('reinstall') }),
  z.strictObject({ do: z.literal('clear') }),
]);
type Wish = z.infer<typeof wish>;

/**
 * `POST /control/faults` plans what goes wrong, `GET /control/faults` lists what is still to come. Only for
 * programs and pages of this machine.
 */
export async function serveControl(
  req: IncomingMessage,
  res: ServerResponse,
  slack: LocalSlack,
): Promise<void> {
  const say = (status: number, problem: string): void => sendJson(res, status, { ok: false, problem });
  if (!isLocalRequest(req)) return say(403, 'Only for this machine.');
  const { pathname } = new URL(req.url ?? '/', 'http://localhost');
  if (pathname !== `${CONTROL_PATH}faults`) return say(404, 'There is nothing here.');
  if (req.method === 'GET') return sendJson(res, 200, { ok: true, waiting: waiting(slack) });
  if (req.method !== 'POST') return say(405, 'GET or POST, please.');
  // A page elsewhere can send a form here without being asked, but no JSON.
  if (req.headers['content-type']?.split(';', 1)[0] !== 'application/json') return say(415, 'JSON, please.');
  const parsed = wish.safeParse(parseJson(await readBody(req)));
  if (!parsed.success) return say(400, z.prettifyError(parsed.error));
  grant(parsed.data, slack);
  sendJson(res, 200, { ok: true, waiting: waiting(slack) });
}

const waiting = ({ faults }: LocalSlack) =>
  faults.waiting().map(({ method: name, fault }) => ({
    method: name,
    fault: 'held' in fault ? { held: fault.when } : fault,
  }));

function grant(asked: Wish, slack: LocalSlack): void {
  if ('method' in asked) {
    const fault = faultOf(asked);
    slack.faults.next(asked.method, ...Array.from({ length: asked.times }, () => fault));
    return;
  }
  switch (asked.do) {
    case 'deliverTwice':
      slack.deliverTwice(asked.times);
      break;
    case 'disconnect':
      if (asked.how === 'drop') slack.sockets.drop();
      else slack.sockets.refresh();
      break;
    // What the app answers to the events stands in the record; nobody waits for it here.
    case 'revokeToken':
      void slack.revokeToken();
      break;
    case 'uninstall':
      void slack.uninstall();
      break;
    case 'reinstall':
      slack.reinstall();
      break;
    case 'clear':
      slack.faults.clear();
      slack.deliverTwice(0);
  }
}

function faultOf(asked: Extract<Wish, { readonly method: string }>): Fault {
  switch (asked.do) {
    case 'error':
      return { error: asked.error };
    case 'status':
      return { status: asked.status };
    case 'rateLimit':
      return { retryAfterSeconds: asked.seconds };
    case 'delay':
      return { delayMs: asked.ms, when: asked.when };
    case 'hang':
      return { hang: asked.when };
    case 'drop':
      return { drop: asked.when };
  }
}
