import type { RequestQueue, Slot } from '../interactions/graceful-app.ts';
import type { Clock } from '../runtime/clock.ts';

export interface FairQueueOptions {
  readonly clock: Clock;
  /** Most requests started in one turn of the event loop. The next turn first reads what has arrived since. */
  readonly perTurn?: number;
  /** Most running requests of one workspace. */
  readonly concurrency?: number;
  /** Longest wait of a request, in milliseconds. */
  readonly timeoutMs?: number;
}

interface WaitingRequest {
  readonly deadline: number;
  readonly resolve: (slot: Slot | null) => void;
}

/**
 * Starts the requests of many workspaces round-robin. Without it the event loop takes requests in the order of their
 * arrival, and a workspace that sends more than the process can handle would delay all others. Without a backlog
 * nothing waits.
 */
export class FairQueue implements RequestQueue {
  readonly #options: Required<FairQueueOptions>;
  /** By workspace, next one first. */
  readonly #waiting = new Map<string, WaitingRequest[]>();
  readonly #running = new Map<string, number>();
  #startedThisTurn = 0;
  #isTurnScheduled = false;
  #isTimerSet = false;

  constructor({ clock, perTurn = 8, concurrency = 128, timeoutMs = 2_000 }: FairQueueOptions) {
    this.#options = { clock, perTurn, concurrency, timeoutMs };
  }

  enter(workspace: string): Slot | Promise<Slot | null> {
    const { clock, perTurn, timeoutMs } = this.#options;
    const isEmpty = this.#waiting.size === 0;
    if (isEmpty && this.#startedThisTurn < perTurn && this.#hasRoom(workspace)) return this.#start(workspace);
    const { promise, resolve } = Promise.withResolvers<Slot | null>();
    const request = { deadline: clock.monotonic() + timeoutMs, resolve };
    const queue = this.#waiting.get(workspace);
    if (queue) queue.push(request);
    else this.#waiting.set(workspace, [request]);
    this.#setTimer();
    this.#scheduleTurn();
    return promise;
  }

  #hasRoom(workspace: string): boolean {
    return (this.#running.get(workspace) ?? 0) < this.#options.concurrency;
  }

  #start(workspace: string): Slot {
    this.#startedThisTurn += 1;
    this.#running.set(workspace, (this.#running.get(workspace) ?? 0) + 1);
    this.#scheduleTurn();
    let isReleased = false;
    return {
      release: () => {
        if (isReleased) return;
        isReleased = true;
        const left = (this.#running.get(workspace) ?? 1) - 1;
        if (left > 0) this.#running.set(workspace, left);
        else this.#running.delete(workspace);
        if (this.#waiting.has(workspace)) this.#scheduleTurn();
      },
    };
  }

  #scheduleTurn(): void {
    if (this.#isTurnScheduled) return;
    this.#isTurnScheduled = true;
    setImmediate(() => {
      this.#isTurnScheduled = false;
      this.#startedThisTurn = 0;
      this.#startWaiting();
    });
  }

  #startWaiting(): void {
    // A workspace that is put back at the end comes up again in this loop.
    for (const [workspace, queue] of this.#waiting) {
      if (this.#startedThisTurn >= this.#options.perTurn) {
        this.#scheduleTurn();
        return;
      }
      if (!this.#hasRoom(workspace)) continue; // The next release schedules a turn.
      const next = queue.shift();
      this.#waiting.delete(workspace);
      if (queue.length > 0) this.#waiting.set(workspace, queue);
      next?.resolve(this.#start(workspace));
    }
  }

  #setTimer(): void {
    if (this.#isTimerSet) return;
    const earliest = Math.min(
      ...[...this.#waiting.values()].map(([first]) => first?.deadline ?? Number.POSITIVE_INFINITY),
    );
    if (earliest === Number.POSITIVE_INFINITY) return;
    const { clock } = this.#options;
    this.#isTimerSet = true;
    clock.after(Math.max(0, earliest - clock.monotonic()), () => {
      this.#isTimerSet = false;
      this.#timeOut();
      this.#setTimer();
    });
  }

  #timeOut(): void {
    const now = this.#options.clock.monotonic();
    for (const [workspace, queue] of this.#waiting) {
      const firstInTime = queue.findIndex(({ deadline }) => deadline > now);
      const late = queue.splice(0, firstInTime === -1 ? queue.length : firstInTime);
      if (queue.length === 0) this.#waiting.delete(workspace);
      for (const { resolve } of late) resolve(null);
    }
  }
}
