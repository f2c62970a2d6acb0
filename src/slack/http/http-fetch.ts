import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { Ended } from '../../runtime/count-calls.ts';

/** What Slack's client and the bot read of an answer's head. */
const READ_HEADERS = ['content-type', 'retry-after', 'x-oauth-scopes', 'x-accepted-oauth-scopes'] as const;
/** Answers with these have no body. */
const NO_BODY = new Set([204, 205, 304]);

/**
 * A `fetch` over Node's own HTTP client and its connections that stay open: a call to Slack costs half the time that
 * way. Only for what calls to Slack are, a text that is sent to an address; the global `fetch` does the rest.
 * Redirections are not followed.
 *
 * @param ended is told of each request how it ended
 */
export function httpFetch(ended: (address: string, how: Ended) => void = () => {}): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const { body, headers, signal, method = 'GET' } = init;
    if (typeof input !== 'string' || typeof body !== 'string' || !isPlain(headers)) {
      return globalThis.fetch(input, init);
    }
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const request = input.startsWith('https:') ? overHttps : overHttp;
    const call = request(input, {
      method,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      ...(signal ? { signal } : {}),
    });
    let over = false;
    const failed = (error: unknown): void => {
      if (over) return;
      over = true;
      ended(input, null);
      // As the global one says it: what went wrong is in the cause.
      reject(signal?.aborted ? signal.reason : new TypeError('fetch failed', { cause: error }));
    };
    call.once('response', (answer) => {
      textOf(answer).then((text) => {
        over = true;
        ended(input, { status: answer.statusCode ?? 0, text });
        resolve(asResponse(answer, text));
      }, failed);
    });
    call.once('error', failed);
    call.end(body);
    return promise;
  };
}

function isPlain(headers: RequestInit['headers']): headers is Record<string, string> {
  return headers !== undefined && !Array.isArray(headers) && !(headers instanceof Headers);
}

function textOf(answer: IncomingMessage): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const chunks: Buffer[] = [];
  answer.on('data', (chunk: Buffer) => chunks.push(chunk));
  answer.once('end', () => resolve(Buffer.concat(chunks).toString()));
  answer.once('error', reject);
  return promise;
}

function asResponse(
  { statusCode = 0, statusMessage = '', headers }: IncomingMessage,
  text: string,
): Response {
  const read: Record<string, string> = {};
  for (const name of READ_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string') read[name] = value;
  }
  return new Response(NO_BODY.has(statusCode) ? null : text, {
    status: statusCode,
    statusText: statusMessage,
    headers: read,
  });
}
