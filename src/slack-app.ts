import type { webApi } from '@slack/bolt';
import type { Rubric } from './advice/rubric/schema.ts';
import { systemClock } from './runtime/clock.ts';
import type { Config } from './runtime/config.ts';
import type { Logger } from './runtime/logging.ts';
import { type StartedSlackApp, singleWorkspace } from './slack/installation.ts';
import type { Store } from './store/store.ts';

/** Starts with the token in the environment, or with the stored installations. */
export async function slackApp(
  config: Config,
  options: webApi.WebClientOptions,
  store: Store,
  rubric: Rubric,
  logger: Logger,
): Promise<StartedSlackApp> {
  const { workspaces } = config;
  if (workspaces.kind === 'many') {
    // Loaded only where it is used: a start waits for whatever is loaded.
    const { createManyWorkspacesApp } = await import('./installs/many-workspaces.ts');
    return createManyWorkspacesApp(config, workspaces, options, store, rubric, logger);
  }
  const installations = singleWorkspace(workspaces.botToken, options, logger, {
    now: systemClock.now,
    // So it has not left, or is back.
    worksIn: (team, seen) => store.tenants.comeBack(team, seen),
  });
  const problem = await installations.verify();
  if (problem !== null) return { ok: false, problem };
  return { ok: true, app: { installations, pages: {} } };
}
