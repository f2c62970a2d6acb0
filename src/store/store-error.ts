/** A database that cannot be used. The message is one line for whoever starts the bot. */
export class StoreError extends Error {
  override name = 'StoreError';
}
