// The log: JSON lines without secrets and without people's words.
import { LogLevel as BoltLevel, type Logger as BoltLogger, webApi } from '@slack/bolt';
import pino, { type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from './config.ts';

export type { Logger } from 'pino';

/**
 * Secrets that no log line may contain: tokens (also of workflows), Slack's reply addresses (which let anyone post),
 * trigger ids, socket tickets and signatures. Slashes may be escaped as in JSON.
 */
const SECRETS =
  /xox[a-z](?:\.xox[a-z])?-[\w-]+|(?:xapp|xwfp)-[\w-]+|https?:\\?\/\\?\/[^\s"']*\/(?:commands|actions|app|response|upload)\\?\/[^\s"']*|wss?:\\?\/\\?\/[^\s"']+|\b\d{6,}\.\d{6,}\.[0-9a-f]{16,}\b|v0=[0-9a-f]{64}/gi;

/** Returns the text with every secret replaced. */
export function scrub(text: string): string {
  return text.replace(SECRETS, '[redacted]');
}

/** Returns a payload's id for the log. Returns an empty string for other text, which could be anything. */
export function loggableId(id: string): string {
  return /^[\w./-]{1,80}$/.test(id) ? scrub(id) : '';
}

/** The rest of a text from where a library may quote its input: a response, a value, text that isn't JSON. */
const QUOTES = /["{<“][\s\S]*/;

/** Returns the text up to the first quote, which may contain people's words. */
function withoutQuotes(text: string): string {
  return scrub(text.replace(QUOTES, '[…]'));
}

/** Names of properties that contain secrets or people's words. */
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
 * Returns a logger that writes one JSON line per event. Callers log ids, codes and durations. Fields and errors are
 * redacted before they are written.
 */
export function createLogger(level: LogLevel, destination: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: isoTime(),
      // Replaces pino's redaction, which parses its list of paths again for every line.
      formatters: { level: (label) => ({ level: label }), log: (fields) => redactFields(fields, MAX_DEPTH) },
      // The formatter has already described the error. Pino's serializer would describe the description.
      serializers: { err: (described: unknown) => described },
    },
    destination,
  );
}

/** Returns a function that writes the time. Formats it at most once per millisecond. */
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

/** Nesting depth from which objects are censored. No intended log line nests this deep. */
const MAX_DEPTH = 3;

/** Censors secret properties of an object and of the objects within it. */
function redactFields(fields: Record<string, unknown>, depthLeft: number): Record<string, unknown> {
  // Almost all lines need no redaction, and copying the fields would take as long as writing them.
  if (needsNoRedaction(fields)) return fields;
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (REDACTED.has(name)) shown[name] = CENSOR;
    else if (name === 'err') shown[name] = describeError(value);
    else shown[name] = typeof value === 'object' && value !== null ? redactValue(value, depthLeft) : value;
  }
  return shown;
}

/** Returns true if the fields contain no object, no error and no secret property. */
function needsNoRedaction(fields: Readonly<Record<string, unknown>>): boolean {
  for (const name in fields) {
    const value = fields[name];
    if (REDACTED.has(name) || name === 'err' || (typeof value === 'object' && value !== null)) return false;
  }
  return true;
}

function redactValue(value: object, depthLeft: number): unknown {
  if (value instanceof Error) return describeError(value);
  if (depthLeft === 0) return CENSOR;
  if (Array.isArray(value)) {
    return value.map((item) =>
      typeof item === 'object' && item !== null ? redactValue(item, depthLeft - 1) : item,
    );
  }
  return isPlainObject(value) ? redactFields(value, depthLeft - 1) : value;
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

/** Returns an error's type, message, code and stack, without its data: Slack's errors contain whole responses. */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: scrub(String(error)) };
  return {
    type: error.name,
    message: mayQuote(error) ? withoutQuotes(error.message) : scrub(error.message),
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(error.stack === undefined ? {} : { stack: framesOf(error.stack) }),
  };
}

/** Returns the stack's frames. The stack starts with the message, which isn't scrubbed. */
function framesOf(stack: string): string {
  const first = stack.search(/^ +at /m);
  return first === -1 ? '' : scrub(stack.slice(first));
}

/** Returns true if the message may quote text to parse, a response, or a value that PostgreSQL refused. */
function mayQuote(error: Error): boolean {
  return error.name === 'SyntaxError' || error instanceof webApi.WebAPIPlatformError || 'severity' in error;
}

/**
 * Returns the logger for Bolt and its clients. Drops their debug lines, which print whole requests with message text.
 * Cuts other lines where they start to quote.
 */
export function createBoltLogger(logger: Logger): BoltLogger {
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
