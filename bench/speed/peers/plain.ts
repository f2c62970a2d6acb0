/** The least that an app can do: check the signature and say yes. On nothing but Node's own HTTP server. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const secret = process.env.SLACK_SIGNING_SECRET ?? '';

createServer((req, res) => {
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => {
    const { 'x-slack-request-timestamp': time, 'x-slack-signature': signature } = req.headers;
    const expected = `v0=${createHmac('sha256', secret).update(`v0:${time}:`).update(Buffer.concat(chunks)).digest('hex')}`;
    const [a, b] = [Buffer.from(String(signature)), Buffer.from(expected)];
    const valid = a.length === b.length && timingSafeEqual(a, b);
    res.writeHead(valid ? 200 : 401, { 'content-length': 0 });
    res.end();
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
