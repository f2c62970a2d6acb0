// Notices that the clock was set back, and ends the waits that were stored while it was ahead.

import { CARD_CLAIM_MS, ONE_CALL_LEFT_MS } from './card-updates.ts';
import type { Deps } from './deps.ts';
import { Loop } from './loop.ts';

const LOOK_EVERY_MS = 5_000;
/** Smaller differences arise because the two clocks are read one after the other. */
const SET_BACK_FROM_MS = 1_000;
/** Time between repairs without a known cause: another instance's clock may have been wrong. */
const SHORTEN_EVERY_MS = { alone: 10 * 60_000, withOthers: 30_000 };

/** For a sole process: no other process holds a claim. */
const ALONE = { first: 0, retry: 0, budget: ONE_CALL_LEFT_MS };
/** Longest claim, plus the few seconds by which instances' clocks may differ. */
const CLAIM_MS = CARD_CLAIM_MS + 5_000;
/** For several instances: cutting another instance's claim short would do its work twice. */
const WITH_OTHERS = { first: CLAIM_MS, retry: CLAIM_MS, budget: ONE_CALL_LEFT_MS };
/** Roughly the longest waits of all loops. Retrying too early does no harm. */
const LONGEST = { ...WITH_OTHERS, retry: 11 * 60_000, inbox: 6 * 60_000 };
/** Longer than the ten minutes between the two passes of an erasure. */
const ERASE_AT_LEAST_MS = 11 * 60_000;

type ClockCheckDeps = Pick<Deps, 'store' | 'clock' | 'logger'>;
type LongestWaits = Parameters<Deps['store']['waits']['shorten']>[1];

export interface ClockCheckParts {
  /** How long a tenant's data is kept after it left, in milliseconds. */
  readonly eraseAfterMs: number;
  /** Starts a pass of every loop whose waits were shortened. */
  readonly kick: () => void;
}

export class ClockCheck {
  readonly #deps: ClockCheckDeps;
  readonly #parts: ClockCheckParts;
  readonly loop: Loop;
  /** Difference of the two clocks in milliseconds: the time of day minus the monotonic time. */
  #offset = 0;
  #shortenAgainAt = 0;

  constructor(deps: ClockCheckDeps, parts: ClockCheckParts) {
    this.#deps = deps;
    this.#parts = parts;
    const trouble = 'the database failed while shortening waits';
    this.loop = new Loop({ ...deps, trouble, pass: () => this.#pass() });
  }

  /** Shortens the waits of an earlier process. Call before other loops read stored times. */
  async atStart(): Promise<void> {
    this.#offset = this.#readOffset();
    await this.#shorten(this.#deps.store.alone ? { ...ALONE, inbox: 0 } : LONGEST);
  }

  async #pass(): Promise<number> {
    const { store, clock, logger } = this.#deps;
    const before = this.#offset;
    const offset = this.#readOffset();
    const setBackMs = Math.round(before - offset);
    if (setBackMs >= SET_BACK_FROM_MS) {
      logger.warn({ setBackMs }, 'the clock was set back');
      await this.#shorten({ ...(store.alone ? ALONE : WITH_OTHERS), inbox: LONGEST.inbox });
      this.#parts.kick();
    } else if (clock.monotonic() >= this.#shortenAgainAt) {
      await this.#shorten(LONGEST);
    }
    // Set last: if the database fails above, the next pass notices the jump again.
    this.#offset = offset;
    return LOOK_EVERY_MS;
  }

  async #shorten(longest: Omit<LongestWaits, 'erase'>): Promise<void> {
    const { store, clock } = this.#deps;
    const erase = Math.max(this.#parts.eraseAfterMs, ERASE_AT_LEAST_MS);
    await store.waits.shorten(clock.now(), { ...longest, erase });
    this.#shortenAgainAt =
      clock.monotonic() + (store.alone ? SHORTEN_EVERY_MS.alone : SHORTEN_EVERY_MS.withOthers);
  }

  #readOffset(): number {
    const { clock } = this.#deps;
    return clock.now() - clock.monotonic();
  }
}
