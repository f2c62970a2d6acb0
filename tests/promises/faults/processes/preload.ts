/**
 * Loaded before the bot with `--import`, in each of its threads: notes every moment at which the process could die,
 * and kills it at the one that is asked for. The bot itself knows nothing of it.
 */
import diagnostics from 'node:diagnostics_channel';
import { appendFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { isMainThread, parentPort } from 'node:worker_threads';
import { systemClock } from '../../../../src/runtime/clock.ts';
import { type Moment, type Pace, PLAN_FILE, type Plan, shownAt, TRACE_FILE } from './plan.ts';

const folder = process.env.FAULTS_FOLDER;
if (folder === undefined) throw new Error('FAULTS_FOLDER says where the plan is');
const pace: Pace = JSON.parse(process.env.FAULTS_PACE ?? '');

let current = 0;
const counts = new Map<string, number>();

function readPlan(): Plan | null {
  try {
    return JSON.parse(readFileSync(join(String(folder), PLAN_FILE), 'utf8'));
  } catch {
    return null;
  }
}

function passes(place: Moment['place'], name: string, when: Moment['when']): void {
  const plan = readPlan();
  if (plan === null) return;
  if (plan.id !== current) {
    current = plan.id;
    counts.clear();
  }
  const same = `${place} ${name} ${when}`;
  const index = (counts.get(same) ?? 0) + 1;
  counts.set(same, index);
  const moment: Moment = { place, index, name, when };
  appendFileSync(join(String(folder), TRACE_FILE), `${JSON.stringify(moment)}\n`);
  const { diesAt } = plan;
  if (diesAt === null || `${diesAt.place} ${diesAt.name} ${diesAt.when}` !== same || diesAt.index !== index)
    return;
  process.kill(process.pid, 'SIGKILL');
  // Nothing more happens in this thread until the signal has come.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0);
}

if (isMainThread) {
  systemClock.now = () => shownAt(pace, Date.now());
  systemClock.monotonic = systemClock.now;
  systemClock.after = (ms, call) => {
    const timer = setTimeout(call, ms / pace.speed);
    return () => clearTimeout(timer);
  };
  diagnostics.subscribe('http.client.response.finish', (message) =>
    passes('answer', pathIn(message), 'before'),
  );
  diagnostics.subscribe('undici:request:headers', (message) => passes('answer', pathIn(message), 'before'));
  if (process.env.SLACK_APP_TOKEN !== undefined) reconnectSooner();
} else {
  watchDatabase();
}

/** Bolt's client waits five seconds before it connects again; people's patience with the bot is over by then. */
function reconnectSooner(): void {
  const load = createRequire(createRequire(import.meta.url).resolve('@slack/bolt'));
  const { SocketModeClient } = load('@slack/socket-mode');
  const { delayReconnectAttempt } = SocketModeClient.prototype;
  SocketModeClient.prototype.delayReconnectAttempt = function (...args: unknown[]) {
    const { clientPingTimeoutMS } = this;
    this.clientPingTimeoutMS = clientPingTimeoutMS / 20;
    try {
      return delayReconnectAttempt.apply(this, args);
    } finally {
      this.clientPingTimeoutMS = clientPingTimeoutMS;
    }
  };
}

/** Both channels say of which request it is the answer. */
function pathIn(message: unknown): string {
  if (!isObject(message) || !isObject(message.request)) return '';
  return String(message.request.path)
    .replace(/^\/(api\/)?/, '')
    .replace(/^(response|upload)\/.*/, '$1_url');
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function watchDatabase(): void {
  const { exec } = DatabaseSync.prototype;
  let written = false;
  let inTransaction = false;
  let committed = false;
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql) {
    if (sql.startsWith('BEGIN IMMEDIATE')) [inTransaction, written] = [true, false];
    // A transaction that has changed nothing leaves nothing to be lost.
    const commits = sql === 'COMMIT' && inTransaction && written;
    if (commits) passes('database', 'COMMIT', 'before');
    exec.call(this, commits && readPlan()?.loses ? 'ROLLBACK' : sql);
    if (sql === 'COMMIT' || sql === 'ROLLBACK') inTransaction = false;
    if (commits) {
      committed = true;
      passes('database', 'COMMIT', 'after');
    }
  };
  const { all, run } = StatementSync.prototype;
  const passed = (sql: string): void => {
    const name = writes(sql);
    if (name === null || !inTransaction) return;
    written = true;
    passes('database', name, 'before');
  };
  StatementSync.prototype.all = function (this: StatementSync, ...args) {
    passed(this.sourceSQL);
    return Reflect.apply(all, this, args);
  };
  StatementSync.prototype.run = function (this: StatementSync, ...args) {
    passed(this.sourceSQL);
    return Reflect.apply(run, this, args);
  };
  const port = parentPort;
  if (!port) throw new Error('this thread has no other');
  const post = port.postMessage;
  port.postMessage = (...args) => {
    Reflect.apply(post, port, args);
    if (committed) {
      committed = false;
      passes('database', 'the answer', 'after');
    }
  };
}

/** `INSERT INTO votes`; null for what only reads. */
function writes(sql: string): string | null {
  return /^\s*(INSERT INTO \w+|UPDATE \w+|DELETE FROM \w+|WITH\b)/.exec(sql)?.[1] ?? null;
}
