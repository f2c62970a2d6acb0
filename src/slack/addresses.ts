// Keeps the bot's calls to Slack's addresses.
import type { Logger } from '../runtime/logging.ts';

const WEB_API = 'https://slack.com/api/';

/**
 * Returns true for an address of the Web API or, over https, of a subdomain of its host. Private replies go to
 * hooks.slack.com, and files to files.slack.com.
 *
 * @param api root URL of the Web API
 */
export function isSlackAddress(address: unknown, api: string = WEB_API): boolean {
  const url = typeof address === 'string' ? URL.parse(address) : null;
  if (url?.username !== '' || url.password !== '') return false;
  const root = rootOf(api);
  // Behind an operator's https proxy, addresses in payloads are still slack.com's. With a local Slack over http, no call
  // may leave the machine.
  return isBelow(url, root) || (root.protocol === 'https:' && isBelow(url, SLACK));
}

const isBelow = (url: URL, { origin, hostname }: Root): boolean =>
  url.origin === origin ||
  (url.protocol === 'https:' && url.port === '' && url.hostname.endsWith(`.${hostname}`));

type Root = Pick<URL, 'origin' | 'hostname' | 'protocol'>;
const SLACK: Root = new URL(WEB_API);
let cachedRoot: { readonly api: string; readonly root: Root } | null = null;

/** Caches the parsed root: a process has only one, and every reply needs it. */
function rootOf(api: string): Root {
  if (cachedRoot?.api !== api) {
    const { origin, hostname, protocol } = new URL(api);
    cachedRoot = { api, root: { origin, hostname, protocol } };
  }
  return cachedRoot.root;
}

/**
 * Wraps `fetch` to reject addresses that aren't Slack's, and redirects. Payloads and responses contain addresses: an
 * attacker who can sign payloads must not make the bot call hosts in its own network.
 */
export function restrictToSlack(
  fetch: typeof globalThis.fetch,
  api: string | undefined,
  logger: Logger,
): typeof globalThis.fetch {
  return async (input, init) => {
    if (typeof input !== 'string' || !isSlackAddress(input, api)) {
      logger.warn('not an address of Slack');
      throw new TypeError('not an address of Slack');
    }
    return fetch(input, { ...init, redirect: 'error' });
  };
}
