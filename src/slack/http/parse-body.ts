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
    return null; // Not JSON.
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
  // A field that comes twice counts once, the last time.
  const form: Record<string, string> = Object.fromEntries(new URLSearchParams(text));
  if (form.payload !== undefined) return ofPayload(form.payload);
  return Object.keys(form).length > 0 ? { body: form } : null;
}

function ofPayload(json: string): ParsedBody | null {
  const body: unknown = JSON.parse(json);
  return isObject(body) ? { body } : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
