// Unguessable ids, and the comparison of secrets.
import { randomBytes, timingSafeEqual } from 'node:crypto';

/** Returns a new unguessable id: 16 letters, digits, `-` and `_`. */
export function newId(): string {
  return randomBytes(12).toString('base64url');
}

/** Compares two texts in a time that doesn't reveal how much of them is equal. */
export function equalsInConstantTime(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
