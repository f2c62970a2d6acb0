import { randomBytes } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import { systemClock } from './clock.ts';
import type { Config, ManyWorkspaces } from './config.ts';
import { webPages } from './http/web.ts';
import type { Logger } from './logging.ts';
import { SCOPES } from './manifest/permissions.ts';
import type { Rubric } from './rubric/schema.ts';
import { checkKeys } from './slack/check-keys.ts';
import { createSealer } from './slack/seal.ts';
import { Workspaces } from './slack/workspaces.ts';
import type { StartedSlackApp } from './slack-app.ts';
import type { Store } from './store/store.ts';

/** The app with its stored installations, and the pages on which people install it. */
export async function manyWorkspaces(
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
  const pages = webPages({
    config,
    many,
    workspaces: installations,
    now: systemClock.now,
    scopes: SCOPES,
    article: rubric.article,
    randomBytes,
    newReference: () => randomBytes(6).toString('base64url'),
    logger,
  });
  return { ok: true, app: { installations, pages } };
}
