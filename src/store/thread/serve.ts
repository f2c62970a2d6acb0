import { type MessagePort, parentPort } from 'node:worker_threads';
import type { Store } from '../store.ts';
import type { StoreError } from '../store-error.ts';
import { toSend } from './errors.ts';
import type { Beginning, Call, CallResult, ThreadMessage } from './messages.ts';

/** The other side of `openInThread`, for the thread's own program: opens the store, and does what is asked of it. */
export function serveStore(open: (database: string, onLost: (why: StoreError) => void) => Store): void {
  const port = parentPort;
  if (!port) throw new Error('this is a program for a thread');
  const say = (said: ThreadMessage): void => port.postMessage(said);
  port.once('message', ({ database, done }: Beginning) => {
    try {
      const store = open(database, (why) => say({ kind: 'lost', error: toSend(why) }));
      serve(port, store, new Int32Array(done), say);
    } catch (error) {
      say({ kind: 'refused', error: toSend(error) });
      return;
    }
    say({ kind: 'opened' });
  });
}

function serve(
  port: MessagePort,
  store: Store,
  messagesDone: Int32Array,
  say: (said: ThreadMessage) => void,
): void {
  let messages = 0;
  let inWork = 0;
  let answers: CallResult[] = [];
  const answer = (next: CallResult): void => {
    answers.push(next);
    // All writes of one commit finish together, so one message answers them.
    if (answers.length === 1) process.nextTick(tell);
  };
  const tell = (): void => {
    const told = answers;
    answers = [];
    inWork -= told.length;
    if (inWork === 0) Atomics.store(messagesDone, 0, messages);
    say({ kind: 'answers', answers: told });
  };

  port.on('message', (calls: readonly Call[]) => {
    messages += 1;
    inWork += calls.length;
    for (const call of calls) {
      doIt(store, call).then(
        (value) => answer({ id: call.id, ok: true, value }),
        (error: unknown) => answer({ id: call.id, ok: false, error: toSend(error) }),
      );
    }
  });
}

async function doIt(store: Store, call: Call): Promise<unknown> {
  const place = call.store === null ? store : store[call.store];
  const method: unknown = Reflect.get(place, call.method);
  if (typeof method !== 'function') throw new Error(`there is no ${call.store}.${call.method}`);
  return Reflect.apply(method, place, call.args);
}
