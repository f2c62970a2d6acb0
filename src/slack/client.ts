import type { webApi } from '@slack/bolt';
import type { Logger } from '../runtime/logging.ts';
import { createBoltLogger } from '../runtime/logging.ts';
import { restrictToSlack } from './addresses.ts';

export type WebClient = webApi.WebClient;

/** Longest time that a call waits for Slack's response. */
export const CALL_TIMEOUT_MS = 8_000;

/**
 * Returns the options for every Web API client of the process. With the defaults (ten retries over half an hour, no
 * timeout, a 429 pauses all other calls), people would wait and a card could be posted twice. Here a call fails once
 * and soon, and its caller decides what to do.
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
    logger: createBoltLogger(settings.logger),
    ...(settings.slackApiUrl === undefined ? {} : { slackApiUrl: settings.slackApiUrl }),
    // Bolt also uses this to call reply addresses.
    fetch: restrictToSlack(settings.fetch ?? globalThis.fetch, settings.slackApiUrl, settings.logger),
  };
}
