// A circuit breaker for calls to Slack, for each workspace and for Slack as a whole.
import type { Clock } from '../runtime/clock.ts';

/** Time from a workspace's last failure until its next probe. */
const PROBE_AFTER_MS = 5_000;
/** A single failing post may itself be the cause. If two fail in a row, the workspace is. */
const WORKSPACE_FAILS_FROM = 2;
/** If three workspaces fail in a row, the cause is Slack or the network. */
const SLACK_FAILS_FROM = 3;
/** Time from the last failure anywhere until the next probe, while Slack as a whole fails. */
const PROBE_ANYWHERE_AFTER_MS = 1_000;

/**
 * Limits retries during an outage. While several posts of a workspace fail, the bot tries one at a time there, as a
 * probe. While several workspaces fail, it tries one at a time anywhere. The first success closes the breaker: the
 * queue is then worked off at Slack's rate limit, instead of after each post's own retry delay. A single failing post
 * delays no other.
 *
 * Each process keeps its own state in memory, because an outage is short.
 */
export class Breaker {
  readonly #clock: Clock;
  /** Posts and cards that failed since the last success, and the time of the last failure, by workspace. */
  readonly #failing = new Map<string, { readonly things: Set<string>; at: number }>();
  /** Workspaces with a failure since the last success anywhere. */
  readonly #failingAnywhere = new Set<string>();
  #failedAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  failed(tenant: string, thing: string): void {
    const failing = this.#failing.get(tenant) ?? { things: new Set<string>(), at: 0 };
    this.#failing.set(tenant, failing);
    failing.things.add(thing);
    failing.at = this.#clock.monotonic();
    this.#failingAnywhere.add(tenant);
    this.#failedAt = failing.at;
  }

  /** Records a success, which closes the breaker. @returns true if it was open for this workspace */
  worked(tenant: string): boolean {
    if (this.#slackFails()) {
      // A call got through, so every workspace may retry now. A workspace that still fails goes back to waiting.
      for (const other of this.#failing.values()) other.at = Number.NEGATIVE_INFINITY;
    }
    this.#failingAnywhere.clear();
    const wasOpen = this.isOpen(tenant);
    this.#failing.delete(tenant);
    return wasOpen;
  }

  /** True while several posts or cards of this workspace fail. */
  isOpen(tenant: string): boolean {
    return (this.#failing.get(tenant)?.things.size ?? 0) >= WORKSPACE_FAILS_FROM;
  }

  /** Returns the workspaces that must wait, each with the end of its wait in monotonic milliseconds. */
  resting(): ReadonlyMap<string, number> {
    const now = this.#clock.monotonic();
    const resting = new Map<string, number>();
    for (const [tenant, { at }] of this.#failing) {
      const until = at + PROBE_AFTER_MS;
      if (this.isOpen(tenant) && until > now) resting.set(tenant, until);
    }
    return resting;
  }

  /**
   * Returns how many workspaces may be served concurrently.
   *
   * @param usual the limit while Slack works
   * @returns `growsAt`: when the limit grows, in monotonic milliseconds
   */
  concurrency(usual: number): { readonly limit: number; readonly growsAt: number } {
    if (!this.#slackFails()) return { limit: usual, growsAt: Number.POSITIVE_INFINITY };
    const next = this.#failedAt + PROBE_ANYWHERE_AFTER_MS;
    return next > this.#clock.monotonic()
      ? { limit: 0, growsAt: next }
      : { limit: 1, growsAt: Number.POSITIVE_INFINITY };
  }

  #slackFails(): boolean {
    return this.#failingAnywhere.size >= SLACK_FAILS_FROM;
  }
}
