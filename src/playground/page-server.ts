import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { type Act, act, actSchema } from './act.ts';
import type { AppSurfaces } from './app-manifest.ts';
import { CONTROL_PATH, serveControl } from './control.ts';
import { isLocalRequest } from './guard.ts';
import { readBody, sendJson } from './http.ts';
import { parseJson } from './json.ts';
import type { LocalSlack } from './slack-server.ts';
import { snapshotFor } from './snapshot.ts';

const PAGE = new URL('./page/', import.meta.url);
const require = createRequire(import.meta.url);

interface PageFile {
  readonly type: string;
  readonly body: string;
}

/** Everything the page is made of. TypeScript is served with its types stripped: there is no build step. */
const FILES: Readonly<Record<string, () => PageFile>> = {
  '/': () => ({ type: 'text/html', body: page('index.html') }),
  '/preact.js': () => ({ type: 'text/javascript', body: vendor('preact') }),
  '/preact-hooks.js': () => ({ type: 'text/javascript', body: vendor('preact/hooks') }),
  ...Object.fromEntries(
    readdirSync(PAGE)
      .filter((name) => /\.(css|ts)$/.test(name))
      .map((name) => [`/${name}`, () => served(name)]),
  ),
};

function served(name: string): PageFile {
  if (name.endsWith('.css')) return { type: 'text/css', body: page(name) };
  return { type: 'text/javascript', body: named(stripTypeScriptTypes(page(name))) };
}

function page(name: string): string {
  return readFileSync(new URL(name, PAGE), 'utf8');
}

function vendor(name: string): string {
  return named(readFileSync(require.resolve(name).replace(/\.js$/, '.mjs'), 'utf8'));
}

/** Browsers know addresses, not packages. */
function named(code: string): string {
  return code
    .replaceAll(/from\s*(["'])preact\/hooks\1/g, 'from "./preact-hooks.js"')
    .replaceAll(/from\s*(["'])preact\1/g, 'from "./preact.js"')
    .replace(/^\/\/# sourceMappingURL=.*$/m, '');
}

/** Nothing from elsewhere, nothing inline: what people type can never become code. */
const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

export interface PageOptions {
  readonly slack: LocalSlack;
  /** What the app offers people. */
  readonly app: AppSurfaces;
  /** Tried first; another free one is taken where it is not free. 0 takes any. */
  readonly port: number;
}

/** Serves the page on the loopback interface; resolves to its address. */
export async function servePage(options: PageOptions): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((req, res) => {
    handle(req, res, options).catch(() => {
      if (!res.headersSent) sendJson(res, 500, { problem: 'The playground failed. Reload the page.' });
    });
  });
  const port = await listen(server, options.port);
  return {
    url: `http://localhost:${port}/`,
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

async function handle(req: IncomingMessage, res: ServerResponse, options: PageOptions): Promise<void> {
  if (!isLocalRequest(req)) return sendJson(res, 403, { problem: 'Only for this machine.' });
  const url = new URL(req.url ?? '/', 'http://localhost');
  const file = FILES[url.pathname];
  if (req.method === 'GET' && file) {
    const { type, body } = file();
    res.writeHead(200, { ...SECURITY_HEADERS, 'content-type': `${type}; charset=utf-8` });
    res.end(body);
    return;
  }
  const { slack, app } = options;
  if (req.method === 'GET' && url.pathname === '/state') {
    return sendJson(res, 200, snapshotFor(slack, url.searchParams.get('as') ?? '', app), SECURITY_HEADERS);
  }
  if (req.method === 'GET' && url.pathname === '/traffic') {
    return sendJson(
      res,
      200,
      { calls: slack.calls.slice(-100), deliveries: slack.deliveries.slice(-100) },
      SECURITY_HEADERS,
    );
  }
  if (req.method === 'GET' && url.pathname === '/changes') return stream(res, slack);
  if (url.pathname.startsWith(CONTROL_PATH)) return serveControl(req, res, slack);
  if (req.method === 'POST' && url.pathname === '/act') return takeAct(req, res, options);
  sendJson(res, 404, { problem: 'There is nothing here.' });
}

/** Server-sent events: one for every change, so that the page never polls. */
function stream(res: ServerResponse, slack: LocalSlack): void {
  res.writeHead(200, { ...SECURITY_HEADERS, 'content-type': 'text/event-stream' });
  res.write('data: hello\n\n');
  const stop = slack.listen(() => void res.write('data: changed\n\n'));
  res.once('close', stop);
}

async function takeAct(
  req: IncomingMessage,
  res: ServerResponse,
  { slack, app }: PageOptions,
): Promise<void> {
  if (req.headers['content-type'] !== 'application/json')
    return sendJson(res, 415, { problem: 'JSON, please.' });
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
