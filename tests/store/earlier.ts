import { expect } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { NOW } from './draft.ts';

const KEY = { tenant: 'T1', decision: 'fixture1' };
const PAGE = { viewer: 'U1', words: [], offset: 0, limit: 10 };

/** What a fixture has is found in a store that was opened on it, and everything can be done with it. */
export async function expectUsable(store: Store): Promise<void> {
  const [listed] = await store.decisions.inChannel('T1', 'C1', PAGE);
  expect(listed).toMatchObject({ decision: { id: 'fixture1', project: 'Billing portal', status: 'open' } });
  expect((await store.discussions.vote(KEY, 'U7', 'flask', NOW)).kind).toBe('recorded');
  expect((await store.discussions.answer(KEY, 'U7', { size: 'large' }, NOW)).kind).toBe('recorded');
  const outcome = { outcome: 'flask', rationale: 'Small', revisit: null, revisitAt: null, by: 'U1' } as const;
  expect(await store.records.decide(KEY, outcome, NOW)).toBe('done');
  expect(await store.cardUpdates.claim(NOW, NOW + 1, { burst: 9, msPerCall: 1 }, [])).toMatchObject(KEY);
  expect(await store.discussions.get(KEY)).toMatchObject({
    decision: { status: 'decided' },
    votes: [{ person: 'U7', choice: 'flask' }],
    ownAnswers: [{ person: 'U7', answers: { size: 'large' } }],
    record: { outcome: 'flask', rationale: 'Small' },
  });
}
