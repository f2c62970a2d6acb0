import type { Store } from '../../src/store/store.ts';
import { draft, NOW } from './draft.ts';
import { installation } from './installation.ts';

/** Fills every table with rows of a tenant, under ids that other tenants may have too. */
export async function fill(store: Store, tenant: string, ids = ['d1', 'd2', 'd3']): Promise<void> {
  const [first = '', second = '', deleted = ''] = ids;
  const key = { tenant, decision: first };
  await store.installations.save(
    installation({ tenant, team: tenant, refreshToken: 'sealed', expiresAt: NOW + 5 }),
  );
  await store.decisions.submit(
    draft({ tenant, workspace: tenant, id: first, submission: `V${first}`, voteUntil: NOW + 1_000 }),
  );
  await store.decisions.submit(draft({ tenant, id: second, submission: `V${second}`, supersedes: first }));
  for (const [kind, ts] of [
    ['card', '1.1'],
    ['reasoning', '1.2'],
  ] as const) {
    await store.posts.claim({ ...key, kind }, NOW);
    await store.posts.markPosted({ ...key, kind }, ts, NOW);
  }
  await store.posts.claim({ ...key, decision: second, kind: 'card' }, NOW);
  await store.decisions.submit(draft({ tenant, id: deleted, submission: `V${deleted}` }));
  await store.records.remove({ tenant, decision: deleted }, NOW);
  for (const person of ['U1', 'U5']) {
    await store.discussions.vote(key, person, 'both', NOW);
    await store.homes.markOpened(tenant, person);
  }
  await store.discussions.answer(key, 'U5', { admin: 'no' }, NOW);
  await store.deliveries.take(tenant, 'mention C1 1.1', NOW);
  await store.cardUpdates.blockUntil(tenant, NOW + 9, { burst: 1, msPerCall: 1 });
}
