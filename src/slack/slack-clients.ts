import type { webApi } from '@slack/bolt';
import { SlackClient } from './slack-client.ts';

/** As many as are talked to in a while; making one anew costs little. */
const MOST_KEPT = 500;

/** One client for each token and workspace. */
export class SlackClients {
  readonly #options: webApi.WebClientOptions;
  readonly #kept = new Map<string, SlackClient>();

  constructor(options: webApi.WebClientOptions) {
    this.#options = options;
  }

  /** @param teamId which workspace it is about, where one token is for several */
  for(token: string, teamId: string | undefined): SlackClient {
    const key = `${token} ${teamId}`;
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const made = new SlackClient(token, { ...this.#options, ...(teamId === undefined ? {} : { teamId }) });
    this.#kept.set(key, made);
    // A Map keeps the order in which its entries came.
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return made;
  }
}
