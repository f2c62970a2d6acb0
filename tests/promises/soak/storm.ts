import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { CHOICES } from '../../../src/decision/ballot.ts';
import { createComputeGroup } from '../../../src/decision/group.ts';
import { openStore } from '../../../src/store/open.ts';
import { homeOpened, mention, submit } from '../../support/payloads.ts';
import { startBot } from './bot.ts';
import { manyWorkspaces } from './many-workspaces.ts';
import { type Card, cardIn, comingFrom, decisionIn, type Payload, pressOn } from './people.ts';
import type { Outcome, Scenario } from './scenario.ts';
import { senderTo } from './sender.ts';
import { startSlack } from './slack.ts';
import { onStage, type Stage } from './stage.ts';

export interface StormSize {
  readonly workspaces: number;
  /** In each of them. */
  readonly dialogs: number;
  readonly voters: number;
  readonly mentions: number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

const SENDERS = 4;
const SETTLED_WITHIN_MS = 60_000;
/** Nothing more comes after so long a silence. */
const SILENCE_MS = 1_500;
const LONG_AGO_SECONDS = 3_600;

/**
 * Everything comes once, twice or three times, by several senders, in any order, and old news late: what is there in
 * the end is what would be there had each come once.
 */
export function storm(size: StormSize): Scenario {
  return { name: 'storm', run: () => onStage((stage) => run(stage, size)) };
}

async function run(stage: Stage, size: StormSize): Promise<Outcome> {
  const { random } = size;
  const slack = await startSlack();
  stage.atEnd(() => slack.close());
  const database = join(stage.folder, 'bot.db');
  const teams = Array.from({ length: size.workspaces }, (_, i) => `TSTORM${i}`);
  const env = await manyWorkspaces(database, slack.apiUrl, [...teams, 'TGONE']);
  const bot = await startBot(env);
  stage.atEnd(() => bot.stop('SIGKILL'));
  const cards = new Map<string, Card[]>();
  const replies = new Map<string, number>();
  const homes = new Set<string>();
  let heardAt = performance.now();
  slack.onCall = (call) => {
    heardAt = call.at;
    const card = cardIn(call);
    if (card) cards.set(card.channel, [...(cards.get(card.channel) ?? []), card]);
    const { method, args } = call;
    const thread = method === 'chat.postMessage' ? args.thread_ts : undefined;
    if (thread !== undefined) replies.set(thread, (replies.get(thread) ?? 0) + 1);
    if (method === 'views.publish') homes.add(args.user_id ?? '');
  };
  const senders = Array.from({ length: SENDERS }, () => senderTo(bot.port, 50));
  stage.atEnd(() => senders.map((sender) => sender.close()));
  let [sent, refused] = [0, 0];
  const deliver = async (deliveries: readonly Delivery[]): Promise<void> => {
    const line = shuffled(
      deliveries.flatMap((one) => repeated(one, random)),
      random,
    );
    await Promise.all(
      senders.map(async (sender) => {
        const lanes = Array.from({ length: 8 }, async () => {
          for (let next = line.pop(); next; next = line.pop()) {
            sent += 1;
            if ((await sender.send(next.payload, next.headers)) === null) refused += 1;
          }
        });
        await Promise.all(lanes);
      }),
    );
  };
  const quiet = async (isThere: () => boolean): Promise<void> => {
    const until = performance.now() + SETTLED_WITHIN_MS;
    while (performance.now() < until && !(isThere() && performance.now() - heardAt > SILENCE_MS))
      await pause(50);
  };

  // First dialogs alone: nobody votes on a card that is not there.
  const dialogs = teams.flatMap((team) =>
    Array.from({ length: size.dialogs }, (_, i) => ({
      team,
      channel: `C${team}X${i}`,
      view: `V${team}X${i}`,
    })),
  );
  await deliver(
    dialogs.map(({ team, channel, view }) => ({
      payload: comingFrom(
        team,
        submit({ channel, viewId: view, project: view, answers: { stage: 'mvp' } }),
        slack.replyUrl(view),
      ),
    })),
  );
  await quiet(() => dialogs.every(({ channel }) => cards.has(channel)));

  const voters = Array.from({ length: size.voters }, (_, i) => `UV${i}`);
  const votes = dialogs.flatMap(({ team, channel }, d) =>
    voters.map((person, i) => ({
      team,
      channel,
      person,
      choice: CHOICES[(i + d) % CHOICES.length] ?? 'both',
    })),
  );
  const mentions = teams.flatMap((team) =>
    Array.from({ length: size.mentions }, (_, i) => ({
      team,
      ts: `17954250${i}.${team.slice(6).padStart(6, '0')}`,
    })),
  );
  const late = { event_time: Math.floor(Date.now() / 1_000) - LONG_AGO_SECONDS };
  await deliver([
    ...votes.flatMap(({ team, channel, person, choice }): Delivery[] => {
      const card = cards.get(channel)?.[0];
      return card
        ? [{ payload: comingFrom(team, pressOn(card, `vote_${choice}`, person), slack.replyUrl(person)) }]
        : [];
    }),
    ...mentions.map(({ team, ts }) => ({
      payload: comingFrom(
        team,
        mention(undefined, { ts, event_ts: ts, team }, { event_id: `Ev${team}${ts}` }),
        slack.replyUrl('m'),
      ),
      isEvent: true,
    })),
    ...teams.map((team) => ({
      payload: comingFrom(team, homeOpened({ user: `UHOME${team}` }), slack.replyUrl('h')),
      isEvent: true,
    })),
    // Word of an end that was long ago: since then they have installed it anew.
    ...teams.map((team) => ({ payload: left(team, `EvOld${team}`, late), isEvent: true })),
    { payload: left('TGONE', 'EvGone', { event_time: Math.ceil(Date.now() / 1_000) + 1 }), isEvent: true },
  ]);
  await quiet(() => mentions.every(({ ts }) => replies.has(ts)) && homes.size === teams.length);
  const ended = bot.ended();
  await bot.stop('SIGKILL');

  const broken: string[] = [];
  const expect = (holds: boolean, words: string): void => void (holds || broken.push(words));
  const store = await openStore(database, createComputeGroup(loadRubric));
  for (const { team, channel } of dialogs) {
    const [card, ...more] = cards.get(channel) ?? [];
    expect(card !== undefined && more.length === 0, `${channel} has ${more.length + (card ? 1 : 0)} cards`);
    if (!card) continue;
    const discussion = await store.discussions.get({ tenant: team, decision: decisionIn(card) });
    const held = new Map(discussion?.votes.map(({ person, choice }) => [person, choice]));
    const wanted = votes.filter((vote) => vote.channel === channel);
    expect(held.size === wanted.length, `${channel} has ${held.size} votes of ${wanted.length}`);
    for (const { person, choice } of wanted) {
      expect(held.get(person) === choice, `${person} voted for ${choice} and has ${held.get(person)}`);
    }
  }
  for (const { ts } of mentions)
    expect(replies.get(ts) === 1, `${replies.get(ts) ?? 0} replies to one mention`);
  for (const team of teams) {
    expect((await store.installations.get(team)) !== null, `${team} is gone by word of long ago`);
    const [person] = await store.homes.listOpened(team, [`UHOME${team}`]);
    expect(person !== undefined && homes.has(person), `the Home tab in ${team} was lost`);
  }
  expect((await store.installations.get('TGONE')) === null, 'who has uninstalled it is still there');
  await store.close();
  expect(ended === null, `the bot ended (${ended})`);
  expect(refused === 0, `${refused} deliveries were not acknowledged`);
  expect(bot.errors().length === 0, `errors in the log: ${JSON.stringify(bot.errors()[0])}`);
  const figures = {
    sent,
    dialogs: dialogs.length,
    votes: votes.length,
    mentions: mentions.length,
    cards: [...cards.values()].flat().length,
  };
  return { figures, broken };
}

interface Delivery {
  readonly payload: Payload;
  readonly isEvent?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** As Slack sends it again that has missed an answer; interactions it does not, but proxies may. */
function repeated(delivery: Delivery, random: () => number): Delivery[] {
  const again = Array.from({ length: Math.floor(random() * 3) }, (_, i) => ({
    ...delivery,
    headers: delivery.isEvent
      ? { 'x-slack-retry-num': `${i + 1}`, 'x-slack-retry-reason': 'http_timeout' }
      : {},
  }));
  return [delivery, ...again];
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((one) => [random(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
}

function left(team: string, id: string, more: object): Payload {
  return {
    type: 'event_callback',
    team_id: team,
    api_app_id: 'A1',
    event_id: id,
    authorizations: [{ team_id: team, enterprise_id: null, user_id: 'U0BOT', is_bot: true }],
    event: { type: 'app_uninstalled' },
    ...more,
  };
}
