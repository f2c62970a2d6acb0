// Chooses between a bot for one workspace and a bot for many.
import type { webApi } from '@slack/bolt';
import type { Rubric } from './advice/rubric/schema.ts';
import { systemClock } from './runtime/clock.ts';
import type { Config } from './runtime/config.ts';
import type { Logger } from './runtime/logging.ts';
import { createSingleWorkspace, type StartedSlackApp } from './slack/installation.ts';
import type { Store } from './store/store.ts';

/** Starts the Slack app, with the token in the environment or with the stored installations. */
export async function startSlackApp(
  config: Config,
  options: webApi.WebClientOptions,
  store: Store,
  rubric: Rubric,
  logger: Logger,
): Promise<StartedSlackApp> {
  const { workspaces } = config;
  if (workspaces.kind === 'many') {
    // Imported only when needed, because every import delays the start.
    const { createManyWorkspacesApp } = await import('./installs/many-workspaces.ts');
    return createManyWorkspacesApp(config, workspaces, options, store, rubric, logger);
  }
  const installations = createSingleWorkspace(workspaces.botToken, options, logger, {
    now: systemClock.now,
    // A token that works means that the app is installed, or installed again.
    onTokenWorks: (team, seen) => store.tenants.comeBack(team, seen),
  });
  const problem = await installations.verify();
  if (problem !== null) return { ok: false, problem };
  return { ok: true, app: { installations, pages: {} } };
}
