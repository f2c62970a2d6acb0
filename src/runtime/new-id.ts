import { randomBytes } from 'node:crypto';

/** A fresh id: unguessable, sixteen letters, digits, `-` and `_`. */
export function newId(): string {
  return randomBytes(12).toString('base64url');
}
