import type { Rubric } from '../advice/rubric/schema.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logging.ts';
import type { Metrics } from '../runtime/metrics.ts';
import type { WebClient } from '../slack/web-client.ts';
import type { Store } from '../store/store.ts';

export type { WebClient };

/** Everything a job needs; nothing in here is global. */
export interface Deps {
  readonly rubric: Rubric;
  readonly store: Store;
  readonly clock: Clock;
  /** A fresh id: unguessable, letters, digits, `-` and `_`. */
  readonly newId: () => string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** As configured, with the slash. */
  readonly slashCommand: string;
  /** How people of this tenant mention the bot: `@name`. */
  readonly botName: (tenant: string) => Promise<string>;
  /** For reply addresses, which are no Web API methods. */
  readonly fetch: typeof globalThis.fetch;
  /** A client that may act for this tenant. */
  readonly clientFor: (tenant: string) => Promise<WebClient>;
}
