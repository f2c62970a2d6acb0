import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Setup, startBot, type TestBot } from '../../support/bot.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { submit, submitDialog } from '../../support/payloads.ts';
import { BOT, type Kind, PEOPLE, TENANT } from './kinds.ts';
import type { Place, Stage } from './rows.ts';

/** A project that nobody may read of elsewhere. */
export const SECRET = 'Project Nightjar';

/** The bot in two workspaces at once, T1 and T2, and a look into its database from outside. */
export interface World {
  readonly bot: TestBot;
  /** All that is stored of a workspace. */
  stored(tenant: string): string;
  /** A decision as this kind of person meets it, and nothing of it still on its way. */
  decision(kind: Kind, stage: Stage): Promise<Place>;
}

/** After this a card is updated again, and a record that came before can be exported anew. */
const LATER_MS = 11 * 60_000;

export async function createWorld(
  setup: Required<Pick<Setup, 'folder'>> & Pick<Setup, 'openStores' | 'atEnd'> = {
    folder: temporaryFolder(),
  },
): Promise<World> {
  const { folder } = setup;
  const bot = await startBot({
    ...setup,
    authorize: async ({ teamId, enterpriseId }) => ({
      botToken: 'xoxb-test-token',
      botId: 'B0BOT',
      botUserId: BOT,
      // Whoever is of another organisation comes by way of the workspace that shares its channel.
      teamId: teamId === 'T2' ? 'T2' : TENANT,
      ...(enterpriseId === undefined ? {} : { enterpriseId }),
    }),
  });
  for (const [id, info] of Object.entries(PEOPLE)) bot.slack.people.set(id, { id, ...info });
  const file = join(folder, 'bot.db');
  let views = 100_000;

  const settle = async (): Promise<void> => {
    for (const ms of [5_000, LATER_MS]) {
      bot.clock.advance(ms);
      await bot.bot.idle();
    }
    bot.slack.calls.length = 0;
  };

  const decision: World['decision'] = async (kind, stage) => {
    const { asker, deciders, erased = [], person } = kind;
    if (person.info) bot.slack.people.set(person.id, { id: person.id, team_id: person.team, ...person.info });
    views += 1;
    // No two are asked for at the same moment.
    bot.clock.advance(1);
    if (stage === 'refused') bot.slack.next('chat.postMessage', { error: 'is_archived' });
    if (stage === 'unknown') bot.slack.next('chat.postMessage', { network: 'ECONNRESET' });
    await bot.deliver(
      asker === null
        ? workflow(`Fx${views}`)
        : submit({ project: SECRET, user: asker, deciders, viewId: `V${views}` }),
    );
    await settle();
    const id = newestDecision(file);
    const key = { tenant: TENANT, decision: id };
    if (stage === 'voted') await bot.store.discussions.vote(key, person.id, 'flask', bot.clock.now());
    if (stage === 'decided') await decide(bot, id, deciders[0] ?? 'U3');
    await settle();
    const before = await bot.store.discussions.get(key);
    for (const one of erased) {
      await bot.store.people.forget(TENANT, one, { cards: false, limit: 1_000 }, bot.clock.now());
    }
    await settle();
    // The deleted data is gone, but its buttons still exist.
    const discussion = (await bot.store.discussions.get(key)) ?? before;
    const card = await bot.store.posts.get({ ...key, kind: 'card' });
    if (!discussion || !card) throw new Error('there is no decision');
    return {
      discussion,
      block: `decision:${id}`,
      cardTs: card.ts ?? '1795424400.000001',
      channel: person.channel,
      person: person.id,
      viewId: `V${views + 500_000}`,
    };
  };

  return { bot, decision, stored: (tenant) => stored(file, tenant) };
}

const workflow = (run: string) => ({
  type: 'event_callback',
  event_id: `Ev-${run}`,
  team_id: TENANT,
  authorizations: [{ team_id: TENANT, enterprise_id: null, is_enterprise_install: false, user_id: BOT }],
  event: {
    type: 'function_executed',
    function: { id: 'Fn1', callback_id: 'recommend_framework' },
    inputs: { project: SECRET, channel: 'C1' },
    function_execution_id: run,
  },
});

async function decide(bot: TestBot, id: string, by: string): Promise<void> {
  const answer = { upload_url: 'https://files.slack.test/upload/v1/abc', file_id: 'F1' };
  bot.slack.next('files.getUploadURLExternal', { answer });
  const view = {
    type: 'modal',
    callback_id: 'decide',
    private_metadata: JSON.stringify({ decision: id }),
    blocks: [],
  };
  const { acks } = await bot.deliver(
    submitDialog(
      view,
      {
        outcome: { choice: { selected_option: { value: 'django' } } },
        rationale: { text: { value: 'It fits.' } },
        revisit: { date: { selected_date: null } },
      },
      by,
    ),
  );
  if (acks[0] !== undefined) throw new Error(`it was not decided: ${JSON.stringify(acks)}`);
}

function newestDecision(file: string): string {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    return String(
      db.prepare('SELECT id FROM decisions WHERE tenant = ? ORDER BY created_at DESC LIMIT 1').get(TENANT)
        ?.id,
    );
  } finally {
    db.close();
  }
}

/** Which deliveries were seen is no change of anything. */
function stored(file: string, tenant: string): string {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    const tables = db
      .prepare(
        `SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'tenant'
         WHERE m.type = 'table' AND m.name <> 'deliveries' ORDER BY m.name`,
      )
      .all();
    return JSON.stringify(
      tables.map(({ name }) => [
        name,
        db.prepare(`SELECT * FROM "${String(name)}" WHERE tenant = ?`).all(tenant),
      ]),
    );
  } finally {
    db.close();
  }
}
