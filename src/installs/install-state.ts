import { createHmac } from 'node:crypto';
import { isSame } from '../runtime/http/same.ts';

/** Long enough to read what the app may do, and to ask an admin across the room. */
export const STATE_LIFETIME_MS = 10 * 60_000;

const NONCE_BYTES = 18;
const FORM = /^([\w-]{24})\.(\d{1,16})\.([\w-]{43})$/;

/** Proof that whoever comes back from Slack began here, in this browser, a moment ago. */
export interface InstallState {
  /** For Slack's address; it comes back with the browser. */
  readonly state: string;
  /** For a cookie of this browser. */
  readonly cookie: string;
}

export type StateProblem = 'missing' | 'forged' | 'expired' | 'other_browser';

export function createInstallState(
  secret: string,
  now: number,
  randomBytes: (size: number) => Buffer,
): InstallState {
  const nonce = randomBytes(NONCE_BYTES).toString('base64url');
  const until = now + STATE_LIFETIME_MS;
  return { state: `${nonce}.${until}.${signature(secret, nonce, until)}`, cookie: nonce };
}

/** Null where all is well. */
export function findStateProblem(
  secret: string,
  now: number,
  { state, cookie }: { readonly state: string | null; readonly cookie: string | undefined },
): StateProblem | null {
  if (!state) return 'missing';
  const [, nonce, until, signed] = FORM.exec(state) ?? [];
  if (nonce === undefined || until === undefined || signed === undefined) return 'forged';
  if (!isSame(signed, signature(secret, nonce, Number(until)))) return 'forged';
  if (now > Number(until)) return 'expired';
  return cookie !== undefined && isSame(cookie, nonce) ? null : 'other_browser';
}

function signature(secret: string, nonce: string, until: number): string {
  return createHmac('sha256', secret).update(`${nonce}.${until}`).digest('base64url');
}
