import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { type Bot, createBot } from '../../../src/bot.ts';
import { createComputeGroup } from '../../../src/decision/group.ts';
import { Workspaces } from '../../../src/installs/workspaces.ts';
import { SCOPES } from '../../../src/manifest/permissions.ts';
import { Metrics } from '../../../src/runtime/metrics.ts';
import { createSingleWorkspace } from '../../../src/slack/installation.ts';
import { clientOptions } from '../../../src/slack/web-client.ts';
import { createStore } from '../../../src/store/sql/create-store.ts';
import { sqliteDatabase } from '../../../src/store/sqlite/database.ts';
import { openSqlite } from '../../../src/store/sqlite/open-file.ts';
import type { Store } from '../../../src/store/store.ts';
import { InProcessReceiver } from '../../support/in-process-receiver.ts';
import { recordingLogger } from '../../support/log.ts';
import { immediate, Ports } from './ports.ts';
import type { Outside, Row, Seen } from './promises.ts';
import { type Reuse, Tokens } from './tokens.ts';

const rubric = loadRubric();

/** What Slack heard about something that it delivered. */
export interface Delivered {
  readonly acks: readonly unknown[];
  readonly died: boolean;
}

/** In memory where there is such a place: thousands of databases are opened. */
export const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
export type Spoil = (store: Store) => Store;

/** Where the data are. */
export interface Place {
  /** For a process that begins. */
  openStore(): Promise<Store>;
  /** For looks from outside. */
  readonly outside: Store;
  /** Of the database as it was when nothing was being done last. */
  rows(sql: string): Record<string, unknown>[];
  /** Nothing is being done right now. */
  rests(): Promise<void>;
  changes(): number;
  /** The process that had opened a store last is gone. */
  abandoned(): Promise<void>;
  end(): Promise<void>;
}

export interface Setting {
  /** A fresh file unless told. */
  readonly place?: Place | undefined;
  /** What the bot gets for a store, to see whether it is noticed where it does not do what it should. */
  readonly spoil?: Spoil | undefined;
  /** The app is installed by OAuth, with tokens that expire, where Slack does this with a used refresh token. */
  readonly reuse?: Reuse | undefined;
}

/** Far more than anything takes. */
const MOST_TURNS = 50_000;
/** After so many turns in which nothing goes through the ports, whatever is awaited can only be time. */
const QUIET_TURNS = 25;
/** What is done in this process has ended by then. */
const SOON_TURNS = 100;
const PATIENCE_MS = 250;

/** The whole bot on a file of its own. It may die and is then started anew; Slack, the file and time stay. */
export class World implements Outside {
  readonly ports: Ports;
  /** Looks into the database from outside, past every fault. */
  readonly store: Store;
  readonly log = recordingLogger('debug');
  readonly #spoil: Spoil;
  readonly #place: Place;
  #ids = 0;
  #receiver = new InProcessReceiver();
  #bot: Bot | null = null;
  /** Where the app is installed by OAuth. */
  readonly #tokens: Tokens | null;
  #workspaces: Workspaces | null = null;

  private constructor(place: Place, { spoil = (store) => store, reuse }: Setting) {
    this.#spoil = spoil;
    this.#place = place;
    this.ports = new Ports(() => place.changes());
    this.store = place.outside;
    const tokens = reuse === undefined ? null : new Tokens(reuse, () => this.ports.time.now());
    this.#tokens = tokens;
    if (tokens) this.ports.slack.always('oauth.v2.access', (args) => tokens.answer(args));
  }

  static async begin(setting: Setting = {}): Promise<World> {
    const world = new World(setting.place ?? onFile(), setting);
    await world.restart();
    return world;
  }

  async end(): Promise<void> {
    this.ports.die();
    await this.#place.end();
  }

  get seen(): Seen {
    return this.ports.ledger;
  }

  decisions(): Row[] {
    return this.rows('SELECT tenant, id, status FROM decisions ORDER BY id').map(
      ({ tenant, id, status }) => ({ tenant: String(tenant), id: String(id), status: String(status) }),
    );
  }

  installed(): string[] {
    return this.rows('SELECT tenant FROM installations ORDER BY tenant').map(({ tenant }) => String(tenant));
  }

  /** Does Slack take the token that is stored? */
  tokenWorks(): boolean {
    const tokens = this.#tokens;
    const [row] = this.rows('SELECT tenant, token FROM installations');
    return !!tokens && !!row && tokens.works(tokens.sealer.open(String(row.token), String(row.tenant)).text);
  }

  /** Somebody allows the app, and their browser comes back. Whether they are told that it is installed. */
  async install(): Promise<boolean> {
    const [tokens, workspaces] = [this.#tokens, this.#workspaces];
    if (tokens === null || workspaces === null) throw new Error('there is one workspace, with one token');
    const asked = { code: tokens.newCode(), redirectUri: 'https://bot.test/slack/oauth_redirect' };
    let told = false;
    const scopes = SCOPES.map(({ name }) => name);
    await this.#drive(
      workspaces.install({ ...asked, scopes }).then(({ kind }) => {
        told = kind === 'installed';
      }),
    );
    await this.idle();
    return told && !this.ports.dead;
  }

  departures(): number {
    return Number(this.rows('SELECT count(*) AS n FROM departures')[0]?.n);
  }

  rows(sql: string): Record<string, unknown>[] {
    return this.#place.rows(sql);
  }

  /** The process dies here if it has not yet, and another one is started. */
  async restart(): Promise<void> {
    const { ports, log } = this;
    ports.revive();
    // What the dead one had handed to the database by then is written.
    for (let turn = 0; turn < 3; turn++) await immediate();
    await this.#place.abandoned();
    const receiver = new InProcessReceiver();
    const fetch = ports.fetch();
    const options = clientOptions({ slackApiUrl: 'https://slack.test/api/', logger: log.logger, fetch });
    const clock = ports.clock();
    const store = this.#spoil(ports.store(await this.#place.openStore()));
    const tokens = this.#tokens;
    const workspaces =
      tokens &&
      new Workspaces({
        store,
        sealer: tokens.sealer,
        credentials: { clientId: '1.2', clientSecret: 'client-secret' },
        clientOptions: options,
        clock,
        logger: log.logger,
      });
    this.#workspaces = workspaces;
    const bot = createBot({
      rubric,
      store,
      clock,
      newId: () => {
        this.#ids += 1;
        return `id${String(this.#ids).padStart(8, '0')}`;
      },
      logger: log.logger,
      metrics: new Metrics({
        refreshBacklog: () => this.store.cardUpdates.countStale(),
        pendingPosts: () => this.store.posts.countDue(clock.now()),
        pool: () => null,
      }),
      slashCommand: '/django-or-flask',
      fetch,
      receiver,
      installations:
        workspaces ??
        createSingleWorkspace('xoxb-test-token', options, log.logger, {
          now: () => clock.now(),
          onTokenWorks: (team, seen) => this.store.tenants.comeBack(team, seen),
        }),
      clientOptions: options,
    });
    this.#receiver = receiver;
    this.#bot = bot;
    const failure = await this.#drive(bot.start());
    if (failure !== null) throw failure.error;
    await this.idle();
  }

  /** Delivers a payload as Slack would, and waits until nothing is being done any more. */
  async deliver(body: Record<string, unknown>): Promise<Delivered> {
    const acks: unknown[] = [];
    const { ports } = this;
    const ack = async (answer?: unknown): Promise<void> => {
      if (ports.dead) return;
      if (acks.length > 0) throw new Error('acknowledged twice');
      acks.push(answer);
    };
    await this.#drive(this.#receiver.app.processEvent({ body, ack }));
    await this.idle();
    return { acks, died: ports.dead };
  }

  async idle(): Promise<void> {
    if (this.#bot !== null) await this.#drive(this.#bot.idle());
    await this.#place.rests();
  }

  /** Time passes, and the bot does what is due; where it died, it is started anew. */
  async pass(...steps: readonly number[]): Promise<void> {
    for (const ms of steps) {
      if (this.ports.dead) await this.restart();
      this.ports.time.advance(ms);
      await this.idle();
    }
    if (this.ports.dead) await this.restart();
  }

  /** Waits for something, or for the death of the process; lets time go on where nothing else does. */
  async #drive(work: Promise<unknown>): Promise<{ readonly error: unknown } | null> {
    const { ports } = this;
    const state: { ended: boolean; failure: { readonly error: unknown } | null } = {
      ended: false,
      failure: null,
    };
    work
      .catch((error: unknown) => {
        state.failure = { error };
      })
      .finally(() => {
        state.ended = true;
      });
    let begun = ports.begun;
    for (let turn = 0, quiet = 0, waited = 0; !state.ended && !ports.dead; turn++) {
      if (turn > MOST_TURNS) throw new Error('it stands still');
      waited = ports.running > 0 ? waited + 1 : 0;
      // A database in another process takes its time.
      await (waited > SOON_TURNS ? sleep(1) : immediate());
      quiet = ports.begun === begun && ports.running === 0 ? quiet + 1 : 0;
      begun = ports.begun;
      if (quiet > QUIET_TURNS) {
        ports.time.advance(PATIENCE_MS);
        quiet = 0;
      }
    }
    return state.failure;
  }
}

/** A fresh SQLite file. */
function onFile(): Place {
  const folder = mkdtempSync(join(PLACE, 'django-or-flask-faults-'));
  const file = join(folder, 'bot.db');
  copyFileSync(emptyDatabase(), file);
  const { db, close } = openSqlite(file);
  // What is lost with the power is another test's; this one loses processes.
  db.exec('PRAGMA synchronous = OFF');
  const open = (): Store =>
    createStore(
      sqliteDatabase(db, () => {}),
      { alone: true, pool: () => null, groupOf: createComputeGroup(() => rubric) },
    );
  return {
    openStore: async () => open(),
    outside: open(),
    rows: (sql) => db.prepare(sql).all(),
    rests: async () => {},
    changes: () => Number(db.prepare('SELECT total_changes() AS n').get()?.n),
    abandoned: async () => {},
    end: async () => {
      close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let empty: string | null = null;

/** A database of the newest schema, made once. */
function emptyDatabase(): string {
  if (empty !== null) return empty;
  const folder = mkdtempSync(join(PLACE, 'django-or-flask-empty-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  empty = join(folder, 'bot.db');
  openSqlite(empty).close();
  return empty;
}
