// The state parameter of an OAuth installation, which protects it against cross-site request forgery.
import { createHmac } from 'node:crypto';
import { equalsInConstantTime } from '../runtime/secrets.ts';

/** Long enough to read the requested permissions, or to ask an admin across the room. */
export const STATE_LIFETIME_MS = 10 * 60_000;

const NONCE_BYTES = 18;
const FORM = /^([\w-]{24})\.(\d{1,16})\.([\w-]{43})$/;

/** Proof that a browser coming back from Slack started the installation, within the last ten minutes. */
export interface InstallState {
  /** Query parameter for Slack's authorization URL. Slack sends it back with the browser. */
  readonly state: string;
  /** Cookie value for the browser. */
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

/** Checks the state and cookie of a browser that comes back from Slack. @returns null if they are valid */
export function findStateProblem(
  secret: string,
  now: number,
  { state, cookie }: { readonly state: string | null; readonly cookie: string | undefined },
): StateProblem | null {
  if (!state) return 'missing';
  const [, nonce, until, signed] = FORM.exec(state) ?? [];
  if (nonce === undefined || until === undefined || signed === undefined) return 'forged';
  if (!equalsInConstantTime(signed, signature(secret, nonce, Number(until)))) return 'forged';
  if (now > Number(until)) return 'expired';
  return cookie !== undefined && equalsInConstantTime(cookie, nonce) ? null : 'other_browser';
}

function signature(secret: string, nonce: string, until: number): string {
  return createHmac('sha256', secret).update(`${nonce}.${until}`).digest('base64url');
}
