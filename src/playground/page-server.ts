import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Act, act, actSchema } from './act.ts';
import type { AppSurfaces } from './app-manifest.ts';
import { CONTROL_PATH, serveControl } from './control.ts';
import { isLocalRequest } from './guard.ts';
import { readBody, sendJson } from './http.ts';
import { parseJson } from './json.ts';
import type { LocalSlack } from './local-slack.ts';
import { PAGE_FILES } from './page-files.ts';
import { snapshotFor } from './snapshot.ts';

/** In each direction. */
const SHOWN_TRAFFIC = 100;

/** Nothing from elsewhere, nothing inline: what people type can never become code. */
const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

export interface PageOptions {
  /** Null while everything starts over. */
  readonly slack: () => LocalSlack | null;
  /** What the app offers people. */
  readonly app: AppSurfaces;
  /** Tried first; another free one is taken where it is not free. 0 takes any. */
  readonly port: number;
  /** Forgets everything that has happened; resolves when there is a new Slack. */
  startOver(): Promise<void>;
}

interface Site extends PageOptions {
  /** Pages that listen for changes. */
  readonly listening: Set<ServerResponse>;
}

/** Serves the page on the loopback interface; resolves to its address. */
export async function servePage(options: PageOptions): Promise<{ url: string; close(): Promise<void> }> {
  const site: Site = { ...options, listening: new Set() };
  const server = createServer((req, res) => {
    handle(req, res, site).catch(() => {
      if (!res.headersSent) sendJson(res, 500, { problem: 'The playground failed. Reload the page.' });
    });
  });
  const port = await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE' && port !== 0) resolve(listen(server, 0));
    else reject(error);
  });
  server.listen(port, '127.0.0.1', () => {
    const address = server.address();
    resolve(typeof address === 'object' && address !== null ? address.port : port);
  });
  return promise;
}

async function handle(req: IncomingMessage, res: ServerResponse, site: Site): Promise<void> {
  if (!isLocalRequest(req)) return sendJson(res, 403, { problem: 'Only for this machine.' });
  const url = new URL(req.url ?? '/', 'http://localhost');
  const file = PAGE_FILES[url.pathname];
  if (req.method === 'GET' && file) {
    const { type, body } = file();
    res.writeHead(200, { ...SECURITY_HEADERS, 'content-type': `${type}; charset=utf-8` });
    res.end(body);
    return;
  }
  const slack = site.slack();
  if (slack === null) return sendJson(res, 503, { problem: 'Starting over…' });
  if (url.pathname.startsWith(CONTROL_PATH)) return serveControl(req, res, slack);
  switch (`${req.method} ${url.pathname}`) {
    case 'GET /state':
      return sendJson(res, 200, snapshotFor(slack, url.searchParams.get('as'), site.app), SECURITY_HEADERS);
    case 'GET /traffic':
      return sendJson(res, 200, lastTraffic(slack), SECURITY_HEADERS);
    case 'GET /changes':
      return stream(res, slack, site.listening);
    case 'POST /act':
      return takeAct(req, res, slack, site.app);
    case 'POST /start-over':
      return startOver(req, res, site);
    default:
      sendJson(res, 404, { problem: 'There is nothing here.' });
  }
}

/** The newest of both directions, and how many there have been. */
function lastTraffic({ calls, deliveries }: LocalSlack) {
  return {
    calls: calls.slice(-SHOWN_TRAFFIC),
    deliveries: deliveries.slice(-SHOWN_TRAFFIC),
    before: {
      calls: Math.max(0, calls.length - SHOWN_TRAFFIC),
      deliveries: Math.max(0, deliveries.length - SHOWN_TRAFFIC),
    },
  };
}

/** Server-sent events: one for every change, so that the page never polls. */
function stream(res: ServerResponse, slack: LocalSlack, listening: Set<ServerResponse>): void {
  res.writeHead(200, { ...SECURITY_HEADERS, 'content-type': 'text/event-stream' });
  res.write('retry: 300\ndata: hello\n\n');
  listening.add(res);
  const stop = slack.listen(() => void res.write('data: changed\n\n'));
  res.once('close', () => {
    stop();
    listening.delete(res);
  });
}

async function takeAct(
  req: IncomingMessage,
  res: ServerResponse,
  slack: LocalSlack,
  app: AppSurfaces,
): Promise<void> {
  if (!isJson(req)) return sendJson(res, 415, { problem: 'JSON, please.' });
  const parsed = actSchema.safeParse(parseJson(await readBody(req)));
  if (!parsed.success)
    return sendJson(res, 400, { problem: 'The page asked for something that does not exist.' });
  sendJson(res, 200, { problem: await tried(slack, app, parsed.data) });
}

/** What Slack's client would not let anybody do comes back as a sentence. */
async function tried(slack: LocalSlack, app: AppSurfaces, asked: Act): Promise<string | null> {
  try {
    return await act(slack, app, asked);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function startOver(req: IncomingMessage, res: ServerResponse, site: Site): Promise<void> {
  if (!isJson(req)) return sendJson(res, 415, { problem: 'JSON, please.' });
  await site.startOver();
  // Their Slack is gone; they come back by themselves and find the new one.
  for (const page of site.listening) page.end();
  sendJson(res, 200, { problem: null });
}

/** A page elsewhere can make a browser send a form here without being asked, but no JSON. */
const isJson = (req: IncomingMessage): boolean => req.headers['content-type'] === 'application/json';
