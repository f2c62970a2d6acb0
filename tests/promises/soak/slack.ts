import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArguments, readBody } from '../../../packages/local-slack/server/http.ts';

/** What the bot asks of Slack, and when, in milliseconds of `performance.now()`. */
export interface Call {
  readonly method: string;
  readonly args: Readonly<Record<string, string>>;
  readonly at: number;
  /** What is answered. */
  readonly answer: Readonly<Record<string, unknown>>;
}

/**
 * A Slack of many workspaces that does nothing but answer, after a while. Triggers end after three seconds as they do
 * in earnest.
 */
export interface Slack {
  readonly apiUrl: string;
  /** Where a private answer goes to; what comes is a call of the method `reply`, with `id`. */
  replyUrl(id: string): string;
  /** A trigger that works for three seconds from now. */
  trigger(id: string): string;
  /** How long it takes to answer. */
  delayMs: number;
  /** Is told of each call as it arrives. */
  onCall: (call: Call) => void;
  close(): Promise<void>;
}

const TRIGGER_LIVES_MS = 3_000;

export async function startSlack(): Promise<Slack> {
  let posted = 0;
  const answers = (method: string, args: Call['args'], arrived: number): Call['answer'] => {
    switch (method) {
      case 'auth.test':
        return { ok: true, team_id: 'T1', user_id: 'U0BOT', bot_id: 'B1', user: 'django-or-flask' };
      case 'views.open':
      case 'views.push':
        return arrived - Number(args.trigger_id?.split('-')[1]) > TRIGGER_LIVES_MS
          ? { ok: false, error: 'trigger_expired' }
          : { ok: true, view: { id: 'V1' } };
      case 'chat.postMessage':
        posted += 1;
        return { ok: true, channel: args.channel, ts: `${posted}.000001` };
      case 'files.getUploadURLExternal':
        return { ok: true, upload_url: `${origin}/api/upload`, file_id: 'F1' };
      case 'chat.getPermalink':
        return { ok: true, permalink: 'https://soak.slack.com/p' };
      default:
        return { ok: true };
    }
  };
  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const body = await readBody(req);
    const at = performance.now();
    const [, place, name = ''] = req.url?.split('/') ?? [];
    const method = place === 'reply' ? 'reply' : name;
    const args = place === 'reply' ? { id: name, ...JSON.parse(body) } : fieldsOf(req, body);
    const answer = answers(method, args, at);
    slack.onCall({ method, args, at, answer });
    if (slack.delayMs > 0) await pause(slack.delayMs);
    const text = JSON.stringify(answer);
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    res.end(text);
  };
  const server = createServer((req, res) => {
    handle(req, res).catch(() => res.destroy());
  });
  // Connections that nobody uses stay open longer than the bot keeps them: Slack never closes one in its face.
  server.keepAliveTimeout = 120_000;
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const slack: Slack = {
    apiUrl: `${origin}/api/`,
    replyUrl: (id) => `${origin}/reply/${id}`,
    trigger: (id) => `${id}-${performance.now()}`,
    delayMs: 0,
    onCall: () => {},
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return slack;
}

/** What is no text is JSON, as in a form. */
function fieldsOf({ headers }: IncomingMessage, body: string): Record<string, string> {
  const fields = Object.entries(parseArguments(headers['content-type'] ?? '', body));
  return Object.fromEntries(
    fields.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
