/** Added to the error message when the process ends but its database file is intact. */
export const RECORDED_IS_SAFE =
  'Everything that the bot confirmed to people is on disk. Start the bot again.';

/** A database that can't be used. The message is one line for the operator. */
export class StoreError extends Error {
  override name = 'StoreError';
}
