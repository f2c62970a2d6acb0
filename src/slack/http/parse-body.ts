import { isUtf8 } from 'node:buffer';

export interface ParsedBody {
  readonly body: Record<string, unknown>;
  /** Text to send back, to prove to Slack that this server belongs to the app. */
  readonly challenge?: string;
}

const FORM = 'application/x-www-form-urlencoded';

/**
 * Parses a body for Bolt: JSON for events, a form for commands, a form with a JSON field `payload` for clicks and
 * dialogs. Returns null for anything else.
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

/** Returns true for Slack's check of the server's certificate, which is unsigned. */
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
  // If a field occurs twice, the last one counts.
  const form: Record<string, string> = Object.fromEntries(new URLSearchParams(text));
  if (form.payload !== undefined) return fromPayload(form.payload);
  return Object.keys(form).length > 0 ? { body: form } : null;
}

function fromPayload(json: string): ParsedBody | null {
  const body: unknown = JSON.parse(json);
  return isObject(body) ? { body } : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
