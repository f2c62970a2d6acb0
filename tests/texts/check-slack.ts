/** Asks Slack's public method `blocks.validate` about messages and views. https://docs.slack.dev/reference/methods/blocks.validate */
import type { Sample } from './samples.ts';

/** Slack's address. Tests have one of their own. */
export const SLACK_API = 'https://slack.com/api/';

const ANSWER_WITHIN_MS = 10_000;
const MOST_TRIES = 5;
/** Wait after a rate limit that names no time, and the longest wait that a limit may ask for. */
const WAIT_S = 10;
const LONGEST_WAIT_S = 120;

export interface CheckOptions {
  readonly api: string;
  /** A token, if Slack asks for one. The method needs none. */
  readonly token: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly wait: (ms: number) => Promise<void>;
}

/** A refused sample, with Slack's reasons. */
export interface Refused {
  readonly name: string;
  readonly reasons: readonly string[];
}

/** Slack can't be asked: no connection, a rate limit that never ends, or a token that it doesn't accept. */
export class SlackUnavailable extends Error {
  override name = 'SlackUnavailable';
}

/** A message or view, under its name. */
export interface Checked {
  readonly name: string;
  readonly parameters: { readonly message: string } | { readonly view: string };
}

/** Returns the messages and views among the samples, each once. */
export function checkedAmong(samples: readonly Sample[]): Checked[] {
  const found = samples.flatMap(({ screen, title, message, view }): Checked[] => {
    const name = `${screen}, ${title}`;
    if (view !== undefined) return [{ name, parameters: { view: JSON.stringify(view) } }];
    return message ? [{ name, parameters: { message: JSON.stringify({ blocks: message.blocks }) } }] : [];
  });
  const seen = new Set<string>();
  return found.filter(({ parameters }) => {
    const key = JSON.stringify(parameters);
    return !seen.has(key) && seen.add(key);
  });
}

/** Asks Slack about each payload in turn. Throws SlackUnavailable. */
export async function checkWithSlack(
  payloads: readonly Checked[],
  options: CheckOptions,
): Promise<Refused[]> {
  const refused: Refused[] = [];
  for (const { name, parameters } of payloads) {
    const reasons = await reasonsAgainst(parameters, options);
    if (reasons.length > 0) refused.push({ name, reasons });
  }
  return refused;
}

async function reasonsAgainst(parameters: Checked['parameters'], options: CheckOptions): Promise<string[]> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const response = await post(parameters, options);
    const answer = response.status === 429 ? { error: 'ratelimited' } : await answerIn(response);
    if (answer.ok === true) return [];
    const code = String(answer.error ?? 'no error code');
    if (code === 'ratelimited' || code === 'rate_limited') {
      const seconds = Number(response.headers.get('retry-after') ?? WAIT_S);
      if (!(seconds <= LONGEST_WAIT_S)) throw new SlackUnavailable(`Slack asks to wait ${seconds} seconds.`);
      await options.wait(seconds * 1_000);
      continue;
    }
    if (TOKEN_CODES.has(code))
      throw new SlackUnavailable(
        options.token === undefined
          ? `Slack asks for a token (${code}). Set SLACK_BOT_TOKEN and try again.`
          : `Slack doesn't accept SLACK_BOT_TOKEN (${code}). Set another one, or none.`,
      );
    return reasonsIn(code, answer);
  }
  throw new SlackUnavailable('Slack still limits the requests. Try again in a few minutes.');
}

const TOKEN_CODES = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'not_allowed_token_type',
]);

async function post(
  parameters: Checked['parameters'],
  { api, token, fetch }: CheckOptions,
): Promise<Response> {
  try {
    return await fetch(new URL('blocks.validate', api), {
      method: 'POST',
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      body: new URLSearchParams({ ...parameters }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    throw new SlackUnavailable(
      `${new URL(api).host} doesn't answer (${cause instanceof Error ? cause.message : cause}). This command needs the internet.`,
    );
  }
}

type Answer = Readonly<Record<string, unknown>>;

async function answerIn(response: Response): Promise<Answer> {
  const answer: unknown = await response.json().catch(() => null);
  if (typeof answer === 'object' && answer !== null) return { ...answer };
  throw new SlackUnavailable(`Not Slack's answer (HTTP ${response.status}). Is there a proxy in between?`);
}

/** Returns Slack's reasons, one for each place in the payload. */
function reasonsIn(code: string, { errors, response_metadata: metadata }: Answer): string[] {
  const named = (Array.isArray(errors) ? errors : []).map(
    ({ pointer = '', message = '', constraint }: Answer) =>
      `${pointer}: ${message}${constraint === undefined ? '' : ` ${JSON.stringify(constraint)}`}`,
  );
  const messages: unknown = Object(metadata).messages;
  const general = Array.isArray(messages) ? messages.map(String) : [];
  return [...named, ...general].length > 0 ? [...named, ...general] : [code];
}
