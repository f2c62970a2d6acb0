import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject, type Json, parseJson } from '../state/json.ts';
import { Refusal } from '../state/refusal.ts';

/** Largest body, in bytes: the largest file and the form around it. */
const MAX_BODY = 11 * 1024 * 1024;

export async function readBytes(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    const part = Buffer.from(chunk);
    size += part.length;
    if (size > MAX_BODY) throw new Refusal('request_too_large');
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

export async function readBody(req: IncomingMessage): Promise<string> {
  return (await readBytes(req)).toString('utf8');
}

/** Parses the arguments from a form or a JSON body. A form holds lists and objects as JSON strings. */
export function parseArguments(contentType: string, body: string): Json {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'application/json') {
    const parsed = parseJson(body);
    if (!isObject(parsed)) throw new Refusal('invalid_json');
    return parsed;
  }
  if (type === 'application/x-www-form-urlencoded' || body === '') {
    return Object.fromEntries(new URLSearchParams(body));
  }
  throw new Refusal('invalid_post_type');
}

export function sendJson(
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  res.end(JSON.stringify(body));
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * Returns false for requests from other sites. Their pages can make a browser send requests here, even under their
 * own domain (DNS rebinding). Such a request has that domain in Host, or the site in Origin.
 */
export function isLocalRequest(req: IncomingMessage): boolean {
  const { host, origin } = req.headers;
  if (host === undefined || !LOOPBACK.test(host)) return false;
  return origin === undefined || origin === `http://${host}`;
}
