import type { webApi } from '@slack/bolt';
import type { Logger } from '../runtime/logging.ts';
import { boltLogger } from '../runtime/logging.ts';
import { onlyToSlack } from './addresses.ts';

export type WebClient = webApi.WebClient;

/** No call to Slack waits longer than this for its answer. */
export const CALL_TIMEOUT_MS = 8_000;

/**
 * Options for every Web API client of the process. The defaults (ten retries over half an hour, no
 * timeout, a 429 pausing all other calls) would leave people waiting and could post a card twice:
 * here a call fails once and soon, and whoever made it decides.
 */
export function clientOptions(settings: {
  readonly slackApiUrl: string | undefined;
  readonly logger: Logger;
  readonly fetch?: typeof globalThis.fetch | undefined;
}): webApi.WebClientOptions {
  return {
    timeout: CALL_TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(settings.logger),
    ...(settings.slackApiUrl === undefined ? {} : { slackApiUrl: settings.slackApiUrl }),
    // Bolt answers reply addresses with it, too.
    fetch: onlyToSlack(settings.fetch ?? globalThis.fetch, settings.slackApiUrl, settings.logger),
  };
}
