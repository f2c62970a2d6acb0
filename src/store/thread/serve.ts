import { type MessagePort, parentPort } from 'node:worker_threads';
import type { Store, StoreError } from '../store.ts';
import {
  type CallNames,
  type OpenRequest,
  type StoreCall,
  type StoreCallResult,
  serializeError,
  type ThreadMessage,
} from './messages.ts';

/** Opens the store in this thread, and runs the calls that `openInThread` sends. */
export function serveStore(open: (database: string, onLost: (why: StoreError) => void) => Store): void {
  const port = parentPort;
  if (!port) throw new Error('not in a worker thread');
  const send = (message: ThreadMessage): void => port.postMessage(message);
  port.once('message', ({ database, done }: OpenRequest) => {
    try {
      const store = open(database, (why) => send({ kind: 'lost', error: serializeError(why) }));
      serve(port, store, new Int32Array(done), send);
      send({ kind: 'opened', calls: callNames(store) });
    } catch (error) {
      send({ kind: 'refused', error: serializeError(error) });
    }
  });
}

/** Returns the calls that the other thread may make, so that no second list of them is needed. */
function callNames({ alone, ping, pool, close, ...stores }: Store): CallNames {
  return Object.fromEntries(Object.entries(stores).map(([name, calls]) => [name, Object.keys(calls)]));
}

function serve(
  port: MessagePort,
  store: Store,
  messagesDone: Int32Array,
  send: (message: ThreadMessage) => void,
): void {
  let messages = 0;
  let running = 0;
  let answers: StoreCallResult[] = [];
  const answer = (next: StoreCallResult): void => {
    answers.push(next);
    // All writes of one commit finish together, so one message answers them.
    if (answers.length === 1) process.nextTick(sendAnswers);
  };
  const sendAnswers = (): void => {
    const batch = answers;
    answers = [];
    running -= batch.length;
    if (running === 0) Atomics.store(messagesDone, 0, messages);
    send({ kind: 'answers', answers: batch });
  };

  port.on('message', (calls: readonly StoreCall[]) => {
    messages += 1;
    running += calls.length;
    for (const call of calls) {
      runCall(store, call).then(
        (value) => answer({ id: call.id, ok: true, value }),
        (error: unknown) => answer({ id: call.id, ok: false, error: serializeError(error) }),
      );
    }
  });
}

async function runCall(store: Store, call: StoreCall): Promise<unknown> {
  const calls = call.store === null ? store : Reflect.get(store, call.store);
  return Reflect.apply(Reflect.get(calls, call.method), calls, call.args);
}
