import type { App } from '@slack/bolt';
import { publishHome } from '../../jobs/refresh-homes.ts';
import type { ListenerDeps } from '../deps.ts';
import { tenantOf } from '../tenant.ts';

/** Somebody opens the app's Home tab. */
export function homeOpened(app: App, deps: ListenerDeps): void {
  app.event('app_home_opened', async ({ event, client, context }) => {
    if (event.tab !== 'home') return;
    const { tenant } = tenantOf(context);
    await deps.store.homes.opened(tenant, event.user);
    await publishHome(deps, client, tenant, event.user);
  });
}
