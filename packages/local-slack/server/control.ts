import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { LocalSlack } from '../local-slack.ts';
import { ANY_METHOD, type Fault } from '../state/faults.ts';
import { parseJson } from '../state/json.ts';
import { isLocalRequest, readBody, sendJson } from './http.ts';
import { METHOD_NAMES } from './web-api/index.ts';

/** Prefix of the control routes. */
export const CONTROL_PATH = '/control/';

/** Error message of a form field. Other invalid requests come only from programs. */
const methodError = { error: 'Name the call to fail: method has 1 to 100 characters.' };
const wholeNumber = (what: string, least: number, most: number) => {
  const error = `${what} must be a whole number from ${least} to ${most}.`;
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error });
};
/** Web API method, `response_url` or `upload_url`. Default: any of them. */
const method = z.string(methodError).min(1, methodError).max(100, methodError).default(ANY_METHOD);
const times = wholeNumber('How many times', 1, 1000).default(1);
const when = z.enum(['before', 'after'], { error: 'Set when to before or after.' }).default('before');
const errorCodeError = { error: 'Enter one of Slack’s error codes, such as is_archived.' };
const errorCode = z.string(errorCodeError).regex(/^[a-z][a-z0-9_]*$/, errorCodeError);

/** A request from the fault panel or from a test in another process. */
const controlRequest = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('error'), method, times, error: errorCode }),
  z.strictObject({
    do: z.literal('status'),
    method,
    times,
    status: wholeNumber('The HTTP status', 400, 599),
  }),
  z.strictObject({
    do: z.literal('rateLimit'),
    method,
    times,
    seconds: wholeNumber('The seconds to wait', 1, 3600),
  }),
  z.strictObject({
    do: z.literal('delay'),
    method,
    times,
    ms: wholeNumber('The milliseconds', 0, 600_000),
    when,
  }),
  z.strictObject({ do: z.literal('hang'), method, times, when }),
  z.strictObject({ do: z.literal('drop'), method, times, when }),
  z.strictObject({ do: z.literal('deliverTwice'), times }),
  z.strictObject({ do: z.literal('disconnect'), how: z.enum(['refresh', 'drop']).default('drop') }),
  z.strictObject({ do: z.literal('revokeToken') }),
  z.strictObject({ do: z.literal('uninstall') }),
  z.strictObject({ do: z.literal('reinstall') }),
  z.strictObject({ do: z.literal('clear') }),
]);
type ControlRequest = z.infer<typeof controlRequest>;

/**
 * Serves `POST /control/faults`, which plans faults, and `GET`, which lists the planned ones. Accepts only requests
 * from this machine.
 */
export async function serveControl(
  req: IncomingMessage,
  res: ServerResponse,
  slack: LocalSlack,
): Promise<void> {
  const say = (status: number, problem: string): void => sendJson(res, status, { ok: false, problem });
  if (!isLocalRequest(req)) return say(403, 'The playground accepts requests only from this machine.');
  const { pathname } = new URL(req.url ?? '/', 'http://localhost');
  if (pathname !== `${CONTROL_PATH}faults`) return say(404, 'Not found.');
  if (req.method === 'GET') return sendJson(res, 200, { ok: true, ...describeControl(slack) });
  if (req.method !== 'POST') return say(405, 'Use GET or POST.');
  // Another site can make a browser send a form here, but not JSON.
  if (req.headers['content-type']?.split(';', 1)[0] !== 'application/json') return say(415, 'Send JSON.');
  const parsed = controlRequest.safeParse(parseJson(await readBody(req)));
  if (!parsed.success) return say(400, describeProblem(parsed.error));
  const said = applyRequest(parsed.data, slack);
  sendJson(res, 200, { ok: true, said, ...describeControl(slack) });
}

function describeProblem({ issues: [first] }: z.ZodError): string {
  const isField = first?.path.length === 1 && first.path[0] !== 'do';
  return isField ? first.message : 'Unknown fault. reference.md lists them all.';
}

/** Planned faults, the app's connection, and the names that a fault can be planned for. */
export interface Control {
  readonly waiting: readonly PlannedFault[];
  readonly state: ControlState;
  /** Names that a fault can be planned for. */
  readonly methods: readonly string[];
}

interface PlannedFault {
  /** Web API method, `response_url`, `upload_url` or `events`. */
  readonly method: string;
  readonly fault: Readonly<Record<string, unknown>>;
}

interface ControlState {
  readonly transport: 'socket' | 'http';
  /** True if the app has a socket open; null over HTTP. */
  readonly connected: boolean | null;
  readonly tokenValid: boolean;
  readonly installed: boolean;
}

const describeControl = (slack: LocalSlack): Control => ({
  waiting: plannedFaults(slack),
  state: {
    transport: slack.usesSocketMode ? 'socket' : 'http',
    connected: slack.usesSocketMode ? slack.sockets.count > 0 : null,
    tokenValid: slack.isTokenValid,
    installed: slack.isInstalled,
  },
  methods: [ANY_METHOD, ...METHOD_NAMES, 'response_url', 'upload_url'],
});

const plannedFaults = ({ faults, duplicatesLeft }: LocalSlack): PlannedFault[] => [
  ...faults.pending().map(({ method: name, fault }) => ({
    method: name,
    fault: 'held' in fault ? { held: fault.when } : { ...fault },
  })),
  ...(duplicatesLeft > 0 ? [{ method: 'events', fault: { deliverTwice: duplicatesLeft } }] : []),
];

/** Applies a request. Returns a sentence about the effect, or null if the list of planned faults shows it. */
function applyRequest(asked: ControlRequest, slack: LocalSlack): string | null {
  if ('method' in asked) {
    const fault = toFault(asked);
    slack.faults.plan(asked.method, ...Array.from({ length: asked.times }, () => fault));
    return null;
  }
  switch (asked.do) {
    case 'deliverTwice':
      slack.duplicateEvents(asked.times);
      return null;
    case 'disconnect':
      return disconnect(slack, asked.how);
    // The record of deliveries shows the app's answers, so the request doesn't wait for them.
    case 'revokeToken':
      if (!slack.isTokenValid) return 'The token was already invalid.';
      void slack.revokeToken();
      return 'The app’s token is revoked. Its calls fail until you install the app again.';
    case 'uninstall':
      if (!slack.isInstalled) return 'The app isn’t installed.';
      void slack.uninstall();
      return 'The app is uninstalled. It has left every channel, and its command no longer works.';
    case 'reinstall': {
      const before = slack.isInstalled;
      slack.reinstall();
      return before
        ? 'The app was already installed. Its token works.'
        : 'The app is installed with its old token. It is in no channel: invite it, or let it join.';
    }
    case 'clear':
      slack.faults.clear();
      slack.stopDuplicating();
      return 'All planned faults are deleted.';
  }
}

function disconnect({ sockets, usesSocketMode }: LocalSlack, how: 'refresh' | 'drop'): string {
  if (!usesSocketMode) return 'Nothing to cut: the app uses HTTP, not a socket.';
  if (sockets.count === 0) return 'Nothing to cut: the app has no open socket.';
  if (how === 'drop') {
    sockets.drop();
    return 'The socket is cut. The app should reconnect within seconds.';
  }
  sockets.refresh();
  return 'Slack asked the app to reconnect.';
}

function toFault(asked: Extract<ControlRequest, { readonly method: string }>): Fault {
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
