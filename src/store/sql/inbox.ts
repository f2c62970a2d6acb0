import { z } from 'zod';
import type { InboxStore, Received } from '../store.ts';
import { TAKE } from './deliveries.ts';
import { columnAs, rowAs } from './reading.ts';
import { type Database, didChange, first, query, run, type Work } from './work.ts';

const inboxRow = z
  .object({ id: z.string(), tenant: z.string(), body: z.string(), attempts: z.number() })
  .transform(({ body, ...rest }): Received => ({ ...rest, body: JSON.parse(body) }));

const PUT = `
  INSERT INTO inbox (id, tenant, body, due_at) VALUES (:id, :tenant, :body, :now) ON CONFLICT DO NOTHING`;
const CLAIM = query(
  `UPDATE inbox SET due_at = :until, attempts = attempts + 1
   WHERE id = (SELECT id FROM inbox WHERE due_at <= :now ORDER BY due_at, id LIMIT 1) AND due_at <= :now
   RETURNING *`,
  rowAs(inboxRow),
);
const DONE = 'DELETE FROM inbox WHERE id = :id';
const LATER = 'UPDATE inbox SET due_at = :due_at WHERE id = :id';
const NEXT_DUE = query('SELECT min(due_at) AS at FROM inbox', columnAs('at', z.number().nullable()));

export function inboxStore(db: Database): InboxStore {
  return {
    put: ({ id, tenant, body }, now) =>
      db.write(() => run(PUT, { id, tenant, body: JSON.stringify(body), now })),
    putOnce: ({ id, tenant, body }, now) =>
      db.transaction(null, function* (): Work<void> {
        if (!(yield* didChange(TAKE, { tenant, id, now }))) return;
        yield* run(PUT, { id, tenant, body: JSON.stringify(body), now });
      }),
    claim: (now, until) => db.write(() => first(CLAIM, { now, until })),
    done: (id) => db.write(() => run(DONE, { id })),
    later: (id, dueAt) => db.write(() => run(LATER, { id, due_at: dueAt })),
    nextDue: () => db.read(() => first(NEXT_DUE, {})),
  };
}
