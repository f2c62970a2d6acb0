/** How the recorded Slack answers one call. */
export type Answer =
  | { readonly answer: Record<string, unknown> }
  | { readonly error: string }
  | { readonly status: number; readonly retryAfter?: number }
  /** The connection fails before (ECONNREFUSED) or after (ECONNRESET) the request left. */
  | { readonly network: string }
  | { readonly body: string }
  /** Never answers until released. */
  | { readonly hold: Promise<Answer> };

export interface Call {
  /** Web API method, or the address for anything else. */
  readonly method: string;
  readonly args: Record<string, unknown>;
}

/**
 * Slack as a recorded `fetch`: no server, no time, the exact ordered list of what the bot sent. Answers
 * success unless a test has queued something else for the method.
 */
export class RecordedSlack {
  readonly calls: Call[] = [];
  /** Those of them that were answered with success, in the order of the answers. */
  readonly taken: Call[] = [];
  /** What `users.info` says of somebody, by id; nothing unless told. */
  readonly people = new Map<string, Record<string, unknown>>();
  /** Asked about every call that no answer is queued for; null for the usual one. */
  answering: (call: Call) => Answer | null = () => null;
  readonly #queued = new Map<string, Answer[]>();
  readonly #answering = new Map<string, (args: Record<string, unknown>) => Answer>();
  #posted = 0;

  /** The next call of this method is answered so; several wait in order. */
  next(method: string, ...answers: Answer[]): void {
    this.#queued.set(method, [...(this.#queued.get(method) ?? []), ...answers]);
  }

  /** Every call of this method is answered so, unless something else is queued. */
  always(method: string, answer: (args: Record<string, unknown>) => Answer): void {
    this.#answering.set(method, answer);
  }

  /** Calls so far, without the greeting at start. */
  methods(): string[] {
    return this.calls.map((call) => call.method);
  }

  of(method: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.method === method).map((call) => call.args);
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input));
    const method = url.pathname.startsWith('/api/') ? url.pathname.slice('/api/'.length) : url.href;
    const args = decode(init?.body);
    if (method !== 'auth.test') this.calls.push({ method, args });
    const call = { method, args };
    const answer =
      this.#queued.get(method)?.shift() ?? this.#answering.get(method)?.(args) ?? this.answering(call);
    const response = await this.#respond(answer ?? this.#success(method, args));
    if (response.ok && (await response.clone().text()).includes('"ok":true'))
      this.taken.push({ method, args });
    return response;
  };

  #success(method: string, args: Record<string, unknown>): Answer {
    switch (method) {
      case 'auth.test':
        return { answer: { team_id: 'T1', user_id: 'U0BOT', bot_id: 'B0BOT', user: 'django-or-flask' } };
      case 'chat.postMessage':
        this.#posted += 1;
        return { answer: { channel: 'C1', ts: `1795424400.00000${this.#posted}` } };
      case 'chat.getPermalink':
        return { answer: { permalink: 'https://acme.slack.com/archives/C1/p1795424400000001' } };
      case 'users.info': {
        const user = this.people.get(String(args.user));
        return { answer: user === undefined ? {} : { user } };
      }
      default:
        return { answer: {} };
    }
  }

  async #respond(answer: Answer): Promise<Response> {
    if ('hold' in answer) return this.#respond(await answer.hold);
    if ('network' in answer) {
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error(answer.network), { code: answer.network }),
      });
    }
    if ('body' in answer) return new Response(answer.body, { status: 200 });
    if ('status' in answer) {
      const headers = answer.retryAfter === undefined ? {} : { 'retry-after': String(answer.retryAfter) };
      return new Response('', { status: answer.status, headers });
    }
    return Response.json(
      'error' in answer ? { ok: false, error: answer.error } : { ok: true, ...answer.answer },
    );
  }
}

export function decode(body: unknown): Record<string, unknown> {
  if (body instanceof Uint8Array) return { body: new TextDecoder().decode(body) };
  const text = String(body ?? '');
  if (text.startsWith('{')) return JSON.parse(text);
  const fields = [...new URLSearchParams(text)].map(([key, value]) => [key, structured(value)] as const);
  return Object.fromEntries(fields);
}

function structured(value: string): unknown {
  if (value === 'true' || value === 'false') return value === 'true';
  return /^[[{]/.test(value) ? JSON.parse(value) : value;
}
