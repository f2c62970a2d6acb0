import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isSame } from './same.ts';

/** A request older than this, or further in the future, is a replay or a broken clock. */
const TOLERANCE_SECONDS = 5 * 60;

/**
 * Slack signs `v0:{timestamp}:{raw body}` with HMAC-SHA256.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 *
 * @param now milliseconds since 1970
 */
export function isSignedBySlack(request: {
  readonly signingSecret: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly now: number;
}): boolean {
  const timestamp = request.headers['x-slack-request-timestamp'];
  const signature = request.headers['x-slack-signature'];
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp) || typeof signature !== 'string')
    return false;
  if (Math.abs(request.now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const hmac = createHmac('sha256', request.signingSecret).update(`v0:${timestamp}:`).update(request.body);
  return isSame(signature, `v0=${hmac.digest('hex')}`);
}
