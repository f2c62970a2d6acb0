import type { Logger } from '../runtime/logging.ts';

const WEB_API = 'https://slack.com/api/';

/**
 * Is this a place of Slack: where its Web API is, or, over https, a host below that one? So hooks.slack.com, to which
 * private answers go, and files.slack.com, which takes files.
 *
 * @param api root of the Web API
 */
export function isSlacks(address: unknown, api: string = WEB_API): boolean {
  const url = typeof address === 'string' ? URL.parse(address) : null;
  if (url?.username !== '' || url.password !== '') return false;
  const root = rootOf(api);
  // Where calls go through a proxy of one's own, addresses in payloads are Slack's still. With a Slack on this machine
  // nothing leaves it.
  return isBelow(url, root) || (root.protocol === 'https:' && isBelow(url, SLACK));
}

const isBelow = (url: URL, { origin, hostname }: Root): boolean =>
  url.origin === origin ||
  (url.protocol === 'https:' && url.port === '' && url.hostname.endsWith(`.${hostname}`));

type Root = Pick<URL, 'origin' | 'hostname' | 'protocol'>;
const SLACK: Root = new URL(WEB_API);
let known: { readonly api: string; readonly root: Root } | null = null;

/** Read once: a process has one, and every reply asks. */
function rootOf(api: string): Root {
  if (known?.api !== api) {
    const { origin, hostname, protocol } = new URL(api);
    known = { api, root: { origin, hostname, protocol } };
  }
  return known.root;
}

/**
 * A `fetch` that goes to Slack and to nobody else. Addresses come with payloads and answers: with one that leads into
 * the network in which the bot runs, whoever could sign payloads would make the bot call there. For the same reason no
 * redirection is followed.
 */
export function onlyToSlack(
  fetch: typeof globalThis.fetch,
  api: string | undefined,
  logger: Logger,
): typeof globalThis.fetch {
  return async (input, init) => {
    if (typeof input !== 'string' || !isSlacks(input, api)) {
      logger.warn('not an address of Slack');
      throw new TypeError('not an address of Slack');
    }
    return fetch(input, { ...init, redirect: 'error' });
  };
}
