import { webApi } from '@slack/bolt';

const { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } = webApi;

const SLACK = 'https://slack.com/api/';

/** What changes something takes its arguments as JSON, says Slack; what only reads does not. */
const TAKE_JSON: ReadonlySet<string> = new Set([
  'chat.delete',
  'chat.postEphemeral',
  'chat.postMessage',
  'chat.update',
  'views.open',
  'views.publish',
  'views.push',
  'views.update',
]);

type CallResult = webApi.WebAPICallResult;

/**
 * Slack's own client, with a shorter way for the calls that people wait for. Its usual one writes a card as JSON three
 * times, two of them for log lines that nobody asked for, and once more as a form, which makes it twice as long: all
 * in all half of what a card costs. Each call is tried once, and fails as it would there.
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
    if (!TAKE_JSON.has(method)) return super.apiCall(method, args);
    const result = resultIn(await this.#post(method, this.#written(args)));
    this.#warn(result);
    if (!result.ok) throw new WebAPIPlatformError({ ...result, error: String(result.error) });
    return result;
  }

  /** Without what is null: Slack would take that for a value. */
  #written(args: Readonly<Record<string, unknown>>): string {
    const given: Record<string, unknown> = {};
    if (this.#options.teamId !== undefined) given.team_id = this.#options.teamId;
    for (const [name, value] of Object.entries(args)) if (value !== null) given[name] = value;
    return JSON.stringify(given);
  }

  /** Resolves to the body of an answer with status 200. */
  async #post(method: string, body: string): Promise<string> {
    const { fetch = globalThis.fetch, slackApiUrl = SLACK, timeout = 0 } = this.#options;
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

  /** What Slack has to say about a call apart from its result is of use to whoever develops. */
  #warn({ response_metadata: about }: CallResult): void {
    if (!about) return;
    for (const word of [...(about.warnings ?? []), ...(about.messages ?? [])])
      this.#options.logger?.warn(word);
  }
}

/** What is no JSON was written by somebody in between. */
function resultIn(text: string): CallResult & { readonly error?: unknown } {
  try {
    const result: unknown = JSON.parse(text);
    if (typeof result === 'object' && result !== null && 'ok' in result) {
      return { ...result, ok: result.ok === true };
    }
  } catch {
    // As below.
  }
  return { ok: false, error: 'not an answer of Slack' };
}
