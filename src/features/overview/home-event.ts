import type { ListenerDeps } from '../../interactions/deps.ts';
import { tenantOf } from '../../interactions/find-decision.ts';
import type { Routes } from '../../interactions/routes.ts';
import { publishHome } from './home-deliver.ts';

/** Registers the opening of the Home tab. From then on, the bot keeps that person's tab up to date. */
export function registerHomeEvent(on: Routes, deps: ListenerDeps): void {
  on.homeOpened(async ({ event, client, context }) => {
    if (event.tab !== 'home') return;
    const { tenant } = tenantOf(context);
    await deps.store.homes.markOpened(tenant, event.user);
    await publishHome(deps, client, tenant, event.user);
  });
}
