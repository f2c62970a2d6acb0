import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { TOKEN_CODES } from './token-codes.ts';

/** Most values of a label. Further values count as "other", so that memory stays bounded. */
const MOST_VALUES = 120;
/** Kinds of interaction. Their failures start at 0, because a series that starts at 1 hides the first failure. */
const KINDS = ['command', 'action', 'view_submission', 'shortcut', 'event'];
const SIMPLE = /^[\w./-]{1,60}$/;

/** Reads the gauges' values, at each scrape. */
export interface GaugeReaders {
  /** Number of cards that don't show the database's state. */
  readonly refreshBacklog: () => Promise<number>;
  /** Number of messages that are due and not posted. */
  readonly pendingPosts: () => Promise<number>;
  /** Result of each readiness check, by name. */
  readonly checks?: () => Promise<Readonly<Record<string, boolean>>>;
  /** Log lines dropped since the start. */
  readonly droppedLogLines?: () => number;
  /** Connections of the pool; null on SQLite. */
  readonly pool: () => { readonly open: number; readonly idle: number; readonly waiting: number } | null;
}

/** Counts events for Prometheus. No label identifies a person, channel or decision. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #interactions: Counter<'kind' | 'outcome'>;
  readonly #acks: Histogram<'kind'>;
  readonly #calls: Counter<'method' | 'error'>;
  readonly #tokenErrors: Counter<'code'>;
  readonly #seen = new Map<string, Set<string>>();

  /** @param ofProcess adds memory and CPU metrics. Set it only once in a process. */
  constructor(gauges: GaugeReaders, { ofProcess = false } = {}) {
    if (ofProcess) collectDefaultMetrics({ register: this.#registry });
    const registers = [this.#registry];
    this.#interactions = new Counter({
      name: 'bot_interactions_total',
      help: 'What people did, by kind and by how it ended',
      labelNames: ['kind', 'outcome'],
      registers,
    });
    for (const kind of KINDS) this.#interactions.inc({ kind, outcome: 'failed' }, 0);
    this.#acks = new Histogram({
      name: 'bot_ack_seconds',
      help: 'From the arrival of something until Slack was told that it has arrived; Slack waits three seconds',
      labelNames: ['kind'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
      registers,
    });
    this.#calls = new Counter({
      name: 'bot_slack_calls_total',
      help: 'Calls of Slack’s Web API, by method and by error; "none" where there was none',
      labelNames: ['method', 'error'],
      registers,
    });
    this.#tokenErrors = new Counter({
      name: 'bot_token_errors_total',
      help: 'Calls that Slack refused because of the token, by error code',
      labelNames: ['code'],
      registers,
    });
    // As for KINDS above.
    for (const code of TOKEN_CODES) this.#tokenErrors.inc({ code }, 0);
    new Counter({
      name: 'bot_log_lines_dropped_total',
      help: 'Log lines that could not be written, or whose reader was too slow',
      registers,
      collect() {
        this.reset();
        this.inc(gauges.droppedLogLines?.() ?? 0);
      },
    });
    const gauge = (name: string, help: string, read: () => Promise<number> | number): void => {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          // If the database doesn't respond, the other metrics matter even more.
          try {
            this.set(await read());
          } catch {
            this.set(Number.NaN);
          }
        },
      });
    };
    // Registered first: the other gauges query the database and would count as waiting.
    gauge('bot_pool_open', 'Connections to the database', () => gauges.pool()?.open ?? 0);
    gauge('bot_pool_idle', 'Idle connections to the database', () => gauges.pool()?.idle ?? 0);
    gauge('bot_pool_waiting', 'Works that wait for a connection', () => gauges.pool()?.waiting ?? 0);
    const { checks } = gauges;
    if (checks) {
      new Gauge({
        name: 'bot_ready',
        help: 'What /readyz says, by check: 1 where all is well',
        labelNames: ['check'],
        registers,
        async collect() {
          for (const [check, well] of Object.entries(await checks())) this.set({ check }, well ? 1 : 0);
        },
      });
    }
    gauge('bot_refresh_backlog', 'Cards that are not what the database has', gauges.refreshBacklog);
    gauge('bot_pending_posts', 'Messages that are due and not posted', gauges.pendingPosts);
  }

  interaction(kind: string, outcome: string): void {
    this.#interactions.inc({ kind: this.#bounded('kind', kind), outcome: this.#bounded('outcome', outcome) });
  }

  /** @param seconds time since the payload arrived */
  acknowledged(kind: string, seconds: number): void {
    this.#acks.observe({ kind: this.#bounded('kind', kind) }, seconds);
  }

  /** @param error Slack's error code; null for a success */
  slackCall(method: string, error: string | null): void {
    this.#calls.inc({
      method: this.#bounded('method', method),
      error: error === null ? 'none' : this.#bounded('error', error),
    });
    if (error !== null && TOKEN_CODES.has(error)) this.#tokenErrors.inc({ code: error });
  }

  /** Returns all metrics in Prometheus's text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  #bounded(label: string, value: string): string {
    const seen = this.#seen.get(label) ?? new Set<string>();
    this.#seen.set(label, seen);
    if (seen.has(value)) return value;
    if (!SIMPLE.test(value) || seen.size >= MOST_VALUES) return 'other';
    seen.add(value);
    return value;
  }
}
