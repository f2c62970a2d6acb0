import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isSame } from '../../runtime/http/same.ts';

/** A request older than this, or further in the future, is a replay or a broken clock. */
const TOLERANCE_SECONDS = 5 * 60;

export interface SignedRequest {
  readonly headers: IncomingHttpHeaders;
  /** As it has come, byte for byte. */
  readonly body: Buffer;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Whether a request is Slack's, which signs `v0:{timestamp}:{raw body}` with HMAC-SHA256.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function signedWith(signingSecret: string): (request: SignedRequest) => boolean {
  return ({ headers, body, now }) => {
    const timestamp = headers['x-slack-request-timestamp'];
    const signature = headers['x-slack-signature'];
    if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp) || typeof signature !== 'string')
      return false;
    if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
    const hmac = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body);
    return isSame(signature, `v0=${hmac.digest('hex')}`);
  };
}
