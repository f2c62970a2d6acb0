import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { draft, NOW } from './draft.ts';
import { installation } from './installation.ts';

const PLENTY = { burst: 1_000, msPerCall: 1 };

/** The part of the store's contract about many workspaces. */
export function workspacesContract(open: () => Promise<Store>): void {
  let store: Store;

  beforeEach(async () => {
    store = await open();
  });

  describe('an installation', () => {
    it('reads back as it was saved, and a new one replaces it', async () => {
      expect(await store.installations.get('T1')).toBeNull();
      await store.installations.save(installation());
      expect(await store.installations.get('T1')).toEqual(installation());
      const anew = installation({
        token: 'sealed-2',
        refreshToken: 'r',
        expiresAt: NOW + 5,
        enterprise: 'E1',
      });
      await store.installations.save(anew);
      expect(await store.installations.get('T1')).toEqual(anew);
      expect(await store.installations.count()).toBe(1);
    });

    it('comes in pages, by tenant', async () => {
      for (const tenant of ['T3', 'T1', 'T2']) await store.installations.save(installation({ tenant }));
      const tenants = async (after: string | null) =>
        (await store.installations.listAfter(after, 2)).map(({ tenant }) => tenant);
      expect([await tenants(null), await tenants('T2'), await tenants('T3')]).toEqual([
        ['T1', 'T2'],
        ['T3'],
        [],
      ]);
    });

    it('is found once for each key, unless its workspace has left', async () => {
      const save = (tenant: string, token: string, refreshToken: string | null = null) =>
        store.installations.save(installation({ tenant, token, refreshToken }));
      await save('T1', 'v1.0000aaaa.x.y');
      await save('T2', 'v1.0000aaaa.z.z');
      await save('T3', 'v1.0000bbbb.x.y');
      await save('T4', 'v1.0000aaaa.x.y', 'v1.0000aaaa.x.y');
      await save('T5', 'v1.0000aaaa.x.y', 'v1.0000cccc.x.y');
      await save('T6', 'v2.0000aaaa.x.y');
      await save('T7', 'v1.0000dddd.x.y');
      await store.tenants.leave('T7', NOW, NOW + 1, NOW + 9);
      const tenants = async (limit: number) =>
        (await store.installations.onePerKey(limit)).map(({ tenant }) => tenant);
      expect(await tenants(9)).toEqual(['T1', 'T3', 'T4', 'T5', 'T6']);
      expect(await tenants(2)).toEqual(['T1', 'T3']);
    });

    it('whose token expires is renewed by one, and by another where that one is never heard of again', async () => {
      await store.installations.save(installation({ tenant: 'T0' }));
      await store.installations.save(installation({ refreshToken: 'r1', expiresAt: NOW + 100 }));
      const expiring = async (before: number, now: number) =>
        (await store.installations.listExpiring(before, now, 10)).map(({ tenant }) => tenant);
      expect(await expiring(NOW + 99, NOW)).toEqual([]);
      expect(await expiring(NOW + 100, NOW)).toEqual(['T1']);
      const claim = (now: number) => store.installations.claimRenewal('T1', NOW + 100, now, now + 30);
      const claims = await Promise.all([claim(NOW), claim(NOW), claim(NOW)]);
      expect(claims.filter((claimed) => claimed !== null)).toHaveLength(1);
      expect(await expiring(NOW + 100, NOW + 29)).toEqual([]);
      expect((await claim(NOW + 30))?.refreshToken).toBe('r1');
      const tokens = { token: 'sealed-2', refreshToken: 'r2', expiresAt: NOW + 9_000 };
      expect(await store.installations.saveRenewal({ tenant: 'T1', installedAt: NOW - 1 }, tokens)).toBe(
        false,
      );
      expect(await store.installations.saveRenewal({ tenant: 'T1', installedAt: NOW }, tokens)).toBe(true);
      expect(await store.installations.get('T1')).toMatchObject(tokens);
      expect(await claim(NOW + 31)).toBeNull();
    });

    it('is sealed anew only where its tokens are still the same', async () => {
      await store.installations.save(installation());
      const anew = { token: 'sealed-9', refreshToken: null };
      expect(await store.installations.saveReencrypted('T1', 'sealed-0', anew)).toBe(false);
      expect(await store.installations.saveReencrypted('T1', 'sealed-1', anew)).toBe(true);
      expect((await store.installations.get('T1'))?.token).toBe('sealed-9');
    });
  });

  describe('a tenant that has left', () => {
    const key = { tenant: 'T1', decision: 'd1' };

    it('gets nothing done any more, and its data are deleted in the end, and nobody else’s', async () => {
      for (const tenant of ['T1', 'T2']) {
        await store.installations.save(installation({ tenant }));
        await store.decisions.submit(draft({ tenant }));
        await store.homes.markOpened(tenant, 'U1');
        await store.deliveries.take(tenant, 'x', NOW);
        await store.discussions.vote({ tenant, decision: 'd1' }, 'U2', 'flask', NOW);
      }
      expect(await store.tenants.leave('T1', NOW + 1, NOW + 1, NOW + 1_000)).toBe(true);
      const due = await store.posts.due(NOW + 99_999, 10, []);
      expect(due.map(({ tenant }) => tenant)).toEqual(['T2']);
      expect((await store.cardUpdates.claim(NOW + 9, NOW + 10_000, PLENTY, []))?.tenant).toBe('T2');
      expect(await store.cardUpdates.claim(NOW + 9, NOW + 10_000, PLENTY, [])).toBeNull();
      expect(await store.tenants.listToErase(NOW + 999, 10)).toEqual([]);
      expect(await store.tenants.erase('T1', NOW + 999, NOW + 2_000, 10)).toBe('back');
      expect(await store.tenants.nextErasure()).toBe(NOW + 1_000);
      expect(await store.tenants.listToErase(NOW + 1_000, 10)).toEqual(['T1']);
      expect(await store.tenants.erase('T1', NOW + 1_000, NOW + 2_000, 10)).toBe('again');
      expect(await store.tenants.nextErasure()).toBe(NOW + 2_000);
      expect(await store.installations.get('T1')).toBeNull();
      expect(await store.decisions.get('T1', 'd1')).toBeNull();
      expect(await store.homes.listOpened('T1', ['U1'])).toEqual([]);
      expect(await store.deliveries.take('T1', 'x', NOW)).toBe(true);
      expect((await store.discussions.get({ ...key, tenant: 'T2' }))?.votes).toHaveLength(1);
    });

    it('is looked at once more, for what somebody wrote who did not know yet', async () => {
      const erase = (now: number) => store.tenants.erase('T1', now, now + 1_000, 2);
      await store.installations.save(installation());
      for (const id of ['d1', 'd2', 'd3']) await store.decisions.submit(draft({ id, submission: id }));
      await store.tenants.leave('T1', NOW, NOW, NOW);
      expect([await erase(NOW), await erase(NOW), await erase(NOW)]).toEqual(['more', 'again', 'back']);
      await store.decisions.submit(draft());
      expect(await store.posts.due(NOW + 99_999, 10, [])).toEqual([]);
      expect([await erase(NOW + 1_000), await erase(NOW + 2_000)]).toEqual(['done', 'back']);
      expect(await store.decisions.get('T1', 'd1')).toBeNull();
      expect(await store.tenants.nextErasure()).toBeNull();
    });

    it('comes back with all it had when it installs the app again in time', async () => {
      await store.installations.save(installation());
      await store.decisions.submit(draft());
      await store.tenants.leave('T1', NOW + 1, NOW + 1, NOW + 1_000);
      await store.installations.save(installation({ installedAt: NOW + 500 }));
      expect(await store.tenants.listToErase(NOW + 2_000, 10)).toEqual([]);
      expect(await store.tenants.erase('T1', NOW + 2_000, NOW + 3_000, 10)).toBe('back');
      expect(await store.posts.due(NOW + 99_999, 10, [])).toHaveLength(1);
      // Slack sends the removal late, or a second time.
      expect(await store.tenants.leave('T1', NOW + 1, NOW + 501, NOW + 1_000)).toBe(false);
    });

    it('loses its tokens at once, even if its installation time is in the future', async () => {
      await store.installations.save(installation({ installedAt: NOW + 500 }));
      await store.decisions.submit(draft());
      expect(await store.tenants.leave('T1', NOW + 1, NOW + 2, NOW + 1_000)).toBe(true);
      expect(await store.installations.get('T1')).toBeNull();
      expect(await store.decisions.get('T1', 'd1')).not.toBeNull();
    });

    it('that runs a bot of its own comes back when that one is started', async () => {
      await store.decisions.submit(draft());
      await store.tenants.leave('T1', NOW, NOW, NOW + 1_000);
      await store.tenants.comeBack('T1', NOW + 1);
      expect(await store.posts.due(NOW + 99_999, 10, [])).toHaveLength(1);
    });

    it('that leaves while its bot is being started has left', async () => {
      await store.decisions.submit(draft());
      await store.tenants.leave('T1', NOW + 1, NOW + 1, NOW + 1_000);
      await store.tenants.comeBack('T1', NOW);
      expect(await store.posts.due(NOW + 99_999, 10, [])).toEqual([]);
      expect(await store.tenants.listToErase(NOW + 2_000, 10)).toEqual(['T1']);
    });
  });

  describe('an event in the inbox', () => {
    const event = { id: 'Ev1', tenant: 'T1', body: { event: { type: 'app_uninstalled' } } };

    it('is worked on by one, once, and by another where that one is never heard of again', async () => {
      await store.inbox.put(event, NOW);
      await store.inbox.put(event, NOW + 5);
      expect(await store.inbox.nextDue()).toBe(NOW);
      const claims = await Promise.all([1, 2, 3].map(() => store.inbox.claim(NOW, NOW + 30)));
      expect(claims.filter((claim) => claim !== null)).toEqual([{ ...event, attempts: 1 }]);
      expect(await store.inbox.claim(NOW + 29, NOW + 60)).toBeNull();
      expect(await store.inbox.claim(NOW + 30, NOW + 60)).toEqual({ ...event, attempts: 2 });
      await store.inbox.postpone('Ev1', NOW + 50);
      expect(await store.inbox.nextDue()).toBe(NOW + 50);
      await store.inbox.remove('Ev1');
      expect(await store.inbox.claim(NOW + 99, NOW + 100)).toBeNull();
      expect(await store.inbox.nextDue()).toBeNull();
    });

    it('that is to be kept once is not there again when it was done, however often it comes', async () => {
      await Promise.all([1, 2, 3].map(() => store.inbox.putOnce(event, NOW)));
      expect((await store.inbox.claim(NOW, NOW + 30))?.body).toEqual(event.body);
      expect(await store.inbox.claim(NOW, NOW + 30)).toBeNull();
      await store.inbox.remove('Ev1');
      await store.inbox.putOnce(event, NOW + 40);
      expect(await store.inbox.nextDue()).toBeNull();
    });

    it('comes in the order in which they arrived', async () => {
      await store.inbox.put({ ...event, id: 'Ev9' }, NOW);
      await store.inbox.put({ ...event, id: 'Ev3' }, NOW + 1);
      expect((await store.inbox.claim(NOW + 1, NOW + 30))?.id).toBe('Ev9');
      expect((await store.inbox.claim(NOW + 1, NOW + 30))?.id).toBe('Ev3');
    });
  });
}
