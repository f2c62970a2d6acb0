import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { ownAnswersModal } from '../../../src/features/answers/add-dialog.ts';
import { reasonModal } from '../../../src/features/vote/reason-dialog.ts';
import { press, submit, submitAnswers, submitDialog, submitReason } from '../../support/payloads.ts';
import type { Person } from '../access/kinds.ts';
import type { Place } from '../access/rows.ts';
import { sentBy } from '../access/sent-by.ts';
import { TENANTS, type Tenant, World } from './world.ts';

const rubric = loadRubric();

/** In every word of the scene that somebody has entered; followed by the tenant whose word it is. */
export const CANARY = 'zq';
/** Of whoever is not in it, nothing of this channel may be read. */
export const PRIVATE = { channel: 'C9', word: `${CANARY}T1private`, person: 'U5' } as const;

/** How a decision stands. */
export const STAGES = ['open', 'voted', 'decided', 'refused', 'unknown'] as const;
export type Stage = (typeof STAGES)[number];

/** One tenant's part of the scene. */
export interface Home {
  readonly tenant: Tenant;
  readonly places: Readonly<Record<Stage, Place>>;
  /** Does that as this person; the same ids mean others elsewhere. */
  sent(person: string, body: Record<string, unknown>): Record<string, unknown>;
}

export interface Scene {
  readonly world: World;
  readonly homes: Readonly<Record<Tenant, Home>>;
  /** Ids of everything that there is, for what names the wrong one. */
  readonly ids: readonly string[];
}

const TEAMS: Readonly<Record<Tenant, string>> = { T1: 'T1', T2: 'T2', E1: 'T3' };
/** After this a card is updated again, and a record that came before can be exported anew. */
const LATER_MS = [5_000, 11 * 60_000];

/** Decisions in every state in every tenant, with the same people and channels by their ids; and one in private. */
export async function createScene(): Promise<Scene> {
  const world = await World.begin();
  const homes = {
    T1: await createHome(world, 'T1'),
    T2: await createHome(world, 'T2'),
    E1: await createHome(world, 'E1'),
  };
  await ask(world, person('T1', PRIVATE.person, PRIVATE.channel), PRIVATE.word, 'V9999');
  await settle(world);
  world.keep();
  const ids = [
    ...TENANTS.flatMap((tenant) => world.rows('SELECT id FROM decisions WHERE tenant = ?', tenant)).map(
      ({ id }) => String(id),
    ),
    ...[
      'C1',
      PRIVATE.channel,
      'C5',
      'D1',
      'G7',
      'U1',
      'U2',
      PRIVATE.person,
      'U0BOT',
      'W3',
      'T1',
      'T2',
      'T3',
      'T9',
      'E1',
      'E2',
    ],
  ];
  return { world, homes, ids };
}

function person(tenant: Tenant, id: string, channel = 'C1'): Person {
  return { id, team: TEAMS[tenant], home: tenant, channel };
}

async function createHome(world: World, tenant: Tenant): Promise<Home> {
  const sent: Home['sent'] = (id, body) => sentBy(person(tenant, id), body);
  const places: Partial<Record<Stage, Place>> = {};
  for (const [i, stage] of STAGES.entries()) {
    if (stage === 'refused') world.slack.next('chat.postMessage', { ok: false, error: 'is_archived' });
    if (stage === 'unknown') world.slack.next('chat.postMessage', 'lost');
    const word = `${CANARY}${tenant}${stage}`;
    const decision = await ask(
      world,
      person(tenant, 'U1'),
      word,
      `V${1_000 * (1 + TENANTS.indexOf(tenant)) + i}`,
    );
    const key = { tenant, decision };
    const block = `decision:${decision}`;
    const card = await world.store.posts.get({ ...key, kind: 'card' });
    const cardTs = card?.ts ?? '1795424400.000001';
    const discussed = async () => {
      const discussion = await world.store.discussions.get(key);
      if (!discussion) throw new Error('there is no decision');
      return discussion;
    };
    if (stage === 'voted' || stage === 'decided') {
      await world.deliver(sent('U2', press({ actionId: 'vote_flask', blockId: block, ts: cardTs })));
      await world.deliver(
        sent('U2', submitReason(reasonModal(await discussed(), 'U2'), `${word} reason`, 'U2')),
      );
      await world.deliver(
        sent('U3', submitAnswers(ownAnswersModal(rubric, await discussed(), 'U3'), { admin: 'yes' }, 'U3')),
      );
    }
    if (stage === 'decided') await decide(world, sent, decision, `${word} rationale`);
    await settle(world);
    places[stage] = {
      discussion: await discussed(),
      block,
      cardTs,
      channel: 'C1',
      person: 'U1',
      viewId: `V${5_000 + 100 * TENANTS.indexOf(tenant) + i}`,
    };
  }
  const { open, voted, decided, refused, unknown } = places;
  if (!open || !voted || !decided || !refused || !unknown) throw new Error('a stage is missing');
  if (decided.discussion.decision.status !== 'decided') throw new Error('it was not decided');
  return { tenant, places: { open, voted, decided, refused, unknown }, sent };
}

/** @returns the decision's id */
async function ask(world: World, who: Person, project: string, viewId: string): Promise<string> {
  world.clock.advance(1);
  const body = submit({
    project,
    user: who.id,
    deciders: [who.id],
    viewId,
    channel: who.channel,
    answers: { stage: 'mvp' },
  });
  await world.deliver(sentBy(who, body));
  const [newest] = world.rows(
    'SELECT id FROM decisions WHERE tenant = ? ORDER BY created_at DESC LIMIT 1',
    who.home,
  );
  if (newest === undefined) throw new Error('nothing was asked');
  return String(newest.id);
}

async function decide(world: World, sent: Home['sent'], decision: string, rationale: string): Promise<void> {
  const view = {
    type: 'modal',
    callback_id: 'decide',
    private_metadata: JSON.stringify({ decision }),
    blocks: [],
  };
  await world.deliver(
    sent(
      'U1',
      submitDialog(view, {
        outcome: { choice: { selected_option: { value: 'django' } } },
        rationale: { text: { value: rationale } },
        revisit: { date: { selected_date: '2027-05-24' } },
      }),
    ),
  );
}

async function settle(world: World): Promise<void> {
  await world.pass(...LATER_MS);
}
