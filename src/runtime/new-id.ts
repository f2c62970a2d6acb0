import { randomFillSync } from 'node:crypto';

const BYTES_PER_ID = 12;
/** The system is asked for randomness once for so many ids: each time costs as much as a signature. */
const IDS_AT_ONCE = 256;

const pool = Buffer.alloc(BYTES_PER_ID * IDS_AT_ONCE);
let used = pool.length;

/** A fresh id: unguessable, sixteen letters, digits, `-` and `_`. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const id = pool.toString('base64url', used, used + BYTES_PER_ID);
  used += BYTES_PER_ID;
  return id;
}
