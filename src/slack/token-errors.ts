// Logs calls that Slack refuses because of the app's token.
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logging.ts';
import { TOKEN_CODES } from '../runtime/token-codes.ts';

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
