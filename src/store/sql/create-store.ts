import type { ComputeGroup } from '../../decision/discussion.ts';
import type { PoolUse, Store } from '../store.ts';
import { createCardUpdateStore } from './card-updates.ts';
import { createDecisionStore } from './decisions.ts';
import { createDiscussionStore } from './discussions.ts';
import { createHomeStore } from './homes.ts';
import { createDeliveryStore, createInboxStore } from './inbox.ts';
import { createInstallationStore } from './installations.ts';
import { createPeopleStore } from './people.ts';
import { createPostStore } from './posts.ts';
import { createRecordStore } from './records.ts';
import { createTenantStore } from './tenants.ts';
import { createWaitStore } from './waits.ts';
import { type Database, execute } from './work.ts';

export interface StoreParts {
  /** True if no other process uses the database. */
  readonly alone: boolean;
  readonly pool: () => PoolUse | null;
  readonly groupOf: ComputeGroup;
}

/** Creates the store on a database whose schema is up to date. */
export function createStore(db: Database, { alone, pool, groupOf }: StoreParts): Store {
  return {
    alone,
    decisions: createDecisionStore(db),
    posts: createPostStore(db),
    discussions: createDiscussionStore(db, groupOf),
    records: createRecordStore(db),
    cardUpdates: createCardUpdateStore(db),
    homes: createHomeStore(db),
    deliveries: createDeliveryStore(db),
    people: createPeopleStore(db, groupOf),
    inbox: createInboxStore(db),
    installations: createInstallationStore(db),
    tenants: createTenantStore(db),
    waits: createWaitStore(db),
    ping: () => db.read(() => execute('SELECT 1 AS one', {})),
    pool,
    close: () => db.close(),
  };
}
