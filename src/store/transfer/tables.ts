/** All tables with their keys, parents before children. Equal in both databases. */
export const TABLES: readonly { readonly name: string; readonly key: readonly string[] }[] = [
  { name: 'installations', key: ['tenant'] },
  { name: 'departures', key: ['tenant'] },
  { name: 'decisions', key: ['tenant', 'id'] },
  { name: 'deciders', key: ['tenant', 'decision', 'user'] },
  { name: 'rounds', key: ['tenant', 'decision', 'number'] },
  { name: 'votes', key: ['tenant', 'decision', 'person'] },
  { name: 'own_answers', key: ['tenant', 'decision', 'person'] },
  { name: 'records', key: ['tenant', 'decision'] },
  { name: 'record_numbers', key: ['tenant', 'channel'] },
  { name: 'posts', key: ['tenant', 'decision', 'kind'] },
  { name: 'card_updates', key: ['tenant', 'decision'] },
  { name: 'update_budgets', key: ['tenant'] },
  { name: 'homes', key: ['tenant', 'person'] },
  { name: 'deliveries', key: ['tenant', 'id'] },
  { name: 'inbox', key: ['id'] },
];

/** Quotes a name for SQL, because some names, such as `user`, are keywords. */
export const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Returns SQL that selects a table's rows in the byte order of their key, which is the same in both databases. */
export function selectAll(
  { name, key }: (typeof TABLES)[number],
  tenant: string | null,
  placeholder: string,
): string {
  const where = tenant === null ? '' : ` WHERE tenant = ${placeholder}`;
  return `SELECT * FROM ${quotedName(name)}${where} ORDER BY ${key.map(quotedName).join(', ')}`;
}

/** Returns SQL that inserts a row. @param placeholder returns the placeholder of the value with this index, from 0 */
export function insertInto(
  name: string,
  columns: readonly string[],
  placeholder: (i: number) => string,
): string {
  const placeholders = columns.map((_, i) => placeholder(i));
  return `INSERT INTO ${quotedName(name)} (${columns.map(quotedName).join(', ')}) VALUES (${placeholders.join(', ')})`;
}
