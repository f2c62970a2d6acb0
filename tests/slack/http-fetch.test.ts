import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listen } from '../../src/runtime/http/serve.ts';
import { httpFetch } from '../../src/slack/web-client.ts';

interface Received {
  readonly method: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly port: number | undefined;
}

const received: Received[] = [];
let answer: (res: ServerResponse) => void = (res) => res.end('{"ok":true}');
const server = createServer(async (req, res) => {
  const chunks: Buffer[] = await Array.fromAsync(req as AsyncIterable<Buffer>);
  const { method, headers, socket } = req;
  received.push({ method, headers, body: Buffer.concat(chunks).toString(), port: socket.remotePort });
  answer(res);
});
let address = '';

beforeAll(async () => {
  address = `http://127.0.0.1:${(await listen(server, '127.0.0.1', 0)).port}/api/chat.update`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  received.length = 0;
  answer = (res) => res.end('{"ok":true}');
});

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const send = (fetch = httpFetch(), init: RequestInit = {}): Promise<Response> =>
  fetch(address, { method: 'POST', headers: form, body: 'text=Jürgen’s', ...init });

describe('a call over Node’s own client', () => {
  it('sends what it is given, with its length in bytes, and reads the answer', async () => {
    answer = (res) => {
      res.writeHead(200, { 'content-type': 'application/json', 'x-oauth-scopes': 'commands,chat:write' });
      res.end('{"ok":true,"text":"Zoë"}');
    };
    const response = await send();
    expect(received).toMatchObject([
      { method: 'POST', body: 'text=Jürgen’s', headers: { ...form, 'content-length': '16' } },
    ]);
    expect([response.status, response.ok]).toEqual([200, true]);
    expect(response.headers.get('x-oauth-scopes')).toBe('commands,chat:write');
    expect(await response.json()).toEqual({ ok: true, text: 'Zoë' });
  });

  it('stays on one connection from call to call', async () => {
    const fetch = httpFetch();
    for (let i = 0; i < 3; i += 1) await (await send(fetch)).text();
    expect(new Set(received.map(({ port }) => port)).size).toBe(1);
  });

  it('tells how long to wait where Slack says so, and follows no redirection', async () => {
    answer = (res) => res.writeHead(429, { 'retry-after': '7' }).end();
    const late = await send();
    expect([late.status, late.ok, late.headers.get('retry-after')]).toEqual([429, false, '7']);
    answer = (res) => res.writeHead(302, { location: address }).end();
    expect((await send()).status).toBe(302);
    answer = (res) => res.writeHead(204).end();
    expect(await (await send()).text()).toBe('');
  });

  it('fails as the global fetch does: with the system’s word in the cause, or the reason to stop', async () => {
    const nobody = createServer();
    const { port } = await listen(nobody, '127.0.0.1', 0);
    await new Promise((resolve) => nobody.close(resolve));
    await expect(
      httpFetch()(`http://127.0.0.1:${port}/`, { method: 'POST', headers: form, body: 'x' }),
    ).rejects.toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNREFUSED' } });

    answer = (res) => res.destroy();
    await expect(send()).rejects.toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } });
    answer = (res) => {
      res.writeHead(200, { 'content-length': 100 });
      res.write('{"ok":', () => res.destroy());
    };
    await expect(send()).rejects.toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } });

    const stop = new AbortController();
    answer = () => stop.abort(new DOMException('too late', 'TimeoutError'));
    await expect(send(httpFetch(), { signal: stop.signal })).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('leaves what is no text to the global fetch', async () => {
    await send(httpFetch(), { body: Uint8Array.of(1, 2, 3) });
    expect(received[0]?.body).toBe('\u0001\u0002\u0003');
  });

  it('says of each request how it ended', async () => {
    const ended: unknown[] = [];
    const fetch = httpFetch((_, how) => void ended.push(how));
    await send(fetch);
    answer = (res) => res.writeHead(500).end('down');
    await send(fetch);
    answer = (res) => res.destroy();
    await expect(send(fetch)).rejects.toThrow();
    expect(ended).toEqual([{ status: 200, text: '{"ok":true}' }, { status: 500, text: 'down' }, null]);
  });
});
