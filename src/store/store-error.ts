/** Said when the process ends although its database file is intact. */
export const RECORDED_IS_SAFE = 'What people were told is recorded is on disk. Start the bot again.';

/** A database that can't be used. The message is one line for the operator. */
export class StoreError extends Error {
  override name = 'StoreError';
}
