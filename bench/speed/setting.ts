import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import { createComputeGroup } from '../../src/decision/group.ts';
import { intakeModal } from '../../src/features/ask/dialog.ts';
import { cardMessage } from '../../src/features/card/message.ts';
import { openStore } from '../../src/store/open.ts';
import { type RunningPostgres, startPostgres } from '../instances/postgres.ts';
import { type Contender, SCRIPTS, startContender } from './contender.ts';
import { addDecisions } from './databases.ts';
import { SIGNING_SECRET, TEAM } from './requests.ts';
import { type Slack, startSlack } from './slack.ts';

/** What all measurements share: a folder, a Slack, a PostgreSQL that brings commits to disk. */
export interface Setting {
  readonly folder: string;
  readonly slack: Slack;
  /** An empty database of its own: a file's path, or an address. */
  database(kind: 'sqlite' | 'postgres'): Promise<string>;
  start(what: keyof typeof SCRIPTS, options?: StartOptions): Promise<Contender>;
  close(): Promise<void>;
}

export interface StartOptions {
  readonly database?: string;
  /** Over the socket instead of HTTP. */
  readonly socket?: boolean;
  /** As it starts for the first time on a machine. */
  readonly cold?: boolean;
}

export async function makeSetting(): Promise<Setting> {
  const folder = mkdtempSync(join(tmpdir(), 'django-or-flask-bench-'));
  const slack = await startSlack();
  const postgres: RunningPostgres = await startPostgres({ durable: true });
  const messages = join(folder, 'messages.json');
  writeFileSync(messages, JSON.stringify(await staticMessages(join(folder, 'example.db'))));
  let databases = 0;

  return {
    folder,
    slack,
    database: async (kind) => {
      const name = `bench_${++databases}`;
      if (kind === 'sqlite') return join(folder, `${name}.db`);
      const client = new pg.Client(postgres.url);
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return postgres.url.replace(/\/postgres$/, `/${name}`);
    },
    start: (what, { database, socket = false, cold = false } = {}) =>
      startContender(
        SCRIPTS[what],
        {
          SLACK_BOT_TOKEN: 'xoxb-bench',
          SLACK_API_URL: slack.apiUrl,
          ...(socket ? { SLACK_APP_TOKEN: 'xapp-bench' } : { SLACK_SIGNING_SECRET: SIGNING_SECRET }),
          ...(database === undefined ? {} : { DATABASE_URL: database }),
          LOG_LEVEL: 'info',
          STATIC_MESSAGES: messages,
          // Peers and bot alike: what was compiled at an earlier start is kept.
          NODE_COMPILE_CACHE: cold ? mkdtempSync(join(folder, 'cold-')) : join(folder, 'compiled'),
        },
        folder,
        socket ? slack.connected() : undefined,
      ),
    close: async () => {
      await slack.close();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The dialog and a card as the bot makes them, for peers that show the same without working anything out. */
async function staticMessages(database: string): Promise<object> {
  const [decision = ''] = await addDecisions(database, 1);
  const store = await openStore(database, createComputeGroup(loadRubric));
  const discussion = await store.discussions.get({ tenant: TEAM, decision });
  await store.close();
  if (!discussion) throw new Error('no example');
  const rubric = loadRubric();
  const draft = { page: 'first', project: '', answers: {}, deciders: ['U1'] } as const;
  return { dialog: intakeModal(rubric, draft), card: cardMessage(rubric, discussion) };
}
