import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../../../src/runtime/clock.ts';
import type { Store } from '../../../src/store/store.ts';
import { TestClock } from '../../support/clock.ts';
import { RecordedSlack } from '../../support/slack.ts';
import { Ledger } from './ledger.ts';
import { type Fault, isDone, type Kind, type Point } from './point.ts';

const HOUR_MS = 60 * 60_000;
/** What a call to Slack waits for its answer; see src/slack/web-client.ts. */
const TIMEOUT_MS = 8_000;
/** How long a database that was busy stays so. */
const BUSY_FOR_MS = 3_000;
const API = '/api/';

/** Within it everything that the bot asks of its store happens: the call's name. */
export const storeCall = new AsyncLocalStorage<string>();

/** How many changes the database has seen. */
export type CountChanges = () => number;

/** Time as one process sees it: it may jump, and for a dead one it does not go on. */
interface Life {
  dead: boolean;
}

/** The three ports of the bot, which count what goes through them and put a fault into one call. */
export class Ports {
  readonly slack = new RecordedSlack();
  readonly ledger = new Ledger();
  readonly time = new TestClock();
  /** What went through while points were counted. */
  readonly points: Point[] = [];
  /** Calls that are on their way, and how many there ever were. */
  running = 0;
  begun = 0;
  /** What was put where, if anything: the call may have been another one than planned. */
  struck: Point | null = null;
  /** Called as it is put there. */
  onStrike = (): void => {};
  readonly #countChanges: CountChanges;
  #life: Life = { dead: false };
  #counting = false;
  #fault: Fault | null = null;
  #jumpedMs = 0;
  #busyUntil = 0;
  #files = 0;

  constructor(countChanges: CountChanges) {
    this.#countChanges = countChanges;
  }

  get dead(): boolean {
    return this.#life.dead;
  }

  /** The process is gone: what it had begun ends nowhere. */
  die(): void {
    this.#life.dead = true;
  }

  /** Another process begins. */
  revive(): void {
    this.die();
    this.#life = { dead: false };
  }

  count(fault: Fault | null): void {
    this.#counting = true;
    this.#fault = fault;
  }

  stopCounting(): void {
    this.#counting = false;
    this.#fault = null;
  }

  now(): number {
    return this.time.now() + this.#jumpedMs;
  }

  /** For a new process. */
  clock(): Clock {
    const life = this.#life;
    return {
      now: () => this.now(),
      monotonic: () => this.now(),
      after: (ms, call) =>
        this.time.after(ms, () => {
          if (life.dead) return;
          const { kind } = this.#point('clock', 'wakes');
          if (kind === 'kill-before') this.die();
          else call();
        }),
    };
  }

  fetch(): typeof globalThis.fetch {
    const life = this.#life;
    return async (input, init) => {
      if (life.dead) return forever();
      const method = methodOf(String(input));
      const { kind } = this.#point('slack', method);
      return this.#running(life, async () => {
        if (kind === 'kill-before') return this.#dying();
        const response = kind === null || isDone(kind) ? await this.#take(method, input, init) : null;
        if (kind === 'kill-after') return this.#dying();
        return response !== null && kind === null
          ? response
          : this.#failing(
              kind,
              method,
              `${decodeURIComponent(String(init?.body).replaceAll('+', ' '))} ${JSON.stringify(init?.headers)}`,
            );
      });
    };
  }

  store(inner: Store): Store {
    const life = this.#life;
    return new Proxy(inner, {
      get: (target, name) => {
        const part: unknown = Reflect.get(target, name);
        if (typeof part === 'object' && part !== null) return this.#part(life, String(name), part);
        return part;
      },
    });
  }

  #part<T extends object>(life: Life, part: string, inner: T): T {
    return new Proxy(inner, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) =>
          this.#stored(life, `${part}.${String(name)}`, async () =>
            storeCall.run(`${part}.${String(name)}`, () => Reflect.apply(method, target, args)),
          );
      },
    });
  }

  async #stored(life: Life, name: string, work: () => Promise<unknown>): Promise<unknown> {
    if (life.dead) return forever();
    const { kind, at } = this.#point('store', name);
    return this.#running(life, async () => {
      if (kind === 'kill-before') return this.#dying();
      if (kind === 'throws-before') throw new Error('the connection to the database broke');
      if (kind === 'busy') this.#busyUntil = this.time.now() + BUSY_FOR_MS;
      if (this.time.now() < this.#busyUntil) throw busy();
      const changes = this.#countChanges();
      const answer = await work();
      if (at !== null && this.#countChanges() !== changes)
        this.points[at] = { ...this.#at(at), writes: true };
      if (kind === 'kill-after') return this.#dying();
      if (kind === 'throws-after') throw new Error('the connection broke before the answer to COMMIT');
      return answer;
    });
  }

  /** Nothing that a process waited for comes back to it once it is dead. */
  async #running<T>(life: Life, work: () => Promise<T>): Promise<T> {
    this.running += 1;
    this.begun += 1;
    try {
      const answer = await work();
      return life.dead ? await forever() : answer;
    } catch (error) {
      if (life.dead) return await forever();
      throw error;
    } finally {
      this.running -= 1;
    }
  }

  #at(index: number): Point {
    const point = this.points[index];
    if (!point) throw new Error('there is no such point');
    return point;
  }

  /** One more call. What is to happen to it, and where it stands in the list. */
  #point(port: Point['port'], name: string): { kind: Kind | null; at: number | null } {
    if (!this.#counting) return { kind: null, at: null };
    const point: Point = { call: this.points.length + 1, port, name, writes: false };
    this.points.push(point);
    const at = point.call - 1;
    if (this.#fault?.point.call !== point.call) return { kind: null, at };
    this.struck = point;
    this.onStrike();
    const { kind } = this.#fault;
    if (kind === 'clock-forward') this.#jumpedMs += HOUR_MS;
    else if (kind === 'clock-back') this.#jumpedMs -= HOUR_MS;
    else return { kind, at };
    return { kind: null, at };
  }

  #dying(): Promise<never> {
    this.die();
    return forever();
  }

  async #take(method: string, ...[input, init]: Parameters<typeof globalThis.fetch>): Promise<Response> {
    if (method === 'files.getUploadURLExternal') {
      this.#files += 1;
      const answer = { upload_url: 'https://files.slack.test/upload', file_id: `F${this.#files}` };
      this.slack.next(method, { answer });
    }
    const response = await this.slack.fetch(input, init);
    const answer: unknown = await response.clone().json();
    const fields = { ok: false, ...(typeof answer === 'object' ? answer : {}) };
    if (fields.ok) this.ledger.write(method, init?.body, fields);
    return response;
  }

  /** What the bot hears of a call that went wrong. */
  async #failing(kind: Kind | null, method: string, body: string): Promise<Response> {
    const isMethod = method !== 'response_url' && method !== 'upload';
    switch (kind) {
      case 'refused':
        return isMethod
          ? Response.json({ ok: false, error: 'is_archived' })
          : new Response('expired_url', { status: 404 });
      case 'hangs':
      case 'hangs-done':
        this.time.advance(TIMEOUT_MS);
        // What that woke does its work first.
        for (let turn = 0; turn < 20; turn++) await immediate();
        throw new DOMException('The operation was aborted due to timeout', 'TimeoutError');
      case 'unsent':
        throw broken('ECONNREFUSED');
      case 'ratelimited':
        return new Response('', { status: 429, headers: { 'retry-after': '30' } });
      case 'html':
        return new Response('<html><body>Bad gateway</body></html>', { status: 200 });
      case 'truncated-done':
        // Slack's answer to a message has the message in it.
        return new Response(`{"ok":true,"sent":${JSON.stringify(body)},"channel":"C1","ts":"17954`);
      case '503':
        return new Response('', { status: 503 });
      case '500-done':
        return new Response('', { status: 500 });
      default:
        throw broken('ECONNRESET');
    }
  }
}

export const immediate = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const forever = (): Promise<never> => new Promise(() => {});

function broken(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

const busy = (): Error =>
  Object.assign(new Error('database is locked'), { code: 'ERR_SQLITE_ERROR', errcode: 5 });

function methodOf(address: string): string {
  const { hostname, pathname } = new URL(address);
  if (hostname.startsWith('hooks.')) return 'response_url';
  if (hostname.startsWith('files.')) return 'upload';
  return pathname.slice(API.length);
}
