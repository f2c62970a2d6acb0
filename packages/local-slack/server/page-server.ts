import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AppSurfaces } from '../app-manifest.ts';
import type { LocalSlack } from '../local-slack.ts';
import { type PageAction, pageActionSchema, performAction } from '../people/act.ts';
import { describeError } from '../people/told.ts';
import { parseJson } from '../state/json.ts';
import { CONTROL_PATH, serveControl } from './control.ts';
import { isLocalRequest } from './guard.ts';
import { readBody, sendJson } from './http.ts';
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
  /** The folder that "Start over" empties although it stays otherwise. */
  readonly keptFolder?: string | null;
}

interface Site extends PageOptions {
  /** Pages that hear of changes, and how each stops to listen to the Slack of now. */
  readonly listening: Map<ServerResponse, () => void>;
  /** Why there is no Slack. */
  absent: string;
}

/** Serves the page on the loopback interface; resolves to its address. */
export async function servePage(options: PageOptions): Promise<{ url: string; close(): Promise<void> }> {
  const site: Site = { ...options, listening: new Map(), absent: 'Starting over…' };
  const server = createServer((req, res) => {
    handle(req, res, site).catch(() => {
      if (!res.headersSent) sendJson(res, 500, { problem: 'The playground failed. Reload the page.' });
    });
  });
  const port = await bind(server, options.port);
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function bind(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE' && port !== 0) resolve(bind(server, 0));
    else reject(error);
  });
  server.listen(port, '127.0.0.1', () => {
    const address = server.address();
    resolve(typeof address === 'object' && address !== null ? address.port : port);
  });
  return promise;
}

async function handle(req: IncomingMessage, res: ServerResponse, site: Site): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) res.setHeader(name, value);
  if (!isLocalRequest(req)) return sendJson(res, 403, { problem: 'Only for this machine.' });
  const url = new URL(req.url ?? '/', 'http://localhost');
  const file = PAGE_FILES[url.pathname];
  if ((req.method === 'GET' || req.method === 'HEAD') && file) {
    const { type, body } = file(site.app);
    res.writeHead(200, { 'content-type': `${type}; charset=utf-8` });
    res.end(body);
    return;
  }
  const route = `${req.method} ${url.pathname}`;
  // These two are there while there is no Slack, too.
  if (route === 'GET /changes') return stream(res, site);
  if (route === 'POST /start-over') return startOver(req, res, site);
  const slack = site.slack();
  if (slack === null) return sendJson(res, 503, { problem: site.absent });
  if (url.pathname.startsWith(CONTROL_PATH)) return serveControl(req, res, slack);
  switch (route) {
    case 'GET /state':
      return sendJson(res, 200, snapshotFor(slack, url.searchParams.get('as'), site.app, site.keptFolder));
    case 'GET /traffic':
      return sendJson(res, 200, lastTraffic(slack));
    case 'POST /act':
      return takeAct(req, res, slack, site.app);
    default:
      sendJson(res, 404, { problem: 'There is nothing here.' });
  }
}

/** The newest of both directions, and how many more are remembered. */
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
function stream(res: ServerResponse, site: Site): void {
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  res.write('retry: 300\ndata: hello\n\n');
  listen(res, site);
  res.once('close', () => {
    site.listening.get(res)?.();
    site.listening.delete(res);
  });
}

/** From now on the page hears of what changes in the Slack of now, if there is one. */
function listen(page: ServerResponse, { slack, listening }: Site): void {
  listening.get(page)?.();
  const stop = slack()?.listen(() => void page.write('data: changed\n\n'));
  listening.set(page, stop ?? (() => {}));
}

async function takeAct(
  req: IncomingMessage,
  res: ServerResponse,
  slack: LocalSlack,
  app: AppSurfaces,
): Promise<void> {
  if (!isJson(req)) return sendJson(res, 415, { problem: 'JSON, please.' });
  const parsed = pageActionSchema.safeParse(parseJson(await readBody(req)));
  if (!parsed.success)
    return sendJson(res, 400, { problem: 'The page asked for something that does not exist.' });
  sendJson(res, 200, { problem: await tried(slack, app, parsed.data) });
}

/** What Slack's client would not let anybody do comes back as a sentence. */
async function tried(slack: LocalSlack, app: AppSurfaces, asked: PageAction): Promise<string | null> {
  try {
    return await performAction(slack, app, asked);
  } catch (error) {
    return describeError(error);
  }
}

async function startOver(req: IncomingMessage, res: ServerResponse, site: Site): Promise<void> {
  if (!isJson(req)) return sendJson(res, 415, { problem: 'JSON, please.' });
  site.absent = 'Starting over…';
  let problem: string | null = null;
  try {
    await site.startOver();
  } catch {
    problem = 'Starting over failed. Try it again; the bot’s log says more.';
    site.absent = problem;
  }
  for (const page of [...site.listening.keys()]) {
    listen(page, site);
    page.write('data: changed\n\n');
  }
  sendJson(res, problem === null ? 200 : 500, { problem });
}

/** A page elsewhere can make a browser send a form here without being asked, but no JSON. */
const isJson = (req: IncomingMessage): boolean => req.headers['content-type'] === 'application/json';
