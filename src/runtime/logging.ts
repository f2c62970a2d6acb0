import { LogLevel as BoltLevel, type Logger as BoltLogger, webApi } from '@slack/bolt';
import pino, { type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from './config.ts';

export type { Logger } from 'pino';

/**
 * What must never be written, whatever message it hides in: tokens, those of workflows too, Slack's reply
 * addresses (whoever has one can post), its trigger ids, socket tickets, signatures. Slashes may be as JSON escapes
 * them.
 */
const SECRETS =
  /xox[a-z](?:\.xox[a-z])?-[\w-]+|(?:xapp|xwfp)-[\w-]+|https?:\\?\/\\?\/[^\s"']*\/(?:commands|actions|app|response|upload)\\?\/[^\s"']*|wss?:\\?\/\\?\/[^\s"']+|\b\d{6,}\.\d{6,}\.[0-9a-f]{16,}\b|v0=[0-9a-f]{64}/gi;

/** The text with every secret in it replaced. */
export function scrub(text: string): string {
  return text.replace(SECRETS, '[redacted]');
}

/** What a payload calls itself, for the log: nothing where that is no id, since it may be anything then. */
export function loggableId(id: string): string {
  return /^[\w./-]{1,80}$/.test(id) ? scrub(id) : '';
}

/** Where libraries quote what they were given: an answer of Slack, a value, a text that is no JSON. */
const QUOTES = /["{<“][\s\S]*/;

/** The text up to where it may begin to quote people's words. */
function withoutQuotes(text: string): string {
  return scrub(text.replace(QUOTES, '[…]'));
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
export function createLogger(level: LogLevel, destination: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: isoTime(),
      // Not pino's own redaction, which reads its list of paths anew for every line.
      formatters: { level: (label) => ({ level: label }), log: (fields) => redacted(fields, LEVELS) },
      // Described by then; pino's own would describe the description.
      serializers: { err: (described: unknown) => described },
    },
    destination,
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

/** Deeper than anything that is logged on purpose. */
const LEVELS = 3;

/** Without what the named properties hold, in the object and the objects in it. */
function redacted(fields: Record<string, unknown>, levels: number): Record<string, unknown> {
  // As almost all are; a copy of each would cost as much as writing it.
  if (hidesNothing(fields)) return fields;
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (REDACTED.has(name)) shown[name] = CENSOR;
    else if (name === 'err') shown[name] = describeError(value);
    else shown[name] = typeof value === 'object' && value !== null ? within(value, levels) : value;
  }
  return shown;
}

/** Nothing in it is another object, or named like what must not be seen. */
function hidesNothing(fields: Readonly<Record<string, unknown>>): boolean {
  for (const name in fields) {
    const value = fields[name];
    if (REDACTED.has(name) || name === 'err' || (typeof value === 'object' && value !== null)) return false;
  }
  return true;
}

function within(value: object, levels: number): unknown {
  if (value instanceof Error) return describeError(value);
  if (levels === 0) return CENSOR;
  if (Array.isArray(value)) {
    return value.map((item) => (typeof item === 'object' && item !== null ? within(item, levels - 1) : item));
  }
  return isPlainObject(value) ? redacted(value, levels - 1) : value;
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
    message: mayQuote(error) ? withoutQuotes(error.message) : scrub(error.message),
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(error.stack === undefined ? {} : { stack: framesOf(error.stack) }),
  };
}

/** Without its beginning, which is the message as it was. */
function framesOf(stack: string): string {
  const first = stack.search(/^ +at /m);
  return first === -1 ? '' : scrub(stack.slice(first));
}

/** What was to be parsed, an answer that the client took for a code, a value that PostgreSQL refused. */
function mayQuote(error: Error): boolean {
  return error.name === 'SyntaxError' || error instanceof webApi.WebAPIPlatformError || 'severity' in error;
}

/**
 * The logger that Bolt and its clients write to. Their debug lines print whole requests with message
 * texts, so those are not passed on at any level; other lines up to where they quote something.
 */
export function boltLogger(logger: Logger): BoltLogger {
  const line = (messages: readonly unknown[]): string =>
    messages.map((m) => withoutQuotes(m instanceof Error ? m.message : String(m))).join(' ');
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
