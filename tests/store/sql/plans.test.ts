import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createDecisionStore } from '../../../src/store/sql/decisions.ts';
import { createDiscussionStore } from '../../../src/store/sql/discussions.ts';
import { createPostStore } from '../../../src/store/sql/posts.ts';
import { sqliteDatabase } from '../../../src/store/sqlite/database.ts';
import { openSqlite } from '../../../src/store/sqlite/open-file.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { counted, draft, NOW } from '../draft.ts';

const key = { tenant: 'T1', decision: 'd1' };
const card = { ...key, kind: 'card' } as const;
const LATER = NOW + 1_000;

/** Matches a scan of a whole table, or of all of a workspace's rows in it. */
const LOOKS_THROUGH =
  /^SCAN (decisions|posts|votes|rounds|card_updates|[a-z])$|^SEARCH (decisions|posts|votes|rounds|card_updates|[a-z]) USING PRIMARY KEY \(tenant=\?\)$/;

it('what happens at each vote and submission is found by an index, however much there is of everything', async () => {
  const { db: file, close } = openSqlite(join(temporaryFolder(), 'bot.db'));
  onTestFinished(close);
  const prepare = file.prepare.bind(file);
  const statements = new Set<string>();
  vi.spyOn(file, 'prepare').mockImplementation((sql) => {
    statements.add(sql);
    return prepare(sql);
  });
  const db = sqliteDatabase(file, close);
  const [decisions, posts, discussions] = [
    createDecisionStore(db),
    createPostStore(db),
    createDiscussionStore(db, counted),
  ];
  await decisions.submit(draft(), NOW);
  await posts.markPosted(card, '1.1', NOW);
  await discussions.vote(key, 'U7', 'flask', NOW);
  await discussions.glance(key, 'U7');
  await discussions.get(key);
  await posts.due(LATER, 16, []);
  await posts.nextDue(LATER, ['T1 say']);
  await posts.behind(card, LATER);
  await posts.abandoned(LATER);
  const plans = [...statements]
    .filter((sql) => /^\s*(SELECT|INSERT|UPDATE|WITH)/.test(sql))
    .map((sql) => ({
      sql,
      steps: prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => String(detail)),
    }));
  expect(plans.length).toBeGreaterThan(15);
  // SQLite uses this index only if its expression is exactly the query's.
  const steps = plans.flatMap((plan) => plan.steps);
  expect(steps).toContain('SEARCH q USING INDEX posts_by_line (tenant=? AND <expr>=? AND due_at<?)');
  expect(plans.filter(({ steps }) => steps.some((step) => LOOKS_THROUGH.test(step)))).toEqual([]);
});
