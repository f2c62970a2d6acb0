import { RECORDED_IS_SAFE, StoreError } from '../store.ts';
import {
  type CallNames,
  deserializeError,
  type StoreCall,
  type StoreCallResult,
  type ThreadMessage,
} from './messages.ts';

interface PendingCall {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** The part of `Worker` that the client uses. */
export interface DatabaseThread {
  on(event: 'message', listener: (message: ThreadMessage) => void): unknown;
  on(event: 'messageerror' | 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  postMessage(calls: readonly StoreCall[]): void;
  terminate(): Promise<unknown>;
}

/** Number of calls that an idle thread gets at once. A single call would be its own commit, and later calls would wait. */
const EARLY_BATCH = 8;

/**
 * Calls the store in the database's thread. Sends the calls of one turn of the event loop in one message, because waking
 * the other thread costs more than the calls themselves. The thread batches its answers too.
 */
export class ThreadClient {
  readonly #worker: DatabaseThread;
  readonly #messagesDone: Int32Array;
  readonly #pending = new Map<number, PendingCall>();
  readonly #opened = Promise.withResolvers<CallNames>();
  readonly #onDeath: (why: StoreError) => void;
  #outgoing: StoreCall[] = [];
  #messages = 0;
  #lastId = 0;
  /** The error of every further call; null while the thread works. */
  #ended: StoreError | null = null;
  #isOpen = false;

  constructor(worker: DatabaseThread, messagesDone: Int32Array, onDeath: (why: StoreError) => void) {
    this.#worker = worker;
    this.#messagesDone = messagesDone;
    this.#onDeath = onDeath;
    worker.on('message', (message: ThreadMessage) => this.#receive(message));
    worker.on('messageerror', (error) => this.#die(error));
    worker.on('error', (error) => this.#die(error));
    worker.on('exit', (code) => this.#die(`it ended with ${code}`));
  }

  /** Resolves to the calls of the open database. Rejects if the thread can't open it. */
  get opened(): Promise<CallNames> {
    return this.#opened.promise;
  }

  call(store: StoreCall['store'], method: string, args: readonly unknown[]): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#ended);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#lastId += 1;
    this.#pending.set(this.#lastId, { resolve, reject });
    this.#outgoing.push({ id: this.#lastId, store, method, args });
    // Sends after all requests that have already arrived, or earlier if the thread is idle.
    if (this.#outgoing.length === 1) setImmediate(this.#send);
    else if (this.#outgoing.length === EARLY_BATCH) process.nextTick(this.#sendToIdle);
    return promise;
  }

  /** Waits for pending calls, closes the database and ends the thread. */
  async close(): Promise<void> {
    if (this.#ended) return;
    const closed = this.call(null, 'close', []);
    this.#ended = new StoreError('The database is closed.');
    await closed;
    await this.#worker.terminate();
  }

  readonly #sendToIdle = (): void => {
    if (Atomics.load(this.#messagesDone, 0) === this.#messages) this.#send();
  };

  readonly #send = (): void => {
    if (this.#outgoing.length === 0) return;
    const calls = this.#outgoing;
    this.#outgoing = [];
    try {
      this.#post(calls);
    } catch {
      // One of the calls has a value that can't cross threads. Only that one must fail.
      for (const call of calls) this.#sendAlone(call);
    }
  };

  #sendAlone(call: StoreCall): void {
    try {
      this.#post([call]);
    } catch (error) {
      this.#take(call.id)?.reject(error);
    }
  }

  #post(calls: readonly StoreCall[]): void {
    this.#worker.postMessage(calls);
    this.#messages += 1;
  }

  #receive(message: ThreadMessage): void {
    switch (message.kind) {
      case 'opened':
        this.#isOpen = true;
        this.#opened.resolve(message.calls);
        break;
      case 'refused':
        this.#ended = new StoreError(message.error.message);
        this.#opened.reject(deserializeError(message.error));
        break;
      case 'lost':
        this.#end(new StoreError(message.error.message));
        break;
      case 'answers':
        for (const answer of message.answers) this.#settle(answer);
    }
  }

  #settle(answer: StoreCallResult): void {
    const pending = this.#take(answer.id);
    if (answer.ok) pending?.resolve(answer.value);
    else pending?.reject(deserializeError(answer.error));
  }

  #take(id: number): PendingCall | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  /** Fails all pending calls. The thread may have carried them out or not. */
  #die(why: unknown): void {
    const reason = why instanceof Error ? why.message : String(why);
    this.#end(new StoreError(`The database thread ended: ${reason}. ${RECORDED_IS_SAFE}`));
  }

  #end(why: StoreError): void {
    const unexpected = this.#isOpen && this.#ended === null;
    this.#ended ??= why;
    this.#opened.reject(this.#ended);
    for (const id of [...this.#pending.keys()]) this.#take(id)?.reject(this.#ended);
    if (unexpected) this.#onDeath(this.#ended);
  }
}
