import type { Deps } from '../deps.ts';
import { Loop } from './loop.ts';

const NEVER_MS = 24 * 60 * 60_000;

/** Renews tokens before they expire, where they do. */
export function tokenRenewal(
  { clock, logger }: Pick<Deps, 'clock' | 'logger'>,
  renewExpiring: () => Promise<number | null>,
): Loop {
  return new Loop({
    clock,
    logger,
    trouble: 'the database does not let tokens be renewed',
    pass: async () => (await renewExpiring()) ?? NEVER_MS,
  });
}
