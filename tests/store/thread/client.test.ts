import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ThreadClient } from '../../../src/store/thread/client.ts';
import type { StoreCall } from '../../../src/store/thread/messages.ts';

/** A thread that finishes nothing until the test tells it to finish everything. */
function idleThread() {
  const done = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const messages: (readonly StoreCall[])[] = [];
  const client = new ThreadClient(
    {
      on: () => {},
      postMessage: (calls) => void messages.push(calls),
      terminate: async () => {},
    },
    done,
    () => {},
  );
  return {
    call: (times: number) => {
      for (let i = 0; i < times; i++) void client.call('discussions', 'vote', []);
    },
    /** Number of calls in each message. */
    sent: () => messages.map((calls) => calls.length),
    finish: () => void Atomics.store(done, 0, messages.length),
  };
}

/** Runs all microtasks and ticks of the current turn of the event loop. */
const sameTurn = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

describe('calls to a thread', () => {
  it('go over together at the end of the turn: few of them do not begin a commit of their own', async () => {
    const { call, sent } = idleThread();
    call(1);
    call(6);
    await sameTurn();
    expect(sent()).toEqual([]);
    await turn();
    expect(sent()).toEqual([7]);
  });

  it('go sooner where there are many and the thread has nothing to do', async () => {
    const { call, sent, finish } = idleThread();
    call(8);
    await sameTurn();
    expect(sent()).toEqual([8]);
    // The thread is busy now, so later calls wait for the end of the turn.
    call(8);
    await sameTurn();
    expect(sent()).toEqual([8]);
    await turn();
    expect(sent()).toEqual([8, 8]);
    finish();
    call(9);
    await sameTurn();
    expect(sent()).toEqual([8, 8, 9]);
    await turn();
    expect(sent()).toEqual([8, 8, 9]);
  });
});
