import { createServer } from 'node:http';
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { readBody } from '../../../src/runtime/http/body.ts';
import { listen } from '../../../src/runtime/http/serve.ts';

it('whose sender hangs up in the middle of it is waited for no more', async () => {
  const { promise: read, resolve, reject } = Promise.withResolvers<Buffer>();
  const server = createServer((req) => {
    readBody(req, 1_000).then(resolve, reject);
    req.once('data', () => sender.destroy());
  });
  onTestFinished(() => void server.close());
  const { port } = await listen(server, '127.0.0.1', 0);
  const sender = connect(port, '127.0.0.1');
  sender.write('POST / HTTP/1.1\r\nhost: bot.test\r\ncontent-length: 10\r\n\r\nhalf');
  await expect(read).rejects.toMatchObject({ code: 'ECONNRESET' });
});
