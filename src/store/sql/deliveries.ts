import type { DeliveryStore } from '../store.ts';
import { type Database, didChange, execute } from './work.ts';

/** SQL that stores a delivery's id. Returns a row only if the id wasn't stored before. */
export const TAKE_DELIVERY = `
  INSERT INTO deliveries (tenant, id, taken_at) VALUES (:tenant, :id, :now) ON CONFLICT DO NOTHING RETURNING id`;
const FORGET = 'DELETE FROM deliveries WHERE taken_at < :before';

export function createDeliveryStore(db: Database): DeliveryStore {
  return {
    take: (tenant, id, now) => db.write(() => didChange(TAKE_DELIVERY, { tenant, id, now })),
    forget: (before) => db.write(() => execute(FORGET, { before })),
  };
}
