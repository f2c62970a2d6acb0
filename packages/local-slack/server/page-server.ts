import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AppSurfaces } from '../app-manifest.ts';
import type { LocalSlack } from '../local-slack.ts';
import { type PageAction, pageActionSchema, performAction } from '../people/act.ts';
import { describeError } from '../people/user-facing-error.ts';
import { parseJson } from '../state/json.ts';
import { CONTROL_PATH, serveControl } from './control.ts';
import { DialogTabs } from './dialog-tabs.ts';
import { isLocalRequest, readBody, sendJson } from './http.ts';
import { PAGE_FILES } from './page-files.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';

/** Number of calls and of deliveries that the page shows. */
const SHOWN_TRAFFIC = 100;

/** Blocks foreign and inline resources, so that text typed by people can never run as code. */
const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

export interface PageOptions {
  /** The current Slack. Null while the playground starts over. */
  readonly slack: () => LocalSlack | null;
  /** The app's commands, shortcuts and Home. */
  readonly app: AppSurfaces;
  /** Preferred port. If another program uses it, any free port. 0 picks any. */
  readonly port: number;
  /** Deletes all state. Resolves when a new Slack is running. */
  startOver(): Promise<void>;
  /** Folder that is kept at the end and that "Start over" empties. */
  readonly keptFolder?: string | null;
}

interface Site extends PageOptions {
  /** Open event streams, each with the function that stops its listener on the current Slack. */
  readonly listening: Map<ServerResponse, () => void>;
  /** The tab of each person's last action and of their open dialog. */
  readonly tabs: DialogTabs;
  /** Error of the last attempt to start over, or null. */
  failure: string | null;
}

/** Serves the page on the loopback interface. Resolves to its URL. */
export async function servePage(options: PageOptions): Promise<{ url: string; close(): Promise<void> }> {
  const site: Site = { ...options, listening: new Map(), tabs: new DialogTabs(), failure: null };
  const server = createServer((req, res) => {
    routeRequest(req, res, site).catch(() => {
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

async function routeRequest(req: IncomingMessage, res: ServerResponse, site: Site): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) res.setHeader(name, value);
  if (!isLocalRequest(req))
    return sendJson(res, 403, { problem: 'The playground accepts requests only from this machine.' });
  const url = new URL(req.url ?? '/', 'http://localhost');
  const file = PAGE_FILES[url.pathname];
  if ((req.method === 'GET' || req.method === 'HEAD') && file) {
    const { type, body } = file(site.app);
    res.writeHead(200, { 'content-type': `${type}; charset=utf-8` });
    res.end(body);
    return;
  }
  const route = `${req.method} ${url.pathname}`;
  // These two routes also work while there is no Slack.
  if (route === 'GET /changes') return stream(res, site);
  if (route === 'POST /start-over') return startOver(req, res, site);
  const slack = site.slack();
  // Browsers log every 503 as an error, and starting over isn't one.
  if (slack === null)
    return sendJson(res, site.failure === null ? 200 : 503, { problem: site.failure ?? 'Starting over…' });
  if (url.pathname.startsWith(CONTROL_PATH)) return serveControl(req, res, slack);
  switch (route) {
    case 'GET /state':
      return sendJson(res, 200, snapshotFor(url.searchParams, slack, site));
    case 'GET /traffic':
      return sendJson(res, 200, lastTraffic(slack));
    case 'POST /act':
      return handleAction(req, res, slack, site);
    default:
      sendJson(res, 404, { problem: 'Not found.' });
  }
}

/** Returns what a person sees in one tab. Without a tab, all of it. */
function snapshotFor(asked: URLSearchParams, slack: LocalSlack, { app, keptFolder, tabs }: Site): Snapshot {
  const snapshot = takeSnapshot(slack, asked.get('as'), app, keptFolder);
  const [root] = snapshot.views;
  const tab = asked.get('tab');
  if (root === undefined || tab === null || tabs.shows(snapshot.person, root.id, tab)) return snapshot;
  return { ...snapshot, views: [] };
}

/** Returns the newest calls and deliveries, and the number of older ones. */
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

/** Streams a server-sent event for every change, so that the page doesn't poll. */
function stream(res: ServerResponse, site: Site): void {
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  res.write('retry: 300\ndata: hello\n\n');
  streamChanges(res, site);
  res.once('close', () => {
    site.listening.get(res)?.();
    site.listening.delete(res);
  });
}

/** Streams the current Slack's changes to a page, and stops streaming those of the previous Slack. */
function streamChanges(page: ServerResponse, { slack, listening }: Site): void {
  listening.get(page)?.();
  const stop = slack()?.listen(() => void page.write('data: changed\n\n'));
  listening.set(page, stop ?? (() => {}));
}

async function handleAction(
  req: IncomingMessage,
  res: ServerResponse,
  slack: LocalSlack,
  { app, tabs }: Site,
): Promise<void> {
  if (!isJson(req)) return sendJson(res, 415, { problem: 'Send JSON.' });
  const parsed = pageActionSchema.safeParse(parseJson(await readBody(req)));
  if (!parsed.success) return sendJson(res, 400, { problem: 'Unknown action. Reload the page.' });
  tabs.acted(parsed.data.as, parsed.data.tab);
  sendJson(res, 200, { problem: await tryAction(slack, app, parsed.data) });
}

/** Performs an action. Returns errors as sentences. */
async function tryAction(slack: LocalSlack, app: AppSurfaces, asked: PageAction): Promise<string | null> {
  try {
    return await performAction(slack, app, asked);
  } catch (error) {
    return describeError(error);
  }
}

async function startOver(req: IncomingMessage, res: ServerResponse, site: Site): Promise<void> {
  if (!isJson(req)) return sendJson(res, 415, { problem: 'Send JSON.' });
  site.failure = null;
  let problem: string | null = null;
  try {
    await site.startOver();
  } catch {
    problem = 'Starting over failed. Check the bot’s log, then try again.';
    site.failure = problem;
  }
  for (const page of [...site.listening.keys()]) {
    streamChanges(page, site);
    page.write('data: changed\n\n');
  }
  sendJson(res, problem === null ? 200 : 500, { problem });
}

/** Another site can make a browser send a form here, but not JSON. */
const isJson = (req: IncomingMessage): boolean => req.headers['content-type'] === 'application/json';
