/** A playground may stay open for days; what is older is nobody's concern any more. */
const KEPT = 5_000;

/** Adds to a record, which forgets its oldest entries. */
export function appendNewest<T>(record: T[], entry: T): void {
  record.push(entry);
  if (record.length > KEPT) record.splice(0, record.length - KEPT);
}

/** The same for what is found by its key. */
export function setNewest<K, V>(record: Map<K, V>, key: K, value: V): void {
  record.set(key, value);
  for (const oldest of record.keys()) {
    if (record.size <= KEPT) return;
    record.delete(oldest);
  }
}
