import { describe, expect, it } from 'vitest';
import {
  answerTo,
  aTurn,
  command,
  connectTo,
  FORM,
  NOW,
  requestOf,
  signatureOf,
  startReceiver,
} from '../../support/receiver.ts';

/** Encodes a body in chunks of this many bytes. */
function chunked(body: string, size: number, { extension = '', trailers = '' } = {}): string {
  const chunks = body.match(new RegExp(`.{1,${size}}`, 'g')) ?? [];
  const lines = chunks.map((chunk) => `${chunk.length.toString(16)}${extension}\r\n${chunk}\r\n`);
  return `${lines.join('')}0\r\n${trailers}\r\n`;
}

/** The head of a signed request with a chunked body. */
function chunkedHead(body: string, headers: Record<string, string | null> = {}): Buffer {
  const signed = { 'x-slack-signature': signatureOf(body), 'content-length': null };
  return requestOf('', { ...signed, 'transfer-encoding': 'chunked', ...headers });
}

describe('a body in chunks', () => {
  const body = command('in chunks');

  it.each<[string, string]>([
    ['of any size', chunked(body, 7)],
    ['of one byte', chunked(body, 1)],
    ['with extensions', chunked(body, 20, { extension: ';name=value' })],
    ['with headers behind it', chunked(body, 20, { trailers: 'x-more: 1\r\n' })],
  ])('%s is the same body', async (_, bytes) => {
    const { port } = await startReceiver();
    const request = Buffer.concat([chunkedHead(body), Buffer.from(bytes)]);
    expect(await answerTo(port, request)).toEqual({ status: 200, body: 'in chunks' });
  });

  it('is not signed by a header behind it', async () => {
    const { port, heard } = await startReceiver();
    const trailers = `x-slack-signature: ${signatureOf(body)}\r\n`;
    const head = chunkedHead(body, { 'x-slack-signature': null, trailer: 'x-slack-signature' });
    const request = Buffer.concat([head, Buffer.from(chunked(body, 20, { trailers }))]);
    expect((await answerTo(port, request)).status).toBe(401);
    expect(heard).toEqual([]);
  });

  it.each<[string, string, number]>([
    ['whose length is no number', `xyz\r\n${body}\r\n0\r\n\r\n`, 400],
    ['whose length is negative', `-1\r\n${body}\r\n0\r\n\r\n`, 400],
    ['that is longer than it says', `5\r\n${body}\r\n0\r\n\r\n`, 400],
    ['whose length overflows', `${'f'.repeat(17)}\r\n${body}\r\n0\r\n\r\n`, 400],
    ['with an extension without end', `1;${'x'.repeat(20_000)}`, 413],
  ])('%s is refused', async (_, bytes, status) => {
    const { port, heard } = await startReceiver();
    const request = Buffer.concat([chunkedHead(body), Buffer.from(bytes)]);
    expect((await answerTo(port, request)).status).toBe(status);
    expect(heard).toEqual([]);
  });
});

describe('a request inside another one’s body', () => {
  const inner = requestOf(command('smuggled')).toString('latin1');

  // Request smuggling: one server reads a body, the next a second request. The signature covers all of it.
  it.each<[string, Record<string, string | null>]>([
    ['a length and chunks', { 'content-length': '5', 'transfer-encoding': 'chunked' }],
    ['chunks and a length', { 'transfer-encoding': 'chunked', 'content-length': '5' }],
    ['no chunks, last', { 'content-length': null, 'transfer-encoding': 'chunked, identity' }],
    ['chunks that are none', { 'content-length': null, 'transfer-encoding': 'xchunked' }],
    ['a space before the colon', { 'content-length': null, 'transfer-encoding ': 'chunked' }],
    ['a line that goes on', { 'content-length': null, 'transfer-encoding': '\r\n chunked' }],
    ['two lengths in one', { 'content-length': '5, 5' }],
    ['a length with a sign', { 'content-length': '+5' }],
    ['a length with a space in it', { 'content-length': '5 5' }],
    ['a length in hexadecimal', { 'content-length': '0x5' }],
    ['a length with a break in its name', { 'content-length': null, 'content-\nlength': '5' }],
    ['an end in the middle of a header', { 'x-forged': 'a\r\n\r\n' }],
    ['a carriage return alone', { 'x-forged': 'a\rcontent-length: 0' }],
    ['a zero byte', { 'x-forged': 'a\0b' }],
  ])('%s', async (_, headers) => {
    const { port, heard } = await startReceiver();
    const connection = await connectTo(port);
    connection.write(requestOf(`0\r\n\r\n${inner}`, { ...headers, 'x-slack-signature': null }));
    await connection.closed;
    expect(connection.rest()).toMatch(/^HTTP\/1\.1 40[01] /);
    expect(connection.rest()).not.toContain('smuggled');
    expect(heard).toEqual([]);
  });

  it('of a refused size is never looked at', async () => {
    const { port, heard } = await startReceiver();
    const connection = await connectTo(port);
    connection.write(requestOf('', { 'content-length': String(2 * 1024 * 1024) }));
    connection.write(inner);
    expect((await connection.answer()).status).toBe(413);
    await connection.closed;
    expect([connection.rest(), heard]).toEqual(['', []]);
  });
});

describe('other versions of the protocol', () => {
  const body = command('old');

  it('HTTP/1.0 is answered, and its connection closed', async () => {
    const { port } = await startReceiver();
    const connection = await connectTo(port);
    connection.write(requestOf(body, { host: null }, 'POST /slack/events HTTP/1.0'));
    expect(await connection.answer()).toEqual({ status: 200, body: 'old' });
    await connection.closed;
  });

  it('HTTP/1.0 whose sender keeps it open is answered again', async () => {
    const { port } = await startReceiver();
    const connection = await connectTo(port);
    for (const _ of [1, 2]) {
      connection.write(requestOf(body, { connection: 'keep-alive' }, 'POST /slack/events HTTP/1.0'));
      expect(await connection.answer()).toEqual({ status: 200, body: 'old' });
    }
  });

  it.each<[string, string]>([
    ['HTTP/1.1 without a host', requestOf(body, { host: null }).toString('latin1')],
    ['HTTP/2 without being asked', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a version that there is not', requestOf(body, {}, 'POST /slack/events HTTP/9.9').toString('latin1')],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('%s is refused', async (_, bytes) => {
    const { port, heard } = await startReceiver();
    expect((await answerTo(port, Buffer.from(bytes, 'latin1'))).status).toBe(400);
    expect(heard).toEqual([]);
  });

  it('an upgrade is passed over', async () => {
    const { port } = await startReceiver();
    const headers = { connection: 'upgrade', upgrade: 'h2c' };
    expect(await answerTo(port, requestOf(body, headers))).toEqual({ status: 200, body: 'old' });
  });

  it('a whole URL in place of the path counts by its path', async () => {
    const { port } = await startReceiver();
    const ask = (url: string) => answerTo(port, requestOf(body, {}, `POST ${url} HTTP/1.1`));
    expect(await ask('http://bot.example.org/slack/events?a=1')).toEqual({ status: 200, body: 'old' });
    expect((await ask('http://bot.example.org/elsewhere')).status).toBe(404);
  });

  it('nobody is let through to elsewhere', async () => {
    const { port } = await startReceiver();
    const connection = await connectTo(port);
    connection.write('CONNECT slack.com:443 HTTP/1.1\r\nhost: slack.com:443\r\n\r\n');
    await connection.closed;
    expect(connection.rest()).toBe('');
    expect((await answerTo(port, requestOf(body, {}, 'POST http://elsewhere/ HTTP/1.1'))).status).toBe(404);
  });
});

describe('connections', () => {
  const body = command('here');

  it('stay open, and are closed where the sender asks for it', async () => {
    const { port } = await startReceiver();
    const connection = await connectTo(port);
    for (let n = 0; n < 3; n += 1) {
      connection.write(requestOf(body));
      expect(await connection.answer()).toEqual({ status: 200, body: 'here' });
    }
    connection.write(requestOf(body, { connection: 'close' }));
    expect(await connection.answer()).toEqual({ status: 200, body: 'here' });
    await connection.closed;
  });

  it('that stay idle are closed', async () => {
    const { port } = await startReceiver({
      timeouts: { headers: 1_000, request: 1_000, check: 1_000, idle: 20 },
    });
    const connection = await connectTo(port);
    connection.write(requestOf(body));
    await connection.answer();
    await connection.closed;
  });

  it('a sender that waits to be asked for its body is asked', async () => {
    const { port } = await startReceiver();
    const connection = await connectTo(port);
    const bytes = requestOf(body, { expect: '100-continue' }).toString();
    const [head = ''] = bytes.split('\r\n\r\n');
    connection.write(`${head}\r\n\r\n`);
    while (connection.rest() === '') await aTurn();
    expect(connection.rest()).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    connection.write(body);
    while (!connection.rest().endsWith('here')) await aTurn();
    expect(connection.rest()).toContain('HTTP/1.1 200 OK');
  });

  it('a sender that expects anything else is told so', async () => {
    const { port, heard } = await startReceiver();
    const connection = await connectTo(port);
    connection.write(requestOf(body, { expect: 'miracles', connection: 'close' }));
    await connection.closed;
    expect(connection.rest()).toMatch(/^HTTP\/1\.1 417 /);
    expect(heard).toEqual([]);
  });

  it('by the hundred that send nothing block no one, and are closed', async () => {
    const { port, heard } = await startReceiver({
      timeouts: { headers: 500, request: 500, check: 50, idle: 1_000 },
    });
    const silent = await Promise.all(Array.from({ length: 300 }, () => connectTo(port)));
    expect(await answerTo(port, requestOf(body))).toEqual({ status: 200, body: 'here' });
    await Promise.all(silent.map(({ closed }) => closed));
    expect(heard).toEqual(['here']);
  });

  it('that are only half open are answered all the same', async () => {
    const { port } = await startReceiver();
    const connection = await connectTo(port);
    connection.write(requestOf(body));
    connection.finish();
    expect(await connection.answer()).toEqual({ status: 200, body: 'here' });
    await connection.closed;
  });
});

it('a header in other bytes than text is no signature', async () => {
  const { port, heard } = await startReceiver();
  const body = command('bytes');
  const head = `POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-type: ${FORM}\r\ncontent-length: ${body.length}\r\nx-slack-request-timestamp: ${NOW / 1_000}\r\nx-slack-signature: v0=`;
  const odd = Buffer.concat([Buffer.from(head), Buffer.alloc(64, 0xff), Buffer.from(`\r\n\r\n${body}`)]);
  expect((await answerTo(port, odd)).status).toBe(401);
  expect(heard).toEqual([]);
});
