// Slack's Web API client: its options, a faster way for the calls that people wait for, and the transport.
import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { webApi } from '@slack/bolt';
import { createBoltLogger, type Logger } from '../runtime/logging.ts';
import { restrictToSlack } from './addresses.ts';

const { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } = webApi;

export type WebClient = webApi.WebClient;
type CallResult = webApi.WebAPICallResult;

/** Longest wait for a response from Slack. */
export const CALL_TIMEOUT_MS = 8_000;

const WEB_API = 'https://slack.com/api/';

/**
 * Returns the options of every Web API client of the process. Slack's defaults (ten retries over half an hour, no
 * timeout, a 429 that pauses all other calls) would leave people waiting and could post a card twice. With these, a
 * call fails once and soon, and its caller decides.
 */
export function clientOptions(settings: {
  readonly slackApiUrl: string | undefined;
  readonly logger: Logger;
  readonly fetch?: typeof globalThis.fetch | undefined;
}): webApi.WebClientOptions {
  return {
    timeout: CALL_TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: createBoltLogger(settings.logger),
    ...(settings.slackApiUrl === undefined ? {} : { slackApiUrl: settings.slackApiUrl }),
    // Bolt also posts to response URLs with it.
    fetch: restrictToSlack(settings.fetch ?? globalThis.fetch, settings.slackApiUrl, settings.logger),
  };
}

/** Methods that people wait for and that take JSON. Slack's methods that only read don't. */
const JSON_METHODS: ReadonlySet<string> = new Set([
  'chat.delete',
  'chat.postEphemeral',
  'chat.postMessage',
  'chat.update',
  'views.open',
  'views.publish',
  'views.push',
  'views.update',
]);

/**
 * Slack's client, except that it sends messages and views as JSON. Slack's own writes a card as JSON three times, twice
 * for log lines, and then as a form. Posting a card of 13 kB takes it 245 µs of CPU time over node:http, and this class
 * 84 µs. A call is tried once, and fails with the same errors.
 */
export class SlackClient extends webApi.WebClient {
  readonly #options: webApi.WebClientOptions;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(token: string | undefined, options: webApi.WebClientOptions) {
    super(token, options);
    this.#options = options;
    this.#headers = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      'content-type': 'application/json; charset=utf-8',
    };
  }

  override async apiCall(method: string, args: Record<string, unknown> = {}): Promise<CallResult> {
    if (!JSON_METHODS.has(method)) return super.apiCall(method, args);
    const { teamId, logger } = this.#options;
    const given = Object.entries({ ...(teamId === undefined ? {} : { team_id: teamId }), ...args });
    // Slack would take null for a value.
    const body = JSON.stringify(Object.fromEntries(given.filter(([, value]) => value !== null)));
    const result = readResult(await this.#post(method, body));
    const { warnings = [], messages = [] } = result.response_metadata ?? {};
    for (const warning of [...warnings, ...messages]) logger?.warn(warning);
    if (!result.ok) throw new WebAPIPlatformError({ ...result, error: String(result.error) });
    return result;
  }

  /** Resolves to the body of a response with status 200. Throws what Slack's client would throw. */
  async #post(method: string, body: string): Promise<string> {
    const { fetch = globalThis.fetch, slackApiUrl = WEB_API, timeout = 0 } = this.#options;
    let response: Awaited<ReturnType<typeof fetch>>;
    let text: string;
    try {
      response = await fetch(slackApiUrl + method, {
        method: 'POST',
        headers: this.#headers,
        body,
        redirect: 'error',
        ...(timeout > 0 ? { signal: AbortSignal.timeout(timeout) } : {}),
      });
      text = await response.text();
    } catch (error) {
      throw new WebAPIRequestError(error instanceof Error ? error : new Error(String(error)));
    }
    if (response.status === 200) return text;
    const retryAfter = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
    if (response.status === 429 && retryAfter >= 0) throw new WebAPIRateLimitedError(retryAfter);
    throw new WebAPIHTTPError(response.status, response.statusText, {}, text);
  }
}

const MOST_CLIENTS = 500;

/** Returns a client for each token and workspace. Making one takes a tenth of a command's CPU time, so it keeps them. */
export function clientCache(
  options: webApi.WebClientOptions,
): (token: string, teamId: string | undefined) => SlackClient {
  const clients = new Map<string, SlackClient>();
  return (token, teamId) => {
    const key = `${token} ${teamId}`;
    const known = clients.get(key);
    if (known) return known;
    const client = new SlackClient(token, { ...options, ...(teamId === undefined ? {} : { teamId }) });
    if (clients.size === MOST_CLIENTS) clients.clear();
    clients.set(key, client);
    return client;
  };
}

function readResult(text: string): CallResult & { readonly error?: unknown } {
  try {
    const result: unknown = JSON.parse(text);
    if (typeof result === 'object' && result !== null && 'ok' in result) {
      return { ...result, ok: result.ok === true };
    }
  } catch {
    // Not JSON: a proxy answered instead of Slack.
  }
  return { ok: false, error: 'not an answer of Slack' };
}

/** Response headers that Slack's client and the bot read. */
const READ_HEADERS = ['content-type', 'retry-after', 'x-oauth-scopes', 'x-accepted-oauth-scopes'] as const;
const STATUS_WITHOUT_BODY = new Set([204, 205, 304]);

export interface HttpResponse {
  readonly status: number;
  readonly text: string;
}

/**
 * A `fetch` over node:http, for requests with a text as body. Others go to the global fetch. It follows no redirect.
 * A card of 13 kB takes 84 µs of CPU time this way, and 170 µs with the global fetch.
 *
 * @param onEnd called with the address of each request and its response; null if there was none
 */
export function httpFetch(
  onEnd: (address: string, response: HttpResponse | null) => void = () => {},
): typeof globalThis.fetch {
  return async (address, init = {}) => {
    const { body, headers, signal, method = 'GET' } = init;
    if (typeof address !== 'string' || typeof body !== 'string' || !isPlainObject(headers)) {
      return globalThis.fetch(address, init);
    }
    let message: IncomingMessage;
    let text: string;
    try {
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
      const request = address.startsWith('https:') ? overHttps : overHttp;
      request(address, {
        method,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        ...(signal ? { signal } : {}),
      })
        .once('response', resolve)
        .on('error', reject)
        .end(body);
      message = await promise;
      text = await textOf(message);
    } catch (error) {
      onEnd(address, null);
      // Like the global fetch: the cause says what went wrong.
      throw signal?.aborted ? signal.reason : new TypeError('fetch failed', { cause: error });
    }
    onEnd(address, { status: message.statusCode ?? 0, text });
    return responseOf(message, text);
  };
}

function textOf(message: IncomingMessage): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const chunks: Buffer[] = [];
  message.on('data', (chunk: Buffer) => chunks.push(chunk));
  message.once('end', () => resolve(Buffer.concat(chunks).toString()));
  message.once('error', reject);
  return promise;
}

function isPlainObject(headers: RequestInit['headers']): headers is Record<string, string> {
  return headers !== undefined && !Array.isArray(headers) && !(headers instanceof Headers);
}

function responseOf(
  { statusCode = 0, statusMessage = '', headers }: IncomingMessage,
  text: string,
): Response {
  const read: Record<string, string> = {};
  for (const name of READ_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string') read[name] = value;
  }
  return new Response(STATUS_WITHOUT_BODY.has(statusCode) ? null : text, {
    status: statusCode,
    statusText: statusMessage,
    headers: read,
  });
}
