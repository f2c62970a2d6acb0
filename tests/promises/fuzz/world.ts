import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '@slack/bolt';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { type Bot, createBot } from '../../../src/bot.ts';
import { createComputeGroup } from '../../../src/decision/group.ts';
import { Workspaces } from '../../../src/installs/workspaces.ts';
import { Metrics } from '../../../src/runtime/metrics.ts';
import { createSealer } from '../../../src/runtime/seal.ts';
import { clientOptions } from '../../../src/slack/web-client.ts';
import { createStore } from '../../../src/store/sql/create-store.ts';
import { sqliteDatabase } from '../../../src/store/sqlite/database.ts';
import { type OpenedDatabase, openSqlite } from '../../../src/store/sqlite/open-file.ts';
import type { Store } from '../../../src/store/store.ts';
import { TestClock } from '../../support/clock.ts';
import { InProcessReceiver } from '../../support/in-process-receiver.ts';
import { recordingLogger } from '../../support/log.ts';
import { API, EasySlack } from './slack.ts';

const rubric = loadRubric();

/** In memory where there is such a place. */
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
/** Far more than anything takes while time stands still. */
const MOST_TURNS = 2_000;

/** Who has installed the app: two workspaces, and an organisation for all of its own. */
export const TENANTS = ['T1', 'T2', 'E1'] as const;
export type Tenant = (typeof TENANTS)[number];

/** Bot tokens, one for each tenant. */
export const tokenOf = (tenant: string): string => `xoxb-secret-of-${tenant}`;

export interface Delivered {
  readonly acks: readonly unknown[];
  /** What came out of `processEvent`, where nothing may. */
  readonly thrown: unknown;
  readonly stuck: boolean;
}

/**
 * The whole bot with several workspaces on a database that can be set back to how it was, so that a case depends on
 * nothing that was done before it.
 */
export class World {
  readonly slack = new EasySlack();
  readonly clock = new TestClock();
  readonly log = recordingLogger('info');
  readonly store: Store;
  readonly metrics: Metrics;
  readonly #folder: string;
  readonly #database: OpenedDatabase;
  readonly #receiver = new InProcessReceiver();
  readonly #bot: Bot;
  readonly #tables: readonly string[];
  #ids = 0;
  #idsKept = 0;
  #changes = 0;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#database = openSqlite(join(folder, 'bot.db'));
    this.#database.db.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF');
    const { slack, clock, log } = this;
    this.store = createStore(
      sqliteDatabase(this.#database.db, () => {}),
      { alone: true, pool: () => null, groupOf: createComputeGroup(() => rubric) },
    );
    const options = clientOptions({ slackApiUrl: API, logger: log.logger, fetch: slack.fetch });
    this.metrics = new Metrics({
      refreshBacklog: () => this.store.cardUpdates.countStale(),
      pendingPosts: () => this.store.posts.countDue(clock.now()),
      pool: () => null,
    });
    this.#bot = createBot({
      rubric,
      store: this.store,
      clock,
      newId: () => {
        this.#ids += 1;
        return `new${String(this.#ids).padStart(8, '0')}`;
      },
      logger: log.logger,
      metrics: this.metrics,
      slashCommand: '/django-or-flask',
      fetch: slack.fetch,
      receiver: this.#receiver,
      installations: new Workspaces({
        store: this.store,
        sealer,
        credentials: { clientId: '1.2', clientSecret: 'client-secret' },
        clientOptions: options,
        clock,
        logger: log.logger,
      }),
      clientOptions: options,
    });
    this.#tables = this.rows(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    ).map(({ name }) => String(name));
  }

  static async begin(): Promise<World> {
    const world = new World(mkdtempSync(join(PLACE, 'django-or-flask-fuzz-')));
    for (const tenant of TENANTS) await world.#install(tenant);
    await world.#bot.start();
    await world.#bot.idle();
    return world;
  }

  end(): void {
    this.#database.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  rows(sql: string, ...values: string[]): Record<string, unknown>[] {
    return this.#database.db.prepare(sql).all(...values);
  }

  /** From now on `restore` comes back to this. */
  keep(): void {
    const { db } = this.#database;
    this.#idsKept = this.#ids;
    db.exec("ATTACH ':memory:' AS kept");
    for (const table of this.#tables)
      db.exec(`CREATE TABLE kept."${table}" AS SELECT * FROM main."${table}"`);
    this.restore();
  }

  restore(): void {
    const { db } = this.#database;
    if (this.#countChanges() !== this.#changes) {
      db.exec('PRAGMA foreign_keys = OFF');
      for (const table of this.#tables) {
        db.exec(`DELETE FROM main."${table}"; INSERT INTO main."${table}" SELECT * FROM kept."${table}"`);
      }
      db.exec('PRAGMA foreign_keys = ON');
      this.#changes = this.#countChanges();
    }
    this.#ids = this.#idsKept;
    this.slack.reset();
    this.log.lines.length = 0;
  }

  /** Has anything been written since? */
  get isChanged(): boolean {
    return this.#countChanges() !== this.#changes;
  }

  /** All that is stored of a tenant. Which deliveries were seen is no change of anything. */
  stored(tenant: string): string {
    return JSON.stringify(
      this.#tenantTables().map((table) => [
        table,
        this.rows(`SELECT * FROM "${table}" WHERE tenant = ?`, tenant),
      ]),
    );
  }

  /** Bolt's, for another receiver. */
  get app(): App {
    return this.#receiver.app;
  }

  /** Delivers a payload as Slack would, and waits until nothing is being done any more; no time passes. */
  async deliver(body: Record<string, unknown>): Promise<Delivered> {
    const acks: unknown[] = [];
    const ack = async (answer?: unknown): Promise<void> => {
      // As Bolt's receivers do.
      if (acks.length > 0) throw new Error('acknowledged twice');
      acks.push(answer);
    };
    let thrown: unknown = null;
    let over = false;
    this.#receiver.app
      .processEvent({ body, ack })
      .catch((error: unknown) => {
        thrown = error ?? new Error('nothing');
      })
      .then(() => this.#bot.idle())
      .finally(() => {
        over = true;
      });
    for (let turn = 0; !over && turn < MOST_TURNS; turn++)
      await new Promise((resolve) => setImmediate(resolve));
    return { acks, thrown, stuck: !over };
  }

  /** Time passes, and the bot does what is due. */
  async pass(...steps: readonly number[]): Promise<void> {
    for (const ms of steps) {
      this.clock.advance(ms);
      await this.#bot.idle();
    }
  }

  #countChanges(): number {
    return Number(this.rows('SELECT total_changes() AS n')[0]?.n);
  }

  #tenantTables(): readonly string[] {
    return this.#tables.filter(
      (table) =>
        table !== 'deliveries' &&
        this.rows(`SELECT name FROM pragma_table_info('${table}') WHERE name = 'tenant'`).length > 0,
    );
  }

  async #install(tenant: Tenant): Promise<void> {
    const isOrg = tenant.startsWith('E');
    await this.store.installations.save({
      tenant,
      enterprise: isOrg ? tenant : null,
      team: isOrg ? null : tenant,
      name: `Name of ${tenant}`,
      botId: 'B0BOT',
      botUser: 'U0BOT',
      botName: 'django-or-flask',
      installedBy: 'U1',
      installedAt: this.clock.now(),
      token: sealer.seal(tokenOf(tenant), tenant),
      refreshToken: null,
      expiresAt: null,
    });
  }
}

let nonces = 0;
const sealer = createSealer([Buffer.alloc(32, 7)], (bytes) => {
  nonces += 1;
  const nonce = Buffer.alloc(bytes);
  nonce.writeUInt32BE(nonces);
  return nonce;
});
