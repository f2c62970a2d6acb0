/** What left for Slack, or for anywhere else. */
export interface Call {
  /** Of the Web API; the address for anything else. */
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** With which it was sent; null without any. */
  readonly token: string | null;
}

export type Answer = Readonly<Record<string, unknown>>;

export const API = 'https://slack.test/api/';
/** Fields of a form that hold JSON; any other may look like it. */
const JSON_FIELDS = new Set(['blocks', 'view', 'files', 'outputs', 'metadata']);

/** Slack that takes everything, and remembers it. */
export class EasySlack {
  calls: Call[] = [];
  /** What `users.info` says of everybody. */
  person: Record<string, unknown> = { tz: 'Europe/Berlin', profile: { display_name: 'Ana' } };
  readonly #next = new Map<string, Answer | 'lost'>();
  #posted = 0;

  /** The next call of this method is answered so; `lost` where no answer comes. */
  next(method: string, answer: Answer | 'lost'): void {
    this.#next.set(method, answer);
  }

  /** Counts from the beginning again. */
  reset(): void {
    this.calls = [];
    this.#posted = 0;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const address = String(input);
    const method = address.startsWith(API) ? address.slice(API.length) : address;
    const authorization = new Headers(init?.headers).get('authorization');
    const args = decoded(init?.body);
    this.calls.push({ method, args, token: authorization?.replace(/^Bearer /, '') ?? null });
    const next = this.#next.get(method);
    this.#next.delete(method);
    if (next === 'lost') {
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
      });
    }
    return Response.json({ ok: true, ...(next ?? this.#answer(method)) });
  };

  #answer(method: string): Answer {
    switch (method) {
      case 'chat.postMessage':
        this.#posted += 1;
        return { channel: 'C1', ts: `1795424400.${String(this.#posted).padStart(6, '0')}` };
      case 'chat.getPermalink':
        return { permalink: 'https://acme.slack.test/archives/C1/p1795424400000001' };
      case 'files.getUploadURLExternal':
        return { upload_url: 'https://files.slack.test/upload/v1/abc', file_id: 'F1' };
      case 'users.info':
        return { user: this.person };
      default:
        return {};
    }
  }
}

function decoded(body: unknown): Record<string, unknown> {
  if (body instanceof Uint8Array) return { file: new TextDecoder().decode(body) };
  const text = String(body ?? '');
  if (text.startsWith('{')) return JSON.parse(text);
  const fields = [...new URLSearchParams(text)].map(([key, value]): [string, unknown] => [
    key,
    JSON_FIELDS.has(key) ? JSON.parse(value) : value,
  ]);
  return Object.fromEntries(fields);
}
