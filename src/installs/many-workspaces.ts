import { randomBytes } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import type { Rubric } from '../advice/rubric/schema.ts';
import { SCOPES } from '../manifest/permissions.ts';
import { systemClock } from '../runtime/clock.ts';
import type { Config, ManyWorkspaces } from '../runtime/config.ts';
import type { Logger } from '../runtime/logging.ts';
import { createSealer } from '../runtime/seal.ts';
import type { StartedSlackApp } from '../slack/installation.ts';
import type { Store } from '../store/store.ts';
import { checkKeys } from './check-keys.ts';
import { createPages } from './web.ts';
import { Workspaces } from './workspaces.ts';

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
