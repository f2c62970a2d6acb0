import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { equalsInConstantTime } from '../../runtime/secrets.ts';

/** Largest difference between the request's time and ours. Beyond it, the request is a replay or a clock is wrong. */
const TOLERANCE_SECONDS = 5 * 60;

export interface SignedRequest {
  readonly headers: IncomingHttpHeaders;
  /** The body's bytes as received. */
  readonly body: Buffer;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Returns a function that checks a request's signature. Slack signs `v0:{timestamp}:{raw body}` with HMAC-SHA256.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function createSignatureCheck(signingSecret: string): (request: SignedRequest) => boolean {
  return ({ headers, body, now }) => {
    const timestamp = headers['x-slack-request-timestamp'];
    const signature = headers['x-slack-signature'];
    if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp) || typeof signature !== 'string')
      return false;
    if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
    const hmac = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body);
    return equalsInConstantTime(signature, `v0=${hmac.digest('hex')}`);
  };
}
