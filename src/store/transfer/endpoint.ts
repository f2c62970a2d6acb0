import type { ExportedRow } from './format.ts';

/** A database that an export is taken from, or brought to. */
export interface Endpoint {
  readonly schema: number;
  /** Every row, all of the same moment; of one tenant, or of all. Within `write`, with what has been written. */
  items(tenant: string | null): AsyncIterable<ExportedRow>;
  /**
   * Writes all rows, or none, and marks them as restored.
   *
   * @param tenant whose rows they are; null for all tenants
   * @param now milliseconds since 1970
   * @param check called once all rows are in, before anything is final; throws if something is wrong
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
