import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { PostKey } from '../../../src/decision/post.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { exportDatabase } from '../../../src/store/transfer/transfer.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { ADVICE, counted, NOW } from '../draft.ts';
import { fill } from '../filled.ts';

const outcome = { outcome: 'flask', rationale: 'Small.', revisit: null, revisitAt: null, by: 'U1' } as const;
const round = { answers: { admin: 'no' }, advice: ADVICE, by: 'U1', at: NOW + 1 };

async function linesOf(database: string, tenant: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportDatabase(database, tenant)) lines.push(line);
  return lines;
}

it('whatever is done in one workspace, another with the same ids stays as it was', async () => {
  const database = join(temporaryFolder(), 'bot.db');
  const store = openSqliteStore(database, counted);
  onTestFinished(() => store.close());
  for (const tenant of ['T1', 'T2']) await fill(store, tenant);
  const before = await linesOf(database, 'T2');
  const [tenant, key] = ['T1', { tenant: 'T1', decision: 'd1' }];
  const [card, other]: PostKey[] = [
    { ...key, kind: 'card' },
    { ...key, decision: 'd2', kind: 'card' },
  ];
  if (!card || !other) throw new Error('unreachable');

  await store.discussions.vote(key, 'U1', 'flask', NOW + 1);
  await store.discussions.giveReason(key, 'U1', 'flask', 'Why not', NOW + 1);
  await store.discussions.withdraw(key, 'U5', NOW + 1);
  await store.discussions.answer(key, 'U5', {}, NOW + 1);
  await store.discussions.edit(key, round);
  await store.discussions.markRoundPosted(key, 2);
  await store.records.decide(key, outcome, NOW + 2);
  await store.records.snooze(key, '2027-01-01', NOW + 99, NOW + 3);
  await store.records.exportFile(key, NOW + 3);
  await store.records.decide({ ...key, decision: 'd2' }, outcome, NOW + 4);
  await store.records.reopen({ ...key, decision: 'd2' }, 'U1', NOW + 5);
  await store.records.reopen(key, 'U1', NOW + 5);
  await store.posts.adopt(other, NOW + 1, NOW + 1);
  await store.posts.retry(other, NOW + 1);
  await store.posts.claim(other, NOW + 1);
  await store.posts.markRefused(other, 'is_archived', NOW + 1);
  await store.posts.tellAsker(other, NOW + 1);
  await store.posts.dropNotice(other, NOW);
  await store.posts.postpone({ ...key, kind: 'deadline' }, NOW + 77);
  await store.posts.savePermalink(card, 'https://acme.slack.com/1');
  await store.posts.addReply(key, '1.3', NOW);
  await store.cardUpdates.markStale(key, NOW + 6);
  await store.cardUpdates.postpone(key, NOW + 7);
  await store.cardUpdates.markStuck(key, 'is_archived', NOW + 7);
  await store.cardUpdates.markShown({ ...key, revision: 99, attempts: 0 }, NOW + 8, NOW + 9);
  await store.cardUpdates.blockUntil(tenant, NOW + 99, { burst: 1, msPerCall: 1 });
  await store.people.forget(tenant, 'U1', { cards: false, limit: 10 }, NOW + 9);
  await store.records.remove(key, NOW + 10);
  await store.posts.claimRemoval(card, NOW + 10, NOW + 20);
  await store.posts.markRemoved(card, ['1.1'], NOW + 20);
  await store.installations.claimRenewal(tenant, NOW + 10, NOW, NOW + 20);
  await store.installations.saveRenewal(
    { tenant, installedAt: NOW },
    { token: 'x', refreshToken: 'x', expiresAt: 1 },
  );
  await store.installations.saveReencrypted(tenant, 'x', { token: 'y', refreshToken: 'y' });
  expect(await linesOf(database, 'T2')).toEqual(before);

  await store.tenants.leave(tenant, NOW + 11, NOW + 11, NOW + 11);
  await store.tenants.erase(tenant, NOW + 11, NOW + 12, 100);
  await store.tenants.erase(tenant, NOW + 12, NOW + 13, 100);
  expect(await linesOf(database, 'T2')).toEqual(before);
  // An export of the other workspace has only its header and summary.
  expect(await linesOf(database, 'T1')).toHaveLength(2);
});
