import type { Logger } from '../logging.ts';

const WEB_API = 'https://slack.com/api/';

/**
 * Is this a place of Slack: where its Web API is, or, over https, a host below that one? So hooks.slack.com, to which
 * private answers go, and files.slack.com, which takes files.
 *
 * @param api root of the Web API
 */
export function isSlacks(address: string, api: string = WEB_API): boolean {
  const [url, root] = [URL.parse(address), new URL(api)];
  if (url?.username !== '' || url.password !== '') return false;
  if (url.origin === root.origin) return true;
  return url.protocol === 'https:' && url.port === '' && url.hostname.endsWith(`.${root.hostname}`);
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
