// Notices that the clock was set back, and ends the waits that were stored while it was ahead.

import { CARD_CLAIM_MS, ONE_CALL_LEFT_MS } from './card-updates.ts';
import type { Deps } from './deps.ts';
import { Loop } from './loop.ts';

const LOOK_EVERY_MS = 5_000;
/** Smaller differences come from reading the two clocks one after the other. */
const SET_BACK_FROM_MS = 1_000;
/** How often waits are shortened without a known cause: another instance may have had the wrong time. */
const SHORTEN_EVERY_MS = { alone: 10 * 60_000, withOthers: 30_000 };

/** No other process holds a claim. */
const ALONE = { first: 0, retry: 0, budget: ONE_CALL_LEFT_MS };
/** The clocks of instances may differ by a few seconds. */
const CLAIM_MS = CARD_CLAIM_MS + 5_000;
/** Other instances may hold claims, which must last: their work must not be done twice. */
const WITH_OTHERS = { first: CLAIM_MS, retry: CLAIM_MS, budget: ONE_CALL_LEFT_MS };
/** Roughly the longest waits of the other jobs. Trying again too early does no harm. */
const LONGEST = { ...WITH_OTHERS, retry: 11 * 60_000, inbox: 6 * 60_000 };
/** Longer than an erasure waits before its second pass. */
const ERASE_AT_LEAST_MS = 11 * 60_000;

type ClockCheckDeps = Pick<Deps, 'store' | 'clock' | 'logger'>;
type LongestWaits = Parameters<Deps['store']['waits']['shorten']>[1];

export interface ClockCheckParts {
  /** How long a tenant's data is kept after it left, in milliseconds. */
  readonly eraseAfterMs: number;
  /** Something may be due. */
  readonly kick: () => void;
}

export class ClockCheck {
  readonly #deps: ClockCheckDeps;
  readonly #parts: ClockCheckParts;
  readonly loop: Loop;
  /** By how much the time of day is ahead of the monotonic clock. */
  #offset = 0;
  #shortenAgainAt = 0;

  constructor(deps: ClockCheckDeps, parts: ClockCheckParts) {
    this.#deps = deps;
    this.#parts = parts;
    const trouble = 'the database does not let waits be shortened';
    this.loop = new Loop({ ...deps, trouble, pass: () => this.#pass() });
  }

  /** Call before other jobs read stored times. */
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
