import { createHash } from 'node:crypto';
import { STYLE } from './style.ts';

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Content security policy: pages load, run, submit and frame nothing, except their own style and icon. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Returns the HTTP headers of a page.
 *
 * @param about `state` for pages of an installation, which must not be cached. The other value is for pages that are
 *   equal for all visitors and may be cached for five minutes, such as the privacy page.
 * @param publicUrl the bot's own address; if it is https, browsers must not use http
 * @public
 */
export function pageHeaders(about: 'state' | 'everybody', publicUrl = ''): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': about === 'state' ? 'no-store' : 'public, max-age=300',
    'content-security-policy': POLICY,
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    // A page's address may contain Slack's code and the state, which no other site may see.
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    // One year, without includeSubDomains: other hosts of the domain might not support https.
    ...(publicUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}
