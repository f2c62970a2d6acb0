import { isUtf8 } from 'node:buffer';

export interface ParsedBody {
  readonly body: Record<string, unknown>;
  /** Slack asks whether the address is ours; this is to be sent back. */
  readonly challenge?: string;
}

const FORM = 'application/x-www-form-urlencoded';

/**
 * The body as Bolt wants it: JSON for events, a form for commands, a form with one JSON field `payload`
 * for everything that people click. Null when it is none of these.
 */
export function parseBody(contentType: string, raw: Buffer): ParsedBody | null {
  if (!isUtf8(raw)) return null;
  const type = mediaType(contentType);
  try {
    if (type === 'application/json') return fromJson(raw.toString());
    if (type === FORM) return fromForm(raw.toString());
    return null;
  } catch {
    return null; // Not JSON, or badly escaped.
  }
}

/** Slack asks whether the certificate is fine. There is no signature on it, and nothing to act on. */
export function isSslCheck(contentType: string, raw: Buffer): boolean {
  return (
    mediaType(contentType) === FORM &&
    raw.length < 1_000 &&
    new URLSearchParams(raw.toString()).get('ssl_check') === '1'
  );
}

function mediaType(contentType: string): string {
  const end = contentType.indexOf(';');
  return (end === -1 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

function fromJson(text: string): ParsedBody | null {
  const body: unknown = JSON.parse(text);
  if (!isObject(body)) return null;
  if (body.type === 'url_verification') {
    return typeof body.challenge === 'string' ? { body, challenge: body.challenge } : null;
  }
  return { body };
}

function fromForm(text: string): ParsedBody | null {
  const form = fieldsOf(text);
  if (form.payload !== undefined) return ofPayload(form.payload);
  return Object.keys(form).length > 0 ? { body: form } : null;
}

/** As URLSearchParams reads it, which takes five times as long; but what is badly escaped is an error here. */
function fieldsOf(form: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const field of form.split('&')) {
    if (field === '') continue;
    const equals = field.indexOf('=');
    const name = unescaped(equals === -1 ? field : field.slice(0, equals));
    const value = equals === -1 ? '' : unescaped(field.slice(equals + 1));
    // A name that objects have already must become a field like any other.
    if (name === '__proto__') Object.defineProperty(fields, name, { value, enumerable: true });
    else fields[name] = value;
  }
  return fields;
}

function unescaped(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  return spaced.includes('%') ? decodeURIComponent(spaced) : spaced;
}

function ofPayload(json: string): ParsedBody | null {
  const body: unknown = JSON.parse(json);
  return isObject(body) ? { body } : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
