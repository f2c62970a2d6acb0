import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  answerTo,
  aTurn,
  command,
  connectTo,
  prepareReceiver,
  requestOf,
  startReceiver,
} from '../../support/receiver.ts';

const GOOD = { status: 200, body: 'here' };

describe('a receiver', () => {
  it('that is started twice refuses the second start, and goes on', async () => {
    const { receiver, port } = await startReceiver();
    await expect(receiver.start()).rejects.toThrow('Listen method has been called more than once');
    expect(await answerTo(port, requestOf(command('here')))).toEqual(GOOD);
  });

  it('that was stopped can be started again', async () => {
    const { receiver } = await startReceiver();
    await receiver.stop();
    const { port } = await receiver.start();
    expect(await answerTo(port, requestOf(command('here')))).toEqual(GOOD);
  });

  it('that is stopped before it starts, or twice, has nothing to wait for', async () => {
    const { receiver } = prepareReceiver();
    await receiver.stop();
    const { port } = await receiver.start();
    expect(await answerTo(port, requestOf(command('here')))).toEqual(GOOD);
    await Promise.all([receiver.stop(), receiver.stop()]);
    await receiver.stop();
    await expect(connectTo(port)).rejects.toThrow('ECONNREFUSED');
  });

  it('whose port is taken says so, and starts once it is free', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { receiver } = prepareReceiver({ port });
    await expect(receiver.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await new Promise((resolve) => other.close(resolve));
    expect(await receiver.start()).toMatchObject({ port });
    expect(await answerTo(port, requestOf(command('here')))).toEqual(GOOD);
  });
});

describe('on its way to the end', () => {
  it('every answer closes its connection, so that the next request goes to another process', async () => {
    let ending = false;
    const { port } = await startReceiver({ isStopping: () => ending });
    const [acknowledged, unanswered] = [await connectTo(port), await connectTo(port)];
    for (const connection of [acknowledged, unanswered]) {
      connection.write(requestOf(command('here')));
      expect(await connection.answer()).toEqual(GOOD);
    }
    ending = true;
    acknowledged.write(requestOf(command('here')));
    expect(await acknowledged.answer()).toEqual(GOOD);
    await acknowledged.closed;
    unanswered.write(requestOf(command('silent')));
    expect(await unanswered.answer()).toEqual({ status: 503, body: '' });
    await unanswered.closed;
  });

  it('a request that comes over an open connection while another one runs is answered before the end', async () => {
    const { port, receiver, heard, release } = await startReceiver();
    const connection = await connectTo(port);
    connection.write(requestOf(command('hold')));
    while (heard.length === 0) await aTurn();
    const stopped = receiver.stop();
    connection.write(requestOf(command('behind it')));
    while (heard.length < 2) await aTurn();
    release();
    expect(await connection.answer()).toEqual({ status: 200, body: 'hold' });
    expect(await connection.answer()).toEqual({ status: 200, body: 'behind it' });
    await connection.closed;
    await stopped;
  });

  it('a request that never comes whole holds nothing up', async () => {
    const { port, receiver } = await startReceiver();
    const connection = await connectTo(port);
    connection.write(requestOf(command('half')).subarray(0, 40));
    await aTurn();
    await receiver.stop();
    await connection.closed;
  });

  it('nor does a body that never comes whole', async () => {
    const { port, receiver, heard } = await startReceiver();
    const connection = await connectTo(port);
    const bytes = requestOf(command('half'));
    connection.write(bytes.subarray(0, bytes.length - 1));
    await answerTo(port, requestOf(command('here'))); // so the other one has arrived, too
    await receiver.stop();
    await connection.closed;
    expect(heard).toEqual(['here']);
  });
});
