import { z } from 'zod';
import type { DeliveryStore, InboxEntry, InboxStore } from '../store.ts';
import { columnReader, rowReader } from './reading.ts';
import { type Database, defineQuery, didChange, execute, queryFirst, type Work } from './work.ts';

const inboxRow = z
  .object({ id: z.string(), tenant: z.string(), body: z.string(), attempts: z.number() })
  .transform(({ body, ...rest }): InboxEntry => ({ ...rest, body: JSON.parse(body) }));

const PUT = `
  INSERT INTO inbox (id, tenant, body, due_at) VALUES (:id, :tenant, :body, :now) ON CONFLICT DO NOTHING`;
const CLAIM = defineQuery(
  `UPDATE inbox SET due_at = :until, attempts = attempts + 1
   WHERE id = (SELECT id FROM inbox WHERE due_at <= :now ORDER BY due_at, id LIMIT 1) AND due_at <= :now
   RETURNING *`,
  rowReader(inboxRow),
);
const DONE = 'DELETE FROM inbox WHERE id = :id';
const LATER = 'UPDATE inbox SET due_at = :due_at WHERE id = :id';
const NEXT_DUE = defineQuery(
  'SELECT min(due_at) AS at FROM inbox',
  columnReader('at', z.number().nullable()),
);

/** SQL that stores a delivery's id. Returns a row only if the id wasn't stored before. */
const TAKE_DELIVERY = `
  INSERT INTO deliveries (tenant, id, taken_at) VALUES (:tenant, :id, :now) ON CONFLICT DO NOTHING RETURNING id`;
const FORGET = 'DELETE FROM deliveries WHERE taken_at < :before';

export function createInboxStore(db: Database): InboxStore {
  return {
    put: ({ id, tenant, body }, now) =>
      db.write(() => execute(PUT, { id, tenant, body: JSON.stringify(body), now })),
    putOnce: ({ id, tenant, body }, now) =>
      db.transaction(null, function* (): Work<void> {
        if (!(yield* didChange(TAKE_DELIVERY, { tenant, id, now }))) return;
        yield* execute(PUT, { id, tenant, body: JSON.stringify(body), now });
      }),
    claim: (now, until) => db.write(() => queryFirst(CLAIM, { now, until })),
    remove: (id) => db.write(() => execute(DONE, { id })),
    postpone: (id, dueAt) => db.write(() => execute(LATER, { id, due_at: dueAt })),
    nextDue: () => db.read(() => queryFirst(NEXT_DUE, {})),
  };
}

export function createDeliveryStore(db: Database): DeliveryStore {
  return {
    take: (tenant, id, now) => db.write(() => didChange(TAKE_DELIVERY, { tenant, id, now })),
    forget: (before) => db.write(() => execute(FORGET, { before })),
  };
}
