import type { ExportedRow } from './format.ts';

/** A database that is exported or imported into. */
export interface Endpoint {
  readonly schema: number;
  /**
   * Yields all rows of one snapshot. Inside `write`, includes the rows written so far.
   *
   * @param tenant null for all tenants
   */
  items(tenant: string | null): AsyncIterable<ExportedRow>;
  /**
   * Writes all rows, or none, and marks them as restored.
   *
   * @param tenant the rows' tenant; null for all tenants
   * @param now milliseconds since 1970
   * @param check called after the last row, before the commit; rejects to roll back
   */
  write(
    items: AsyncIterable<ExportedRow>,
    { tenant, now }: { readonly tenant: string | null; readonly now: number },
    check: () => Promise<void>,
  ): Promise<void>;
  /** Marks everything in the database as restored; see `restoredSql`. */
  markRestored(now: number): Promise<void>;
  close(): Promise<void>;
}
