import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../../packages/local-slack/state/messages.ts';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import type { Choice } from '../../src/decision/ballot.ts';
import { createComputeGroup } from '../../src/decision/group.ts';
import { cardMessage } from '../../src/features/card/message.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import type { Store } from '../../src/store/store.ts';
import { type LocalSlack, startSlack } from '../../tests/support/local-slack.ts';
import { crowd } from './crowd.ts';
import { type Instance, startInstance } from './instance.ts';
import { type RoundRobin, startRoundRobin } from './round-robin.ts';

const SIGNING_SECRET = 'several-instances-secret';
const CHANNEL = 'C0WEB';
const CHOICES: readonly Choice[] = ['django', 'flask', 'both'];
/** Twice the longest time after which what a dead process left is taken up by another one. */
const SETTLE_WITHIN_MS = 90_000;

export interface StormOptions {
  readonly databaseUrl: string;
  readonly instances: number;
  readonly people: number;
  /** Cards that are there before anything is killed. */
  readonly cards: number;
  readonly forMs: number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** What happened, and what became of it. Every list of something that must not be is empty where all is well. */
export interface StormReport {
  readonly killed: number;
  readonly clicks: number;
  /** Clicks that broke off and were made again, as people do. */
  readonly repeated: number;
  readonly voters: number;
  readonly lostVotes: readonly string[];
  readonly dialogs: number;
  /** Projects with more than one card. */
  readonly doubleCards: readonly string[];
  /** Projects with no card whose asker was not told either. */
  readonly lostCards: readonly string[];
  readonly askedWhetherItIsThere: number;
  /** Cards that are not what the database has. */
  readonly wrongCards: readonly string[];
  readonly cards: number;
  /** Cards without their reasoning or without the reminder that their time is over. */
  readonly missingReplies: readonly string[];
  /** Replies that came once more: allowed where the process died over them, and nowhere else. */
  readonly repeatedReplies: number;
  readonly settledAfterMs: number;
  readonly errors: readonly unknown[];
  readonly complaints: readonly string[];
}

/**
 * Several instances on one database, behind a round-robin: people vote and ask without pause while instances are
 * killed at random and started again. When it is over, everything that anybody was told must be so.
 */
export async function storm(options: StormOptions): Promise<StormReport> {
  const people = Array.from({ length: options.people }, (_, i) => `U0P${i}`);
  const slack = await startSlack({ workspace: crowd(people, CHANNEL) });
  const balancer = await startRoundRobin();
  slack.sendTo({ url: `${balancer.url}/slack/events`, signingSecret: SIGNING_SECRET });
  const fleet = new Fleet(environment(slack, options.databaseUrl), balancer);
  const store = await openPostgresStore(options.databaseUrl, createComputeGroup(loadRubric), {
    connections: 2,
  });
  try {
    await fleet.grow(options.instances);
    const report = await rage(options, slack, people, fleet, store);
    await fleet.end();
    return { ...report, errors: fleet.errors };
  } finally {
    await fleet.end();
    await store.close();
    await balancer.close();
    await slack.close();
  }
}

async function rage(
  { cards, forMs, random }: StormOptions,
  slack: LocalSlack,
  people: readonly string[],
  fleet: Fleet,
  store: Store,
): Promise<Omit<StormReport, 'errors'>> {
  const asked = new Set<string>();
  const votes = new Map<string, Map<string, Choice>>();
  let [clicks, repeated, killed] = [0, 0, 0];
  const until = Date.now() + forMs + cards * 200;
  const ask = async (project: string, remindAt: number): Promise<void> => {
    asked.add(project);
    repeated += await submitted(slack, project, remindAt);
  };
  // Reminders of their deadlines come while instances are being killed.
  for (let i = 0; i < cards; i += 1) {
    await ask(`Project ${i}`, Date.now() + cards * 200 + ((i + 0.5) / cards) * forMs);
  }
  const posted = (): Message[] => slack.messages(CHANNEL).filter(isCard);
  await slack.until(() => posted().length === cards);
  const targets = posted();

  const voting = people.map(async (person) => {
    while (Date.now() < until) {
      const target = targets[Math.floor(random() * targets.length)];
      const choice = CHOICES[Math.floor(random() * CHOICES.length)];
      if (!target || !choice) throw new Error('nothing to vote on');
      clicks += 1;
      while ((await slack.as(person).click(target, `vote_${choice}`)).status !== 200) {
        repeated += 1;
        await sleep(50);
      }
      const ofCard = votes.get(target.ts) ?? new Map<string, Choice>();
      votes.set(target.ts, ofCard.set(person, choice));
    }
  });
  const asking = (async () => {
    for (let i = cards; Date.now() < until; i += 1) {
      await ask(`Project ${i}`, until + 1_000);
      await sleep(300);
    }
  })();
  const killing = (async () => {
    while (Date.now() < until - 1_000) {
      await sleep(500 + random() * 1_500);
      await fleet.killOne(random());
      killed += 1;
    }
  })();
  await Promise.all([...voting, asking, killing]);

  const over = Date.now();
  await settled(store, over + SETTLE_WITHIN_MS);
  const settledAfterMs = Date.now() - over;
  const rubric = loadRubric();
  const decisions = (
    await store.decisions.listInChannel('T0ACME', CHANNEL, {
      viewer: 'U0ANA',
      words: [],
      offset: 0,
      limit: 10_000,
    })
  ).map((listed) => ({ ...listed, message: posted().find(({ ts }) => ts === listed.card.ts) }));

  const lostVotes: string[] = [];
  const wrongCards: string[] = [];
  const missingReplies: string[] = [];
  let repeatedReplies = 0;
  for (const { decision, card: post, message } of decisions) {
    const discussion = await store.discussions.get({ tenant: decision.tenant, decision: decision.id });
    if (!discussion || !message || post.ts === null) continue;
    for (const [person, choice] of votes.get(post.ts) ?? []) {
      const counted = discussion.votes.find((vote) => vote.person === person)?.choice;
      if (counted !== choice) lostVotes.push(`${decision.project}: ${person} said ${choice}, has ${counted}`);
    }
    if (message.text !== cardMessage(rubric, discussion).text) wrongCards.push(decision.project);
    const replies = slack.thread(CHANNEL, post.ts).map(({ text }) => text);
    const reminders = replies.filter((text) => text.startsWith('The deadline to vote on')).length;
    const reasonings = replies.length - reminders;
    if (reminders === 0 || reasonings === 0) missingReplies.push(decision.project);
    repeatedReplies += Math.max(0, reminders - 1) + Math.max(0, reasonings - 1);
  }
  const naming = (texts: readonly { readonly text: string }[], project: string): number =>
    texts.filter(({ text }) => new RegExp(`${project}(?!\\d)`).test(text)).length;
  const told = slack.ephemerals('U0ANA');
  return {
    killed,
    clicks,
    repeated,
    voters: people.length,
    lostVotes,
    dialogs: asked.size,
    doubleCards: [...asked].filter((project) => naming(posted(), project) > 1),
    lostCards: [...asked].filter((project) => naming([...posted(), ...told], project) === 0),
    askedWhetherItIsThere: told.length,
    wrongCards,
    cards: decisions.filter(({ message }) => message).length,
    missingReplies,
    repeatedReplies,
    settledAfterMs,
    complaints: slack.complaints,
  };
}

const isCard = ({ text }: Message): boolean => text.includes('Project ');

/** Opens the dialog and submits it until somebody takes it; resolves to how often that had to be repeated. */
async function submitted(slack: LocalSlack, project: string, remindAt: number): Promise<number> {
  const ana = slack.as('U0ANA');
  let repeated = 0;
  while (ana.views().length === 0) {
    const { status } = await ana.command('/django-or-flask', project, { channel: CHANNEL });
    if (status !== 200) repeated += 1;
    // The dialog comes in a call of its own, and not at all where the instance died before.
    await slack.until(() => ana.views()[0], 1_000).catch(() => {});
  }
  const deadline = Math.ceil(remindAt / 1_000);
  while (ana.views().length > 0) {
    if (!ana.view().blocks.some(({ block_id }) => block_id === 'deadline')) {
      await ana.clickInView('voting_options');
      // The update comes in a call of its own, too.
      await slack
        .until(() => ana.view().blocks.some(({ block_id }) => block_id === 'deadline'), 1_000)
        .catch(() => {});
      continue;
    }
    const { status } = await ana.submit({ stage: 'mvp', admin: 'yes', deadline });
    if (status !== 200) {
      repeated += 1;
      await sleep(50);
    }
  }
  return repeated;
}

/** Resolves when nothing is left to be done in Slack, or at `by`. */
async function settled(store: Store, by: number): Promise<void> {
  while (Date.now() < by) {
    const now = Date.now();
    const [backlog, waiting, onTheirWay] = await Promise.all([
      store.cardUpdates.countStale(),
      store.posts.countDue(now + 5_000),
      store.posts.abandoned(now + 5_000),
    ]);
    if (backlog === 0 && waiting === 0 && onTheirWay.length === 0) return;
    await sleep(250);
  }
}

/** Instances of the bot that die and are started again. */
class Fleet {
  readonly #env: Readonly<Record<string, string>>;
  readonly #balancer: RoundRobin;
  readonly #running: Instance[] = [];
  readonly errors: unknown[] = [];

  constructor(env: Readonly<Record<string, string>>, balancer: RoundRobin) {
    this.#env = env;
    this.#balancer = balancer;
  }

  async grow(count: number): Promise<void> {
    const started = await Promise.all(Array.from({ length: count }, () => startInstance(this.#env)));
    for (const instance of started) this.#balancer.ports.add(instance.port);
    this.#running.push(...started);
  }

  /** Without a chance to end in good order. Resolves when another one stands in its place. */
  async killOne(random: number): Promise<void> {
    const [instance] = this.#running.splice(Math.floor(random * this.#running.length), 1);
    if (!instance) return;
    await this.#stop(instance, 'SIGKILL');
    await this.grow(1);
  }

  async end(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((instance) => this.#stop(instance, 'SIGTERM')));
  }

  async #stop(instance: Instance, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await instance.kill(signal);
    this.#balancer.ports.delete(instance.port);
    this.errors.push(...instance.errors());
  }
}

function environment(slack: LocalSlack, databaseUrl: string): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: databaseUrl,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'info',
  };
}
