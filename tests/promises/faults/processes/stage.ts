import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Instance, startInstance } from '../../../../bench/instances/instance.ts';
import { loadRubric } from '../../../../src/advice/rubric/rubric.ts';
import { createComputeGroup } from '../../../../src/decision/group.ts';
import { systemClock } from '../../../../src/runtime/clock.ts';
import { createStore } from '../../../../src/store/sql/create-store.ts';
import { sqliteDatabase } from '../../../../src/store/sqlite/database.ts';
import type { Store } from '../../../../src/store/store.ts';
import { type LocalSlack, startSlack } from '../../../support/local-slack.ts';
import { PLACE } from '../world.ts';
import { type Moment, type Pace, PLAN_FILE, type Plan, shownAt, TRACE_FILE } from './plan.ts';

const rubric = loadRubric();

export type Transport = 'http' | 'socket';

const SIGNING_SECRET = 'whole-process-secret';
const PRELOAD = new URL('./preload.ts', import.meta.url).href;
/** Not more: what Slack and the bot wait for, two and three seconds, a busy machine must be able to do meanwhile. */
const SPEED = 4;
/** Slack's patience, in real time. */
const ACK_TIMEOUT_MS = 3_000;
/** Real. Until then nothing may be left to be done. */
const SETTLES_WITHIN_MS = 20_000;
/** Real. What nobody wrote down has begun by then. */
const QUIET_MS = 60;
const SOON_MS = 60_000;

/** A look at the database from outside. */
export interface Look {
  readonly store: Store;
  rows(sql: string): Record<string, unknown>[];
}

/** A local Slack and the bot as it ships, in a process of its own, which dies and is started anew. */
export class Stage {
  readonly slack: LocalSlack;
  readonly transport: Transport;
  readonly folder: string;
  readonly #pace: { current: Pace };
  #bot: Instance | null = null;
  /** While it is not ready yet. */
  #killStarting = (): void => {};
  #plans = 0;
  /** While moments are counted, nothing is committed: to see whether it is noticed. */
  loses = false;
  /** How many scenes were played. */
  scenes = 0;

  private constructor(slack: LocalSlack, transport: Transport, pace: { current: Pace }) {
    this.slack = slack;
    this.transport = transport;
    this.#pace = pace;
    this.folder = mkdtempSync(join(PLACE, 'django-or-flask-processes-'));
  }

  static async open(transport: Transport): Promise<Stage> {
    const now = Date.now();
    const pace = { current: { real: now, shown: now, speed: SPEED } };
    const shown = (): number => shownAt(pace.current, Date.now());
    const slack = await startSlack({
      ackTimeoutMs: ACK_TIMEOUT_MS,
      clock: { now: shown, after: systemClock.after },
      appNow: shown,
    });
    return new Stage(slack, transport, pace);
  }

  async close(): Promise<void> {
    await this.kill();
    await this.slack.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  now(): number {
    return shownAt(this.#pace.current, Date.now());
  }

  /** Time goes on by so much for Slack, and for the processes that are started from now on. */
  later(ms: number): void {
    this.#pace.current = { real: Date.now(), shown: this.now() + ms, speed: SPEED };
  }

  get isRunning(): boolean {
    return this.#bot !== null;
  }

  /** False where it died before it was ready. */
  async start(): Promise<boolean> {
    const { slack, folder, transport } = this;
    const started = startInstance(
      {
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_API_URL: slack.apiUrl,
        DATABASE_URL: join(folder, 'bot.db'),
        LOG_LEVEL: 'info',
        ...(transport === 'http'
          ? { SLACK_SIGNING_SECRET: SIGNING_SECRET, HOST: '127.0.0.1', PORT: '0' }
          : { SLACK_APP_TOKEN: slack.appToken }),
        NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import ${PRELOAD}`,
        FAULTS_FOLDER: folder,
        FAULTS_PACE: JSON.stringify(this.#pace.current),
      },
      folder,
      (kill) => {
        this.#killStarting = kill;
      },
    );
    const bot = await started.catch(() => null);
    if (bot === null) return false;
    this.#bot = bot;
    void bot.ended.then(() => {
      if (this.#bot === bot) this.#bot = null;
    });
    slack.sendTo(
      transport === 'http'
        ? { url: `http://127.0.0.1:${bot.port}/slack/events`, signingSecret: SIGNING_SECRET }
        : 'socket',
    );
    if (transport === 'socket') await slack.until(() => slack.sockets.count > 0, ACK_TIMEOUT_MS);
    return true;
  }

  async kill(): Promise<void> {
    this.#killStarting();
    await this.#bot?.kill('SIGKILL');
  }

  /** Resolves when the process that runs now is gone. */
  get gone(): Promise<void> {
    return this.#bot?.ended ?? Promise.resolve();
  }

  /** Counts moments from now on; at the one that is named the process dies. */
  arm(diesAt: Moment | null): void {
    this.#plans += 1;
    rmSync(join(this.folder, TRACE_FILE), { force: true });
    const plan: Plan = { id: this.#plans, diesAt, loses: this.loses };
    writeFileSync(join(this.folder, PLAN_FILE), JSON.stringify(plan));
    if (diesAt?.place !== 'request') return;
    const { faults } = this.slack;
    // The calls before it are let through.
    faults.plan(diesAt.name, ...Array.from({ length: diesAt.index - 1 }, () => ({ delayMs: 0 })));
    const held = faults.hold(diesAt.name, diesAt.when);
    void held.arrived.then(() => this.kill());
  }

  /** Returns the moments that have passed. */
  disarm(): Moment[] {
    rmSync(join(this.folder, PLAN_FILE), { force: true });
    this.slack.faults.clear();
    const trace = join(this.folder, TRACE_FILE);
    if (!existsSync(trace)) return [];
    const lines = readFileSync(trace, 'utf8').split('\n').slice(0, -1);
    return lines.map((line): Moment => JSON.parse(line));
  }

  /**
   * Looks into the database: as it stands, or, where no process runs, into a copy, so that whoever is started next
   * finds it as the dead one left it.
   */
  async look<T>(work: (look: Look) => T | Promise<T>): Promise<T> {
    const file = join(this.folder, this.isRunning ? 'bot.db' : 'copy.db');
    if (!this.isRunning) {
      for (const suffix of ['', '-wal']) {
        const from = join(this.folder, `bot.db${suffix}`);
        rmSync(`${file}${suffix}`, { force: true });
        if (existsSync(from)) copyFileSync(from, `${file}${suffix}`);
      }
    }
    const db = new DatabaseSync(file, { readOnly: this.isRunning, timeout: 5_000 });
    try {
      const options = { alone: true, pool: () => null, groupOf: createComputeGroup(() => rubric) };
      return await work({
        store: createStore(
          sqliteDatabase(db, () => {}),
          options,
        ),
        rows: (sql) => db.prepare(sql).all(),
      });
    } finally {
      db.close();
    }
  }

  /** Resolves when nothing is left to be done for now; false where that does not come, or the process is gone. */
  async settled(quietMs = QUIET_MS): Promise<boolean> {
    const until = Date.now() + SETTLES_WITHIN_MS;
    let last: unknown;
    let quietSince = Date.now();
    while (Date.now() < until && this.isRunning) {
      const busy = this.slack.calls.at(-1) !== last || !(await this.#isIdle());
      last = this.slack.calls.at(-1);
      if (busy) quietSince = Date.now();
      else if (Date.now() - quietSince >= quietMs) return true;
      await sleep(15);
    }
    return false;
  }

  async #isIdle(): Promise<boolean> {
    const { calls, deliveries } = this.slack;
    if (calls.slice(-50).some(({ answer }) => answer === undefined)) return false;
    if (deliveries.slice(-10).some(({ result }) => result === undefined)) return false;
    return this.look(async ({ store, rows }) => {
      const now = this.now();
      if ((await store.cardUpdates.countStale()) > 0 || (await store.posts.countDue(now + SOON_MS)) > 0)
        return false;
      const left = rows(`SELECT (SELECT count(*) FROM posts WHERE state = 'sent')
        + (SELECT count(*) FROM inbox) + (SELECT count(*) FROM departures WHERE erase_at <= ${now}) AS n`);
      return left[0]?.n === 0;
    });
  }
}
