import { existsSync, readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { startReceiver } from '../../support/receiver.ts';

const SOMAXCONN = '/proc/sys/net/core/somaxconn';
const allowed = existsSync(SOMAXCONN) ? Number(readFileSync(SOMAXCONN, 'utf8')) : 0;
const CONNECTIONS = 1_000;
const LONGEST_MS = 10_000;

/** Opens connections in a worker thread and counts the open ones. */
const CLIENT = `
  const { connect } = require('node:net');
  const { workerData: { port, count, done } } = require('node:worker_threads');
  const there = new Int32Array(done);
  for (let i = 0; i < count; i += 1) {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('error', () => {});
    socket.once('connect', () => {
      Atomics.add(there, 0, 1);
      if (there[0] === count) Atomics.notify(there, 0);
    });
  }`;

it.runIf(allowed >= CONNECTIONS)(
  'a thousand connections find a place while the process is busy',
  async () => {
    const { port } = await startReceiver();
    const done = new SharedArrayBuffer(4);
    const there = new Int32Array(done);
    const client = new Worker(CLIENT, { eval: true, workerData: { port, count: CONNECTIONS, done } });
    onTestFinished(async () => void (await client.terminate()));
    await new Promise((resolve) => client.once('online', resolve));
    // Standing still, so that none of them is taken. What finds no place is tried again by the system, one second later.
    const until = Date.now() + LONGEST_MS;
    for (let seen = there[0] ?? 0; seen < CONNECTIONS && Date.now() < until; seen = there[0] ?? 0) {
      Atomics.wait(there, 0, seen, 500);
    }
    expect(there[0]).toBe(CONNECTIONS);
  },
);
