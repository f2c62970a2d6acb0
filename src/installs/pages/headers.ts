import { createHash } from 'node:crypto';
import { STYLE } from './style.ts';

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Nothing is loaded, run, sent or framed; the page's own style and icon are all there is. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Headers for a page of ours.
 *
 * @param about `state` for whatever depends on who looks and when: a page with a fresh state in its link, and
 *   everything after it. `everybody` for what may be kept for a few minutes, such as the privacy page.
 * @param publicUrl where the page is reached; over https, browsers are to keep to that
 * @public
 */
export function pageHeaders(about: 'state' | 'everybody', publicUrl = ''): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': about === 'state' ? 'no-store' : 'public, max-age=300',
    'content-security-policy': POLICY,
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    // The address of a page may hold Slack's code and our state: no other site is to see it.
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    // A year, and of this host alone: others of the same domain are none of our business.
    ...(publicUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}
