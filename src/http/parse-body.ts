export interface ParsedBody {
  readonly body: Record<string, unknown>;
  /** Slack asks whether the certificate is fine; there is no signature on it. */
  readonly sslCheck: boolean;
  /** Slack asks whether the address is ours; this is to be sent back. */
  readonly challenge?: string;
}

/**
 * The body as Bolt wants it: JSON for events, a form for commands, a form with one JSON field `payload`
 * for everything that people click. Null when it is none of these.
 */
export function parseBody(contentType: string, raw: Buffer): ParsedBody | null {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase();
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(raw);
    if (type === 'application/json') return fromJson(text);
    if (type === 'application/x-www-form-urlencoded') return fromForm(text);
    return null;
  } catch {
    return null; // Not UTF-8, or not JSON.
  }
}

function fromJson(text: string): ParsedBody | null {
  const body: unknown = JSON.parse(text);
  if (!isObject(body)) return null;
  if (body.type === 'url_verification') {
    return typeof body.challenge === 'string' ? { body, sslCheck: false, challenge: body.challenge } : null;
  }
  return { body, sslCheck: false };
}

function fromForm(text: string): ParsedBody | null {
  const form = Object.fromEntries(new URLSearchParams(text));
  if (form.ssl_check === '1') return { body: {}, sslCheck: true };
  if (form.payload === undefined)
    return Object.keys(form).length > 0 ? { body: form, sslCheck: false } : null;
  const body: unknown = JSON.parse(form.payload);
  return isObject(body) ? { body, sslCheck: false } : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
