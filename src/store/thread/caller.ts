import { RECORDED_IS_SAFE, StoreError } from '../store-error.ts';
import { received } from './errors.ts';
import type { Call, CallResult, ThreadMessage } from './messages.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** The part of `Worker` that the caller uses. */
export interface DatabaseThread {
  on(event: 'message', listener: (said: ThreadMessage) => void): unknown;
  on(event: 'messageerror' | 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  postMessage(calls: readonly Call[]): void;
  terminate(): Promise<unknown>;
}

/**
 * So many calls are enough for a thread that has nothing to do, while others are still being made. One alone would be a
 * commit of its own, for which all that come after it wait.
 */
const WORTH_A_START = 8;

/**
 * Asks a thread to do things. What is asked for at the same moment goes over together, as do the answers: waking the
 * other thread costs more than the calls themselves.
 */
export class Caller {
  readonly #worker: DatabaseThread;
  readonly #messagesDone: Int32Array;
  readonly #waiting = new Map<number, Waiting>();
  readonly #opened = Promise.withResolvers<void>();
  readonly #onDeath: (why: StoreError) => void;
  #outgoing: Call[] = [];
  #messages = 0;
  #lastId = 0;
  /** Why nothing is done any more. */
  #ended: StoreError | null = null;
  #isOpen = false;

  constructor(worker: DatabaseThread, messagesDone: Int32Array, onDeath: (why: StoreError) => void) {
    this.#worker = worker;
    this.#messagesDone = messagesDone;
    this.#onDeath = onDeath;
    worker.on('message', (said: ThreadMessage) => this.#hear(said));
    worker.on('messageerror', (error) => this.#die(error));
    worker.on('error', (error) => this.#die(error));
    worker.on('exit', (code) => this.#die(`it ended with ${code}`));
  }

  /** Rejects where the thread refuses its database. */
  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  call(store: Call['store'], method: string, args: readonly unknown[]): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#ended);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#lastId += 1;
    this.#waiting.set(this.#lastId, { resolve, reject });
    this.#outgoing.push({ id: this.#lastId, store, method, args });
    // After everything that has arrived by now was looked at; sooner where the thread would have to wait for it.
    if (this.#outgoing.length === 1) setImmediate(this.#send);
    else if (this.#outgoing.length === WORTH_A_START) process.nextTick(this.#sendToIdle);
    return promise;
  }

  /** Does what was asked for until now, and ends the thread. */
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
      // One of them holds what cannot be sent; the others have nothing to do with it.
      for (const call of calls) this.#sendAlone(call);
    }
  };

  #sendAlone(call: Call): void {
    try {
      this.#post([call]);
    } catch (error) {
      this.#settle(call.id)?.reject(error);
    }
  }

  #post(calls: readonly Call[]): void {
    this.#worker.postMessage(calls);
    this.#messages += 1;
  }

  #hear(said: ThreadMessage): void {
    switch (said.kind) {
      case 'opened':
        this.#isOpen = true;
        this.#opened.resolve();
        break;
      case 'refused':
        this.#ended = new StoreError(said.error.message);
        this.#opened.reject(received(said.error));
        break;
      case 'lost':
        this.#end(new StoreError(said.error.message));
        break;
      case 'answers':
        for (const answer of said.answers) this.#answered(answer);
    }
  }

  #answered(answer: CallResult): void {
    const waiting = this.#settle(answer.id);
    if (answer.ok) waiting?.resolve(answer.value);
    else waiting?.reject(received(answer.error));
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  /** Calls that were on their way may have been carried out, or not. */
  #die(why: unknown): void {
    const reason = why instanceof Error ? why.message : String(why);
    this.#end(new StoreError(`The database thread ended: ${reason}. ${RECORDED_IS_SAFE}`));
  }

  #end(why: StoreError): void {
    const unexpected = this.#isOpen && this.#ended === null;
    this.#ended ??= why;
    this.#opened.reject(this.#ended);
    for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(this.#ended);
    if (unexpected) this.#onDeath(this.#ended);
  }
}
