import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, AuthorizationError, ReceiverMultipleAckError } from '@slack/bolt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBoltLogger } from '../../../src/runtime/logging.ts';
import { sendAck } from '../../../src/slack/http/receiver.ts';
import { answerTo, command, prepareReceiver, requestOf } from '../../support/receiver.ts';

const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

/** Returns the ack as Slack receives it. */
async function seen(answer: unknown): Promise<[status: number, type: string | null, body: string]> {
  const server = createServer((_, res) => sendAck(res, answer));
  onTestFinished(() => void server.close().closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/`);
  return [response.status, response.headers.get('content-type'), await response.text()];
}

describe('what a listener acknowledges with', () => {
  it.each<[string, unknown, string | null, string]>([
    ['nothing', undefined, null, ''],
    ['null', null, null, ''],
    ['an empty text', '', null, ''],
    ['a text', 'Café 🍰', TEXT, 'Café 🍰'],
    ['a text that looks like JSON', '{}', TEXT, '{}'],
    ['an object', { text: 'Café 🍰 مرحبا' }, JSON_TYPE, '{"text":"Café 🍰 مرحبا"}'],
    ['an empty object', {}, JSON_TYPE, '{}'],
    ['a list', [1, 'two'], JSON_TYPE, '[1,"two"]'],
    [
      'what is undefined in it',
      { response_action: 'clear', view: undefined },
      JSON_TYPE,
      '{"response_action":"clear"}',
    ],
    ['an error, whose words stay here', new Error('secret'), JSON_TYPE, '{}'],
  ])('%s', async (_, answer, type, body) => {
    expect(await seen(answer)).toEqual([200, type, body]);
  });

  it.each<[string, unknown]>([
    ['a number that JSON has not', { n: 1n }],
    ['a function', () => {}],
    ['a symbol', Symbol('s')],
  ])('%s cannot be written, which whoever acknowledges hears before anything is sent', (_, answer) => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const server = createServer((_req, res) => {
      try {
        sendAck(res, answer);
        resolve(null);
      } catch (error) {
        resolve(error);
      }
      res.end();
    });
    onTestFinished(() => void server.close().closeAllConnections());
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      void fetch(`http://127.0.0.1:${port}/`);
    });
    return expect(promise).resolves.toBeInstanceOf(TypeError);
  });
});

describe('where the bot itself fails', () => {
  it.each<[string, Error]>([
    ['with any error', new Error('a bug')],
    ['because nobody may act there', new AuthorizationError('not installed', new Error('no token'))],
    ['because it acknowledged twice', new ReceiverMultipleAckError()],
  ])('%s, the sender gets 500 at once and nothing of why', async (_, failure) => {
    class Failing extends App {
      override async processEvent(): Promise<void> {
        throw failure;
      }
    }
    const { receiver, log } = prepareReceiver();
    new Failing({
      receiver,
      authorize: async () => ({}),
      logger: createBoltLogger(log.logger),
      convoStore: false,
    });
    const { port } = await receiver.start();
    expect(await answerTo(port, requestOf(command('x')))).toEqual({ status: 500, body: '' });
    expect(log.lines).toMatchObject([{ level: 'error', msg: 'request failed' }]);
  });
});
