import type { Logger } from '../runtime/logging.ts';

/**
 * Slack says so where more events have come in an hour than it delivers. No event is in it, and Bolt would leave it
 * unacknowledged, which Slack counts as one more failure of the app.
 *
 * @returns false for everything else
 */
export function noteHeldBack(body: unknown, logger: Logger): boolean {
  if (typeof body !== 'object' || body === null) return false;
  if (!('type' in body) || body.type !== 'app_rate_limited') return false;
  const tenant = 'team_id' in body && typeof body.team_id === 'string' ? body.team_id : undefined;
  logger.warn({ tenant }, 'Slack holds events back: more have come in this hour than it delivers');
  return true;
}
