// A check at startup that the encryption keys fit the stored tokens.
import type { Logger } from '../runtime/logging.ts';
import { SealError, type Sealer } from '../runtime/seal.ts';
import type { Store } from '../store/store.ts';

/** Far more keys than an operator uses. Damaged tokens can look like further keys. */
const MOST_KEYS = 100;

/**
 * Decrypts the tokens of one workspace for each key that occurs in the database. So the operator learns of a wrong key,
 * or an old key removed too early, before people use the bot.
 *
 * @returns a sentence for the operator if a key is missing or a format is unknown; null if all is well. A damaged token
 *   affects only its own workspace, so it is just logged.
 */
export async function checkKeys(
  { installations }: Pick<Store, 'installations'>,
  sealer: Sealer,
  logger: Logger,
): Promise<string | null> {
  const problems = new Set<string>();
  for (const { tenant, token, refreshToken } of await installations.onePerKey(MOST_KEYS)) {
    for (const sealed of refreshToken === null ? [token] : [token, refreshToken]) {
      try {
        sealer.open(sealed, tenant);
      } catch (error) {
        if (!(error instanceof SealError)) throw error;
        if (error.kind === 'tampered')
          logger.error({ tenant, err: error }, 'a stored token cannot be decrypted');
        else problems.add(error.message);
      }
    }
  }
  return problems.size === 0 ? null : [...problems].join('\n');
}
