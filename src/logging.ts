import { LogLevel as BoltLevel, type Logger as BoltLogger } from '@slack/bolt';
import pino, { type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from './config.ts';
import { standardOutput } from './log-output.ts';

export type { Logger } from 'pino';

/**
 * What must never be written, whatever message it hides in: tokens, Slack's reply addresses (whoever has
 * one can post), its trigger ids, socket tickets, signatures.
 */
const SECRETS =
  /xox[a-z](?:\.xox[a-z])?-[\w-]+|xapp-[\w-]+|https?:\/\/[^\s"']*\/(?:commands|actions|app|response)\/[^\s"']*|wss?:\/\/[^\s"']+|\b\d{6,}\.\d{6,}\.[0-9a-f]{16,}\b|v0=[0-9a-f]{64}/gi;

/** The text with every secret in it replaced. */
export function scrub(text: string): string {
  return text.replace(SECRETS, '[redacted]');
}

/** What a payload calls itself, for the log: nothing where that is no id, since it may be anything then. */
export function loggableId(id: string): string {
  return /^[\w./-]{1,80}$/.test(id) ? scrub(id) : '';
}

/** Names of properties that carry secrets or people's words. */
const REDACTED: ReadonlySet<string> = new Set([
  'token',
  'response_url',
  'replyUrl',
  'trigger_id',
  'text',
  'blocks',
  'view',
  'body',
  'values',
  'headers',
]);
const CENSOR = '[redacted]';

/**
 * One JSON line an event on standard output. Callers log ids, codes and durations; messages and
 * errors from libraries are scrubbed on the way.
 */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: isoTime(),
      // Not pino's own redaction, which reads its list of paths anew for every line.
      formatters: { level: (label) => ({ level: label }), log: (fields) => redacted(fields, 1) },
      serializers: { err: describeError },
    },
    destination ?? standardOutput(),
  );
}

/** The time as text, made once in a millisecond. */
function isoTime(): () => string {
  let at = Number.NaN;
  let written = '';
  return () => {
    const now = Date.now();
    if (now !== at) {
      at = now;
      written = `,"time":"${new Date(now).toISOString()}"`;
    }
    return written;
  };
}

/** Without what the named properties hold, in the object and so many levels of objects in it. */
function redacted(fields: Readonly<Record<string, unknown>>, levels: number): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (REDACTED.has(name)) shown[name] = CENSOR;
    else shown[name] = levels > 0 && isPlainObject(value) ? redacted(value, levels - 1) : value;
  }
  return shown;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
}

/** An error without the data that it may carry: Slack's errors hold whole answers. */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: scrub(String(error)) };
  return {
    type: error.name,
    message: scrub(error.message),
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(error.stack === undefined ? {} : { stack: scrub(error.stack) }),
  };
}

/**
 * The logger that Bolt and its clients write to. Their debug lines print whole requests with message
 * texts, so those are not passed on at any level.
 */
export function boltLogger(logger: Logger): BoltLogger {
  const line = (messages: readonly unknown[]): string =>
    messages.map((m) => scrub(m instanceof Error ? m.message : String(m))).join(' ');
  let level = BoltLevel.INFO;
  return {
    debug: () => {},
    info: (...messages) => logger.debug(line(messages)),
    warn: (...messages) => logger.warn(line(messages)),
    error: (...messages) => logger.error(line(messages)),
    setLevel: (to) => {
      level = to;
    },
    getLevel: () => level,
    setName: () => {},
  };
}
