// Counts Web API calls, and logs those that Slack refuses because of the app's token.
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logging.ts';
import { TOKEN_CODES } from '../runtime/token-codes.ts';
import type { HttpResponse } from './web-client.ts';

/** Returns a function that counts Web API calls by method and error. It ignores other requests. */
export function countCalls(
  count: (method: string, error: string | null) => void,
): (address: string, response: HttpResponse | null) => void {
  return (address, response) => {
    const method = /^https?:\/\/[^/]+\/(?:.*\/)?api\/([\w.]+)$/.exec(address)?.[1];
    if (method === undefined) return;
    if (response === null) count(method, 'no_answer');
    else if (response.status !== 200) count(method, `http_${response.status}`);
    else count(method, errorIn(response.text));
  };
}

/** Returns Slack's error code in the response body; null if the call succeeded. */
function errorIn(text: string): string | null {
  return /"ok":\s*true/.test(text) ? null : (/"error":\s*"([^"]*)"/.exec(text)?.[1] ?? 'malformed');
}

/** Shortest time between two log lines for a code: while a token is revoked, every call fails. */
const LOGGED_EVERY_MS = 60_000;

/** Returns a function to call after every Web API call, with its method and Slack's error code (null for none). */
export function createTokenErrorLog(
  clock: Clock,
  logger: Pick<Logger, 'error'>,
): (method: string, code: string | null) => void {
  const loggedAt = new Map<string, number>();
  return (method, code) => {
    if (code === null || !TOKEN_CODES.has(code)) return;
    const now = clock.monotonic();
    if (now - (loggedAt.get(code) ?? Number.NEGATIVE_INFINITY) < LOGGED_EVERY_MS) return;
    loggedAt.set(code, now);
    logger.error({ method, code }, 'Slack does not accept the token');
  };
}
