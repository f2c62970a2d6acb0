import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSignatureCheck } from '../../../src/slack/http/signature.ts';
import {
  answerTo,
  command,
  connectTo,
  FORM,
  NOW,
  requestOf,
  SECRET,
  signatureOf,
  startReceiver,
} from '../../support/receiver.ts';

describe('requests that come in pieces', () => {
  it('are the same wherever they are cut', async () => {
    const { port, heard } = await startReceiver();
    const bytes = requestOf(command('in pieces'));
    const connection = await connectTo(port);
    // All requests share one connection, so that leftover bytes of one would corrupt the next.
    for (let cut = 1; cut < bytes.length; cut += 7) {
      connection.write(bytes.subarray(0, cut));
      await new Promise((resolve) => setImmediate(resolve));
      connection.write(bytes.subarray(cut));
      expect(await connection.answer()).toEqual({ status: 200, body: 'in pieces' });
    }
    expect(new Set(heard)).toEqual(new Set(['in pieces']));
  });

  it('are the same byte by byte', async () => {
    const { port } = await startReceiver();
    const connection = await connectTo(port);
    for (const byte of requestOf(command('slowly'))) {
      connection.write(Uint8Array.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await connection.answer()).toEqual({ status: 200, body: 'slowly' });
  });

  it('that follow each other without waiting are answered in their order, each by its own listener', async () => {
    const { port, heard, release } = await startReceiver();
    const connection = await connectTo(port);
    const texts = ['hold 1', '2', '3'];
    connection.write(Buffer.concat(texts.map((text) => requestOf(command(text)))));
    release();
    const answers = [await connection.answer(), await connection.answer(), await connection.answer()];
    expect(answers.map(({ body }) => body)).toEqual(texts);
    expect(heard).toEqual(texts);
  });

  it('that never end time out, with headers and without', async () => {
    const { port, heard } = await startReceiver({
      timeouts: { headers: 40, request: 80, check: 20, idle: 1_000 },
    });
    const bytes = requestOf(command('half'));
    for (const part of [bytes.subarray(0, 20), bytes.subarray(0, bytes.length - 1)]) {
      const connection = await connectTo(port);
      connection.write(part);
      expect((await connection.answer()).status).toBe(408);
      await connection.closed;
    }
    expect(heard).toEqual([]);
  });

  it('whose sender goes away are forgotten', async () => {
    const { port, heard, log } = await startReceiver();
    const connection = await connectTo(port);
    const bytes = requestOf(command('gone'));
    connection.write(bytes.subarray(0, bytes.length - 1));
    await new Promise((resolve) => setImmediate(resolve));
    connection.end();
    expect(await answerTo(port, requestOf(command('here')))).toEqual({ status: 200, body: 'here' });
    expect(heard).toEqual(['here']);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('headers that contradict each other', () => {
  const body = command('which');
  const good = requestOf(body).toString('latin1');
  const [head = ''] = good.split('\r\n\r\n');

  it.each<[string, string, number]>([
    ['two lengths', `${head}\r\nContent-Length: 3\r\n\r\n${body}`, 400],
    ['a length and chunks', `${head}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ['two signatures', `${head}\r\nX-Slack-Signature: ${signatureOf('other')}\r\n\r\n${body}`, 401],
    ['two times', `${head}\r\nX-Slack-Request-Timestamp: 1\r\n\r\n${body}`, 401],
    ['a length that is none', good.replace(/content-length: \d+/, 'content-length: many'), 400],
    ['more than headers may hold', `${head}\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n${body}`, 431],
    ['no HTTP', 'hello there\r\n\r\n', 400],
  ])('%s', async (_, bytes, status) => {
    const { port, heard } = await startReceiver();
    expect((await answerTo(port, bytes)).status).toBe(status);
    expect(heard).toEqual([]);
  });
});

describe('signatures', () => {
  const body = command('signed');
  const time = String(NOW / 1_000);

  it.each<[string, Record<string, string | null>]>([
    ['none', { 'x-slack-signature': null }],
    ['no time', { 'x-slack-request-timestamp': null }],
    ['another version', { 'x-slack-signature': signatureOf(body).replace('v0', 'v1') }],
    ['in capitals', { 'x-slack-signature': signatureOf(body).toUpperCase() }],
    ['one digit short', { 'x-slack-signature': signatureOf(body).slice(0, -1) }],
    ['one digit more', { 'x-slack-signature': `${signatureOf(body)}0` }],
    ['no digits', { 'x-slack-signature': `v0=${'z'.repeat(64)}` }],
    ['as many characters in more bytes', { 'x-slack-signature': `v0=${'é'.repeat(64)}` }],
    ['for a time with a fraction', times(`${time}.0`)],
    ['for a time in hexadecimal', times('0x69')],
    ['for a time that is huge', times('9'.repeat(30))],
    ['for a time with an exponent', times('1e9')],
    ['for a time before the window', times(String(NOW / 1_000 - 301))],
    ['for a time after the window', times(String(NOW / 1_000 + 301))],
  ])('%s', async (_, headers) => {
    const { port, heard, log } = await startReceiver();
    expect(await answerTo(port, requestOf(body, headers))).toEqual({ status: 401, body: '' });
    expect(heard).toEqual([]);
    // The log contains neither the sent signature nor the correct one.
    expect(JSON.stringify(log.lines)).not.toMatch(/v0=|signed/);
  });

  // Slack's own example: https://docs.slack.dev/authentication/verifying-requests-from-slack
  it('are those of the example that Slack gives', () => {
    const example =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V' +
      '&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=' +
      '&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN' +
      '&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    const isSigned = createSignatureCheck('8f742231b10e8888abcd99yyyzzz85a5');
    const signed = isSigned({
      headers: {
        'x-slack-request-timestamp': '1531420618',
        'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
      },
      body: Buffer.from(example),
      now: 1_531_420_618_000,
    });
    expect(signed).toBe(true);
  });

  /** Signs a request correctly for that time. */
  function times(timestamp: string): Record<string, string> {
    return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signatureOf(body, timestamp) };
  }

  it('hold for one time, one body and one secret, and for nothing else', () => {
    const nowS = NOW / 1_000;
    const anything = fc.record({
      body: fc.uint8Array({ maxLength: 200 }),
      other: fc.uint8Array({ maxLength: 200 }),
      off: fc.integer({ min: -400, max: 400 }),
      flip: fc.nat({ max: 66 }),
    });
    const isSigned = createSignatureCheck(SECRET);
    const accepted = (body: Uint8Array, time: number, signature: string): boolean =>
      isSigned({
        headers: { 'x-slack-request-timestamp': String(time), 'x-slack-signature': signature },
        body: Buffer.from(body),
        now: NOW,
      });
    fc.assert(
      fc.property(anything, ({ body, other, off, flip }) => {
        const time = nowS + off;
        const signature = signatureOf(body, time);
        expect(accepted(body, time, signature)).toBe(Math.abs(off) <= 300);
        expect(accepted(other, time, signature)).toBe(
          Math.abs(off) <= 300 && Buffer.from(other).equals(Buffer.from(body)),
        );
        expect(accepted(body, time + 1, signature)).toBe(false);
        const changed = `${signature.slice(0, flip)}${signature[flip] === '0' ? '1' : '0'}${signature.slice(flip + 1)}`;
        expect(accepted(body, time, changed)).toBe(changed === signature && Math.abs(off) <= 300);
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });
});

describe('bodies', () => {
  const json = { 'content-type': 'application/json' };

  it.each<[string, string | Uint8Array, Record<string, string>, number]>([
    ['brackets without end', '['.repeat(100_000), json, 400],
    ['a prototype for a field', '{"__proto__":{"type":"event_callback"}}', json, 400],
    ['a form with a prototype', '__proto__=1&constructor=2', {}, 400],
    ['null', 'null', json, 400],
    ['a form that is badly escaped', `${command('x')}&text=%E0%A4%A`, {}, 200],
    ['bytes that are no text', Uint8Array.of(0x70, 0xc3, 0x28), {}, 400],
    ['no type at all', 'command=x', { 'content-type': '' }, 400],
    ['a type with more to it', command('typed'), { 'content-type': `${FORM}; charset=utf-8` }, 200],
    ['a type in capitals', command('typed'), { 'content-type': FORM.toUpperCase() }, 200],
    [
      'a compressed body',
      command('zip'),
      { 'content-encoding': 'gzip', 'content-type': 'application/gzip' },
      400,
    ],
    ['a certificate check, signed', 'ssl_check=1&token=x', {}, 200],
  ])('%s', async (_, body, headers, status) => {
    const { port } = await startReceiver();
    expect((await answerTo(port, requestOf(body, headers))).status).toBe(status);
  });

  it('a field that comes twice counts once, the last time', async () => {
    const { port, heard } = await startReceiver();
    await answerTo(port, requestOf(`${command('first')}&text=last`));
    expect(heard).toEqual(['last']);
  });

  it('a payload that comes twice counts once, the last time', async () => {
    const { port, heard } = await startReceiver();
    const [first, last] = ['first', 'last'].map((text) => {
      const payload = { command: '/echo', text, team_id: 'T1', user_id: 'U2' };
      return `payload=${encodeURIComponent(JSON.stringify(payload))}`;
    });
    expect((await answerTo(port, requestOf(`${first}&${last}`))).body).toBe('last');
    expect(heard).toEqual(['last']);
  });

  // A valid signature proves that Slack sent the request, not that its body makes sense.
  it.each<[string, string]>([
    ['an object', '{"a":'],
    ['a list', '['],
  ])('%s deeper than a stack is answered, and so is what comes after it', async (_, open) => {
    const { port, log } = await startReceiver();
    const close = open === '[' ? ']' : '}';
    const deep = `${open.repeat(100_000)}${open === '[' ? '' : '1'}${close.repeat(100_000)}`;
    for (const body of [
      `{"type":"event_callback","team_id":"T1","event":{"type":"app_home_opened","deep":${deep}}}`,
      `{"type":"block_actions","team":{"id":"T1"},"actions":[${deep}]}`,
      `{"type":"url_verification","challenge":${deep}}`,
    ]) {
      expect([200, 400, 500]).toContain((await answerTo(port, requestOf(body, json))).status);
    }
    expect((await answerTo(port, requestOf(command('after it')))).body).toBe('after it');
    expect(JSON.stringify(log.lines).length).toBeLessThan(10_000);
  });

  it('any JSON at all is answered, whatever Bolt makes of it', async () => {
    const { port } = await startReceiver();
    const connection = await connectTo(port);
    const types = [
      'event_callback',
      'block_actions',
      'view_submission',
      'shortcut',
      'message_action',
      'other',
    ];
    const anything = fc.record(
      {
        type: fc.oneof(fc.constantFrom(...types), fc.jsonValue()),
        command: fc.jsonValue(),
        event: fc.oneof(fc.record({ type: fc.constantFrom('message', 'app_mention') }), fc.jsonValue()),
        actions: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
        view: fc.jsonValue(),
        authorizations: fc.jsonValue(),
        team_id: fc.jsonValue(),
        user: fc.jsonValue(),
        response_urls: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(anything, async (body) => {
        connection.write(requestOf(JSON.stringify(body), json));
        expect([200, 400, 500]).toContain((await connection.answer()).status);
      }),
      { seed: 20261129, numRuns: 300 },
    );
  });

  it('a thousand fields are as good as ten', async () => {
    const { port } = await startReceiver();
    const many = Array.from({ length: 1_000 }, (_, n) => `field${n}=${n}`).join('&');
    expect((await answerTo(port, requestOf(`${command('many')}&${many}`))).body).toBe('many');
  });

  it('what is signed is not read before the signature is', async () => {
    const { port } = await startReceiver();
    const bytes = requestOf('[[[', { ...json, 'x-slack-signature': signatureOf('other') });
    expect((await answerTo(port, bytes)).status).toBe(401);
  });

  it('the address is not confirmed to anybody but Slack', async () => {
    const { port } = await startReceiver();
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c' });
    const forged = requestOf(body, { ...json, 'x-slack-signature': signatureOf('other') });
    expect(await answerTo(port, forged)).toEqual({ status: 401, body: '' });
    expect(await answerTo(port, requestOf(body, json))).toEqual({ status: 200, body: 'c' });
  });
});

describe('listeners', () => {
  it('that fail before they acknowledge end in 500, and after it change nothing', async () => {
    const { port } = await startReceiver();
    expect((await answerTo(port, requestOf(command('throw')))).status).toBe(500);
    expect(await answerTo(port, requestOf(command('throw later')))).toEqual({
      status: 200,
      body: 'acknowledged',
    });
  });

  it('that take longer than Slack waits are in the log', async () => {
    const { port, log, clock, heard, release } = await startReceiver();
    const connection = await connectTo(port);
    connection.write(requestOf(command('hold')));
    while (heard.length === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(2_999);
    expect(log.lines).toEqual([]);
    clock.advance(1);
    expect(log.lines).toMatchObject([{ level: 'error', msg: 'not acknowledged within three seconds' }]);
    release();
    expect(await connection.answer()).toEqual({ status: 200, body: 'hold' });
  });

  it('that nobody waits for any more do no harm', async () => {
    const { port, log, heard, release } = await startReceiver();
    const connection = await connectTo(port);
    connection.write(requestOf(command('hold')));
    while (heard.length === 0) await new Promise((resolve) => setImmediate(resolve));
    connection.end();
    release();
    expect((await answerTo(port, requestOf(command('next')))).status).toBe(200);
    expect(log.lines).toEqual([]);
  });
});

describe('at the end', () => {
  it('what nobody answers any more is to be sent to another process', async () => {
    const { port } = await startReceiver({ isStopping: () => true });
    expect((await answerTo(port, requestOf(command('silent')))).status).toBe(503);
  });

  it('connections that nobody uses are closed, and those with a listener once it is done', async () => {
    const { port, receiver, heard, release } = await startReceiver();
    const idle = await connectTo(port);
    idle.write(requestOf(command('before')));
    await idle.answer();
    const busy = await connectTo(port);
    busy.write(requestOf(command('hold')));
    while (heard.length < 2) await new Promise((resolve) => setImmediate(resolve));
    const stopped = receiver.stop();
    await idle.closed;
    release();
    expect(await busy.answer()).toEqual({ status: 200, body: 'hold' });
    await busy.closed;
    await stopped;
  });
});
