/** Longest record, in entries. A playground may run for days, and only the newest entries matter. */
const KEPT = 5_000;

/** Appends to a list and drops its oldest entries beyond the limit. */
export function appendNewest<T>(record: T[], entry: T): void {
  record.push(entry);
  if (record.length > KEPT) record.splice(0, record.length - KEPT);
}

/** Sets a key of a map and drops its oldest entries beyond the limit. */
export function setNewest<K, V>(record: Map<K, V>, key: K, value: V): void {
  record.set(key, value);
  for (const oldest of record.keys()) {
    if (record.size <= KEPT) return;
    record.delete(oldest);
  }
}
