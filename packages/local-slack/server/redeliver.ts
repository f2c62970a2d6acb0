import type { Clock } from '../clock.ts';
import type { DeliveryResult, Retry } from '../state/record.ts';

/** Slack's three repetitions: at once, a minute after that, five minutes after that. */
const PAUSES_MS = [0, 60_000, 5 * 60_000] as const;

/** Brings events again that the app did not take. */
export class Redeliveries {
  readonly #clock: Clock;
  readonly #pending = new Set<() => void>();
  #cancelled = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Sees to the next repetition, after `done` of them: none when the app has answered 2xx or forbidden it with
   * `x-slack-no-retry: 1`, or when three have failed.
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

/** Slack's word for what went wrong; null where nothing did. */
function retryReason({ status, timedOut }: DeliveryResult): string | null {
  if (status >= 200 && status < 300) return null;
  if (timedOut) return 'http_timeout';
  return status === 0 ? 'connection_failed' : 'http_error';
}
