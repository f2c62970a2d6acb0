import type { Clock } from '../runtime/clock.ts';

/** While a workspace's calls fail, one of them finds out whether they still do, so long after the last one. */
const ONE_PROBE_EACH_MS = 5_000;
/** Two that fail alike are no coincidence: it is not this or that post, it is the workspace. */
const WORKSPACE_FAILS_FROM = 2;
/** As for workspaces: then it is Slack, or the way there. */
const SLACK_FAILS_FROM = 3;
const ONE_PROBE_ANYWHERE_EACH_MS = 1_000;

/**
 * Keeps an outage from being met by every post with an attempt of its own. While several things fail one after the
 * other in a workspace, only one is tried at a time there, as a probe; while several workspaces fail, one anywhere. The
 * first one that succeeds ends it, so that what has piled up is worked off at once and at the pace that Slack allows,
 * rather than after the pause of each. A single thing that fails holds up nothing else.
 *
 * In memory, each process for itself: it is about what Slack is doing at this moment.
 */
export class Breaker {
  readonly #clock: Clock;
  /** What has failed since something last succeeded, by workspace, and when that was last. */
  readonly #failing = new Map<string, { readonly things: Set<string>; at: number }>();
  /** Workspaces in which something has failed since anything succeeded anywhere, and when that was last. */
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

  /** @returns whether that is news: other things of this workspace had failed before */
  worked(tenant: string): boolean {
    if (this.#slackFails()) {
      // A call got through, so every workspace may retry now. Those that still fail go back to waiting.
      for (const other of this.#failing.values()) other.at = Number.NEGATIVE_INFINITY;
    }
    this.#failingAnywhere.clear();
    const wasOpen = this.isOpen(tenant);
    this.#failing.delete(tenant);
    return wasOpen;
  }

  /** Are several things failing in this workspace, one after the other? */
  isOpen(tenant: string): boolean {
    return (this.#failing.get(tenant)?.things.size ?? 0) >= WORKSPACE_FAILS_FROM;
  }

  /** Workspaces in which nothing is to be tried now, each with until when. */
  resting(): ReadonlyMap<string, number> {
    const now = this.#clock.monotonic();
    const resting = new Map<string, number>();
    for (const [tenant, { at }] of this.#failing) {
      const until = at + ONE_PROBE_EACH_MS;
      if (this.isOpen(tenant) && until > now) resting.set(tenant, until);
    }
    return resting;
  }

  /** How many may be at work at the same time, at most so many; and when there may be more. */
  lanes(most: number): { readonly lanes: number; readonly more: number } {
    if (!this.#slackFails()) return { lanes: most, more: Number.POSITIVE_INFINITY };
    const next = this.#failedAt + ONE_PROBE_ANYWHERE_EACH_MS;
    return next > this.#clock.monotonic()
      ? { lanes: 0, more: next }
      : { lanes: 1, more: Number.POSITIVE_INFINITY };
  }

  #slackFails(): boolean {
    return this.#failingAnywhere.size >= SLACK_FAILS_FROM;
  }
}
