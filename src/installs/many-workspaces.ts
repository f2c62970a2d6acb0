import { randomBytes } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import type { Rubric } from '../advice/rubric/schema.ts';
import { SCOPES } from '../manifest/permissions.ts';
import { systemClock } from '../runtime/clock.ts';
import type { Config, ManyWorkspaces } from '../runtime/config.ts';
import type { Logger } from '../runtime/logging.ts';
import { createSealer, SealError, type Sealer } from '../runtime/seal.ts';
import type { StartedSlackApp } from '../slack/installation.ts';
import type { Store } from '../store/store.ts';
import { createPages } from './web.ts';
import { Workspaces } from './workspaces.ts';

/** Far more keys than an operator uses. Damaged tokens can look like further keys. */
const MOST_KEYS = 100;

/**
 * Creates the installations and web pages of a bot for many workspaces.
 *
 * @returns `problem` for the operator if a stored token doesn't fit the encryption keys
 */
export async function createManyWorkspacesApp(
  config: Config,
  many: ManyWorkspaces,
  options: webApi.WebClientOptions,
  store: Store,
  rubric: Rubric,
  logger: Logger,
): Promise<StartedSlackApp> {
  const { clientId, clientSecret, encryptionKeys } = many;
  const sealer = createSealer(encryptionKeys, randomBytes);
  const problem = await checkKeys(store, sealer, logger);
  if (problem !== null) return { ok: false, problem };
  const installations = new Workspaces({
    store,
    sealer,
    credentials: { clientId, clientSecret },
    clientOptions: options,
    clock: systemClock,
    logger,
  });
  const pages = createPages({
    config,
    many,
    workspaces: installations,
    now: systemClock.now,
    scopes: SCOPES,
    rubric,
    randomBytes,
    newReference: () => randomBytes(6).toString('base64url'),
    logger,
  });
  return { ok: true, app: { installations, pages } };
}

/**
 * Decrypts the tokens of one workspace for each key that occurs in the database. So the operator learns of a wrong key,
 * or an old key removed too early, before people use the bot.
 *
 * @returns a sentence for the operator if a key is missing or a format is unknown; null if all is well. A damaged token
 *   affects only its own workspace, so it is just logged.
 */
async function checkKeys(
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
