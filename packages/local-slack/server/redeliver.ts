import type { Clock } from '../clock.ts';
import type { DeliveryResult, Retry } from '../state/record.ts';

/** Delays before Slack's three retries, in milliseconds: none, one minute, five minutes. */
const PAUSES_MS = [0, 60_000, 5 * 60_000] as const;

/** Retries events that the app didn't accept. */
export class Redeliveries {
  readonly #clock: Clock;
  readonly #pending = new Set<() => void>();
  #cancelled = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Schedules the next retry after `done` earlier ones. Stops after a 2xx answer, after `x-slack-no-retry: 1`, or
   * after the third retry.
   */
  schedule(result: DeliveryResult, done: number, send: (retry: Retry) => void): void {
    const pause = PAUSES_MS[done];
    const reason = retryReason(result);
    if (reason === null || result.noRetry === true || pause === undefined || this.#cancelled) return;
    const retry = { num: done + 1, reason };
    if (pause === 0) {
      send(retry);
      return;
    }
    const cancel = this.#clock.after(pause, () => {
      this.#pending.delete(cancel);
      send(retry);
    });
    this.#pending.add(cancel);
  }

  cancel(): void {
    this.#cancelled = true;
    for (const cancel of this.#pending) cancel();
    this.#pending.clear();
  }
}

/** Returns Slack's reason for a retry; null after a success. */
function retryReason({ status, timedOut }: DeliveryResult): string | null {
  if (status >= 200 && status < 300) return null;
  if (timedOut) return 'http_timeout';
  return status === 0 ? 'connection_failed' : 'http_error';
}
