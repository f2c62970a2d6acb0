// Ends waits that no correct clock would have stored.
import type { LongestWaits, WaitStore } from '../store.ts';
import { type Database, execute, type Work } from './work.ts';

/** Lifetime of Slack's tokens, 12 hours, plus a margin of ten minutes. */
const TOKEN_MS = 12 * 60 * 60_000 + 10 * 60_000;
/** Longest claim on a renewal. A claim must not be cut short, because Slack accepts a refresh token only once. */
const RENEWAL_MS = 20_000;
const RENEW_NOW_MS = 60 * 60_000;

/** Kinds of posts that are due on a day that people picked, maybe in years. */
const PICKED = "'revisit', 'deadline_soon', 'deadline'";

const tooLong = (attempts: string): string =>
  `CASE WHEN ${attempts} = 0 THEN CAST(:first AS BIGINT) ELSE CAST(:retry AS BIGINT) END`;

/** Covers every stored time that the bot waits for. */
const SHORTEN = [
  `UPDATE card_updates SET due_at = :now
   WHERE shown < revision AND stuck IS NULL AND due_at > CAST(:now AS BIGINT) + ${tooLong('attempts')}`,
  `UPDATE update_budgets SET spent_until = CAST(:now AS BIGINT) + CAST(:budget AS BIGINT)
   WHERE spent_until > CAST(:now AS BIGINT) + CAST(:budget AS BIGINT)`,
  `UPDATE posts SET due_at = :now
   WHERE state IN ('wanted', 'unwanted') AND due_at > CAST(:now AS BIGINT) + ${tooLong('attempts')}
     AND (attempts > 0 OR state = 'unwanted' OR kind NOT IN (${PICKED}))`,
  // A post without an outcome is adopted some time after `sent_at`, and then posted again at `again_at`, if set.
  `UPDATE posts SET sent_at = :now WHERE state = 'sent' AND sent_at > :now`,
  `UPDATE posts SET again_at = :now WHERE state = 'sent' AND again_at > CAST(:now AS BIGINT) + CAST(:first AS BIGINT)
     AND kind NOT IN (${PICKED})`,
  `UPDATE inbox SET due_at = :now
   WHERE due_at > CAST(:now AS BIGINT) + CASE WHEN attempts = 0 THEN 0 ELSE CAST(:inbox AS BIGINT) END`,
  `UPDATE installations SET renewing_until = 0 WHERE renewing_until > CAST(:now AS BIGINT) + ${RENEWAL_MS}`,
  `UPDATE installations SET expires_at = CAST(:now AS BIGINT) + ${RENEW_NOW_MS}
   WHERE expires_at > CAST(:now AS BIGINT) + ${TOKEN_MS}`,
  'UPDATE departures SET left_at = :now WHERE left_at > :now',
  `UPDATE departures SET erase_at = CAST(:now AS BIGINT) + CAST(:erase AS BIGINT)
   WHERE erase_at > CAST(:now AS BIGINT) + CAST(:erase AS BIGINT)`,
];

export function createWaitStore(db: Database): WaitStore {
  return {
    shorten: (now, longest: LongestWaits) =>
      db.transaction(null, function* (): Work<void> {
        for (const sql of SHORTEN) yield* execute(sql, { now, ...longest });
      }),
  };
}
