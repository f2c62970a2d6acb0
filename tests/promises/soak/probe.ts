/**
 * Loaded into the process of the bot by `--import`, and by that into the database's thread, too: answers whoever
 * started it how much memory is in use when everything was collected that nobody holds.
 */
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

const MB = 1_048_576;
/** A collection lets go of things that only the next one can collect. */
const COLLECTIONS = 4;
/** Far longer than the thread takes. */
const ANSWER_WITHIN_MS = 5_000;

const threads = new BroadcastChannel('probe');

const heapInUse = async (): Promise<number> => {
  for (let i = 0; i < COLLECTIONS; i += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed / MB;
};

if (isMainThread) {
  process.on('message', async () => {
    const { promise: threadHeap, resolve } = Promise.withResolvers<number>();
    const late = setTimeout(() => resolve(0), ANSWER_WITHIN_MS);
    threads.onmessage = ({ data }) => resolve(Number(data));
    threads.postMessage('how much?');
    const measured = { threadHeap: await threadHeap, heap: await heapInUse() };
    clearTimeout(late);
    process.send?.({ ...measured, rss: process.memoryUsage().rss / MB });
  });
  // Neither keeps the process from ending.
  process.channel?.unref();
  threads.unref();
} else {
  threads.onmessage = async () => threads.postMessage(await heapInUse());
  threads.unref();
}
