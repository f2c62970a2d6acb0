import { onTestFinished } from 'vitest';
import type { PageAction } from '../../people/act.ts';
import type { Snapshot } from '../../server/snapshot.ts';

/** One person at the page of a `local-slack` in another process. */
export class PageClient {
  readonly #url: string;
  readonly #person: string;

  constructor(url: string, person: string) {
    this.#url = url;
    this.#person = person;
  }

  /** Resolves to what the person sees. */
  async snapshot(): Promise<Snapshot> {
    return (await fetch(`${this.#url}state?as=${this.#person}`)).json();
  }

  /** Does something; resolves to the sentence that Slack would show, or null. */
  async act(act: PageAction['act']): Promise<string | null> {
    const response = await fetch(`${this.#url}act`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: this.#person, act }),
    });
    return (await response.json()).problem;
  }

  /** Resolves to the first result that is not undefined; asks again after each change. */
  async until<T>(ask: (snapshot: Snapshot) => T | undefined): Promise<T> {
    const finished = new AbortController();
    onTestFinished(() => finished.abort());
    const { body } = await fetch(`${this.#url}changes`, { signal: finished.signal });
    for await (const _ of body ?? []) {
      const found = ask(await this.snapshot());
      if (found !== undefined) return found;
    }
    throw new Error('local-slack ended');
  }
}
