// The loop that keeps the app's tokens working.
import type { Deps } from '../delivery/deps.ts';
import { Loop } from '../delivery/loop.ts';

/**
 * @param renewExpiring renews the tokens that expire soon; resolves to the time until the next pass, in milliseconds
 */
export function createTokenRenewal(
  { clock, logger }: Pick<Deps, 'clock' | 'logger'>,
  renewExpiring: () => Promise<number>,
): Loop {
  return new Loop({
    clock,
    logger,
    trouble: 'the database failed while renewing tokens',
    pass: renewExpiring,
  });
}
