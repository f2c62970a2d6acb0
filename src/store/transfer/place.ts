import type { Item } from './format.ts';

/** A database that an export is taken from, or brought to. */
export interface Place {
  readonly schema: number;
  /** Every row, all of the same moment; of one tenant, or of all. Within `write`, with what has been written. */
  items(tenant: string | null): AsyncIterable<Item>;
  /**
   * All of them, or none.
   *
   * @param check called when all are in, before anything is final; throws where something is not as it should be
   */
  write(items: AsyncIterable<Item>, check: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}
