import type { Rubric } from '../advice/rubric/schema.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logging.ts';
import type { Metrics } from '../runtime/metrics.ts';
import type { WebClient } from '../slack/web-client.ts';
import type { Store } from '../store/store.ts';

export type { WebClient };

/** Everything that loops and features need. Nothing in the bot is global. */
export interface Deps {
  readonly rubric: Rubric;
  readonly store: Store;
  readonly clock: Clock;
  /** Returns a random id of letters, digits, `-` and `_` that can't be guessed. */
  readonly newId: () => string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** The configured slash command, with its slash. */
  readonly slashCommand: string;
  /** Resolves to the bot's mention in this tenant: `@name`. */
  readonly botName: (tenant: string) => Promise<string>;
  /** For Slack's response URLs, which the Web API client doesn't cover. */
  readonly fetch: typeof globalThis.fetch;
  /** Resolves to a Web API client with this tenant's token. Rejects with NotInstalled if there is none. */
  readonly clientFor: (tenant: string) => Promise<WebClient>;
}
