import { describe, expect, it, onTestFinished } from 'vitest';
import { PageServer } from '../../../src/runtime/http/page-server.ts';
import { type Pages, queryOf, respond } from '../../../src/runtime/http/serve.ts';
import { recordingLogger } from '../../support/log.ts';
import { answerTo, command, requestOf, startReceiver } from '../../support/receiver.ts';

const PAGES: Pages = {
  '/page': async (req, res) => {
    respond(res, 200, { 'content-type': 'text/plain' }, `query: ${queryOf(req)}`);
  },
  '/page/under': async (_req, res) => respond(res, 200, {}, 'under'),
  '/broken': async () => {
    throw new Error('a bug');
  },
};

interface Served {
  readonly port: number;
  readonly log: ReturnType<typeof recordingLogger>;
}

/** The receiver with its pages, and the page server alone. */
const SERVERS: Record<string, () => Promise<Served>> = {
  receiver: () => startReceiver({ pages: PAGES }),
  'page server': async () => {
    const log = recordingLogger();
    const server = new PageServer(PAGES, log.logger);
    onTestFinished(() => server.stop());
    const { port } = await server.start('127.0.0.1', 0);
    return { port, log };
  },
};

describe.each(Object.entries(SERVERS))('pages of the %s', (_, serve) => {
  async function ask(line: string, headers: Record<string, string> = {}) {
    return answerTo((await serve()).port, requestOf('', headers, `${line} HTTP/1.1`));
  }

  it.each<[string, number, string]>([
    ['GET /page', 200, 'query: '],
    ['GET /page?a=1&b=%2F', 200, 'query: a=1&b=%2F'],
    ['GET /page?', 200, 'query: '],
    ['GET /page/under', 200, 'under'],
    ['GET http://bot.example.org/page?a=1', 200, 'query: a=1'],
    ['GET HTTPS://bot.example.org/page/under', 200, 'under'],
    ['GET http://bot.example.org', 404, ''],
    ['GET http://', 404, ''],
    ['GET file:///page', 404, ''],
    ['GET /page/', 404, ''],
    ['GET /page/other', 404, ''],
    ['GET //page', 404, ''],
    ['GET /Page', 404, ''],
    ['GET /pag%65', 404, ''],
    ['GET /x/../page', 404, ''],
    ['GET /', 404, ''],
    ['GET *', 404, ''],
    ['GET /constructor', 404, ''],
    ['GET /__proto__', 404, ''],
    ['POST /page', 405, ''],
    ['PUT /page', 405, ''],
    ['DELETE /page', 405, ''],
    ['OPTIONS /page', 405, ''],
    ['TRACE /page', 405, ''],
    ['POST /nowhere', 404, ''],
  ])('%s is answered with %d', async (line, status, body) => {
    expect(await ask(line)).toEqual({ status, body });
  });

  it('HEAD gives the head of what GET gives', async () => {
    const { port } = await serve();
    const url = `http://127.0.0.1:${port}/page?a=1`;
    const [head, get] = [await fetch(url, { method: 'HEAD' }), await fetch(url)];
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const name of ['content-type', 'content-length']) {
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    }
  });

  it('a refused method is told which one there is', async () => {
    const { port } = await serve();
    const response = await fetch(`http://127.0.0.1:${port}/page`, { method: 'POST', body: 'x' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
  });

  it('that fail are logged, and the visitor sees nothing of why', async () => {
    const { port, log } = await serve();
    const response = await fetch(`http://127.0.0.1:${port}/broken`);
    expect([response.status, await response.text()]).toEqual([500, '']);
    expect(log.lines).toMatchObject([{ level: 'error', msg: 'request failed' }]);
  });
});

describe('the path for what Slack sends', () => {
  it.each<[string, number]>([
    ['POST /slack/events', 200],
    ['POST /slack/events?from=a-proxy', 200],
    ['POST /slack/events/', 404],
    ['POST /slack/Events', 404],
    ['POST //slack/events', 404],
    ['POST /slack/events%20', 404],
    ['GET /slack/events', 405],
    ['HEAD /slack/events', 405],
    ['PUT /slack/events', 405],
    ['PATCH /slack/events', 405],
    ['OPTIONS /slack/events', 405],
  ])('%s is answered with %d', async (line, status) => {
    const { port, heard } = await startReceiver({ pages: PAGES });
    const request = requestOf(command('here'), { connection: 'close' }, `${line} HTTP/1.1`);
    expect((await answerTo(port, request)).status).toBe(status);
    expect(heard).toEqual(status === 200 ? ['here'] : []);
  });

  it('is no page, also where a page has its name', async () => {
    const { port } = await startReceiver({ pages: { '/slack/events': async (_, res) => respond(res, 200) } });
    expect((await answerTo(port, requestOf('', {}, 'GET /slack/events HTTP/1.1'))).status).toBe(405);
  });
});
