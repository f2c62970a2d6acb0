import type { GroupOf } from '../../decision/discussion.ts';
import type { PoolUse, Store } from '../store.ts';
import { cardUpdateStore } from './card-updates.ts';
import { decisionStore } from './decisions.ts';
import { deliveryStore } from './deliveries.ts';
import { discussionStore } from './discussions.ts';
import { homeStore } from './homes.ts';
import { inboxStore } from './inbox.ts';
import { installationStore } from './installations.ts';
import { peopleStore } from './people.ts';
import { postStore } from './posts.ts';
import { recordStore } from './records.ts';
import { tenantStore } from './tenants.ts';
import { waitStore } from './waits.ts';
import { type Database, execute } from './work.ts';

export interface StoreParts {
  /** No other process uses this database. */
  readonly alone: boolean;
  readonly pool: () => PoolUse | null;
  readonly groupOf: GroupOf;
}

/** Creates the store on a database whose schema is up to date. */
export function createStore(db: Database, { alone, pool, groupOf }: StoreParts): Store {
  return {
    alone,
    decisions: decisionStore(db),
    posts: postStore(db),
    discussions: discussionStore(db, groupOf),
    records: recordStore(db),
    cardUpdates: cardUpdateStore(db),
    homes: homeStore(db),
    deliveries: deliveryStore(db),
    people: peopleStore(db, groupOf),
    inbox: inboxStore(db),
    installations: installationStore(db),
    tenants: tenantStore(db),
    waits: waitStore(db),
    ping: () => db.read(() => execute('SELECT 1 AS one', {})),
    pool,
    close: () => db.close(),
  };
}
