import { webApi } from '@slack/bolt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { advise } from '../../src/advice/advise.ts';
import { draftRound } from '../../src/decision/decision.ts';
import { Outbox } from '../../src/delivery/outbox.ts';
import { createDeliveries } from '../../src/features/posts.ts';
import { Metrics } from '../../src/runtime/metrics.ts';
import { clientOptions } from '../../src/slack/web-client.ts';
import type { PostStore } from '../../src/store/store.ts';
import { draft } from '../store/draft.ts';
import { TestClock } from '../support/clock.ts';
import { temporaryFolder } from '../support/folder.ts';
import { recordingLogger } from '../support/log.ts';
import { type Answer, RecordedSlack } from '../support/slack.ts';
import { smallRubric as rubric } from '../support/small-rubric.ts';
import { openTestStore } from '../support/store.ts';

const answers = { parts: 'few', screens: 'office' };
const advice = advise(rubric, answers);

/** An outbox for many workspaces. Each workspace has one channel, named after it. */
async function setting() {
  const [slack, clock, log] = [new RecordedSlack(), new TestClock(), recordingLogger()];
  const store = await openTestStore(temporaryFolder());
  const options = clientOptions({
    slackApiUrl: 'https://slack.test/api/',
    logger: log.logger,
    fetch: slack.fetch,
  });
  const nothing = { refreshBacklog: async () => 0, pendingPosts: async () => 0, pool: () => null };
  const deps = {
    rubric,
    store,
    clock,
    newId: () => 'id',
    logger: log.logger,
    metrics: new Metrics(nothing),
    slashCommand: '/django-or-flask',
    fetch: slack.fetch,
    botName: async () => 'bot',
    clientFor: async (tenant: string) => new webApi.WebClient(`xoxb-${tenant}`, options),
  };
  const outboxes: Outbox[] = [];
  /** Creates the outbox of another process on the same database. `posts` replaces some of its calls. */
  const another = (posts: Partial<PostStore> = {}): Outbox => {
    const made = new Outbox(
      { ...deps, store: { ...store, posts: { ...store.posts, ...posts } } },
      createDeliveries(),
    );
    outboxes.push(made);
    return made;
  };
  const outbox = another();
  onTestFinished(async () => {
    for (const each of outboxes) await each.stop();
    await store.close();
  });
  return {
    slack,
    clock,
    store,
    outbox,
    another,
    /** Makes cards of a workspace due, as after an outage, spread evenly over its channels. */
    wanted: async (tenant: string, count: number, at = clock.now() - 60_000, channels = 1) => {
      for (let n = 0; n < count; n += 1) {
        await store.decisions.submit(
          draft({
            id: `d${n}`,
            tenant,
            submission: `V${n}`,
            channel: channels === 1 ? `C${tenant}` : `C${n % channels}`,
            project: `Project ${n}`,
            round: draftRound({ answers, advice, by: 'U1', at: at + n }),
          }),
        );
      }
    },
    /** Returns the channels that got messages, in order. */
    channels: () => slack.of('chat.postMessage').map(({ channel }) => channel),
  };
}

/** Advances the clock in steps, and does everything that is due after each. */
async function pass(
  { clock, outbox }: Pick<Awaited<ReturnType<typeof setting>>, 'clock' | 'outbox'>,
  ms: number,
  step = 50,
): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    clock.advance(step);
    await outbox.idle();
  }
}

describe('the outbox', () => {
  it('doesn’t make a workspace wait for another’s backlog', async () => {
    const here = await setting();
    await here.wanted('T1', 60);
    await here.wanted('T2', 1, here.clock.now() - 10_000);
    here.outbox.kick();
    await here.outbox.idle();
    expect(here.channels().indexOf('CT2')).toBeLessThan(4);
  });

  it('doesn’t make a workspace wait for another’s slow calls', async () => {
    const here = await setting();
    const { promise: hold, resolve } = Promise.withResolvers<Answer>();
    here.slack.next('chat.postMessage', { hold });
    await here.wanted('T1', 3);
    await here.wanted('T2', 1, here.clock.now() - 10_000);
    here.outbox.kick();
    await expect.poll(() => here.channels().filter((channel) => channel === 'CT2').length).toBe(2);
    // The slow workspace's cards are posted in order, one at a time.
    expect(here.channels().filter((channel) => channel === 'CT1')).toHaveLength(1);
    resolve({ answer: { channel: 'CT1', ts: '1.000001' } });
    await pass(here, 2_000);
    expect(here.channels().filter((channel) => channel === 'CT1')).toHaveLength(6);
  });

  it('works a backlog off in order, no faster than Slack takes messages', async () => {
    const here = await setting();
    await here.wanted('T1', 160, here.clock.now() - 60_000, 16);
    here.outbox.kick();
    await here.outbox.idle();
    const atOnce = here.channels().length;
    expect(atOnce).toBeLessThanOrEqual(20);
    await pass(here, 30_000, 250);
    const posted = here.slack.of('chat.postMessage');
    expect(posted.length).toBeGreaterThan(115);
    expect(posted.length).toBeLessThanOrEqual(atOnce + 120 + 1);
    const cards = posted.filter((message) => !('thread_ts' in message)).map(({ text }) => String(text));
    expect(cards.map((text) => Number(/Project (\d+)/.exec(text)?.[1]))).toEqual(cards.map((_, n) => n));
  });

  it('says no more than one thing a second in one channel, and lets others have the rest', async () => {
    const here = await setting();
    await here.wanted('T1', 40);
    await here.wanted('T2', 10);
    here.outbox.kick();
    await here.outbox.idle();
    expect(here.channels().filter((channel) => channel === 'CT1')).toHaveLength(4);
    expect(here.channels().filter((channel) => channel === 'CT2')).toHaveLength(4);
    await pass(here, 20_000, 250);
    expect(here.channels().filter((channel) => channel === 'CT1')).toHaveLength(24);
    expect(here.channels().filter((channel) => channel === 'CT2')).toHaveLength(20);
  });

  it('posts nothing twice where two processes find the same post of a third that died', async () => {
    const { slack, clock, store, outbox, another, wanted } = await setting();
    await wanted('T1', 1);
    const card = { tenant: 'T1', decision: 'd0', kind: 'card' } as const;
    await store.posts.claim(card, clock.now());
    await store.posts.markPosted(card, '1.1', clock.now());
    await store.posts.claim({ ...card, kind: 'reasoning' }, clock.now());
    clock.advance(60_000);

    const { promise: looked, resolve: hasLooked } = Promise.withResolvers<void>();
    const { promise: goOn, resolve: letItGoOn } = Promise.withResolvers<void>();
    const slower = another({
      abandoned: async (before) => {
        const found = await store.posts.abandoned(before);
        hasLooked();
        await goOn;
        return found;
      },
    });
    slower.kick();
    await looked;
    const { promise: hold, resolve } = Promise.withResolvers<Answer>();
    slack.next('chat.postMessage', { hold });
    outbox.kick();
    await expect.poll(() => slack.of('chat.postMessage').length).toBe(1);
    letItGoOn();
    await slower.idle();
    resolve({ answer: { channel: 'CT1', ts: '1.2' } });
    await outbox.idle();
    expect(slack.of('chat.postMessage')).toHaveLength(1);
  });

  it('keeps that the channel was told before it brings any Home tab up to date', async () => {
    const { slack, clock, store, outbox, wanted } = await setting();
    await wanted('T1', 1);
    outbox.kick();
    await outbox.idle();
    const key = { tenant: 'T1', decision: 'd0' };
    await store.homes.markOpened('T1', 'U1');
    const outcome = {
      outcome: 'flask',
      rationale: 'Small.',
      revisit: null,
      revisitAt: null,
      by: 'U1',
    } as const;
    await store.records.decide(key, outcome, clock.now());
    const { promise: hold, resolve } = Promise.withResolvers<Answer>();
    slack.next('views.publish', { hold });
    outbox.kick();
    await expect.poll(() => slack.of('views.publish').length).toBe(1);
    // A process that dies here must not tell the channel twice.
    expect((await store.posts.get({ ...key, kind: 'announcement' }))?.state).toBe('posted');
    resolve({ answer: {} });
    await outbox.idle();
  });

  it.each(['token_revoked', 'account_inactive', 'token_expired', 'invalid_auth'])(
    'loses nothing while a process still has a token from before the app was installed again: %s',
    async (error) => {
      const { slack, clock, store, outbox, wanted } = await setting();
      await wanted('T1', 1);
      const key = { tenant: 'T1', decision: 'd0' };
      await store.posts.claim({ ...key, kind: 'card' }, clock.now());
      await store.posts.markPosted({ ...key, kind: 'card' }, '1.0', clock.now());
      const wait = async (): Promise<void> => {
        for (let i = 0; i < 40; i++) {
          await outbox.idle();
          clock.advance(5_000);
        }
      };
      slack.next('chat.postMessage', { error });
      outbox.kick();
      await wait();
      expect(slack.taken.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
      await store.records.remove(key, clock.now());
      slack.next('chat.delete', { error });
      outbox.kick();
      await wait();
      expect(slack.taken.filter(({ method }) => method === 'chat.delete')).toHaveLength(2);
    },
  );

  it('goes on with a long removal where it was interrupted', async () => {
    const { slack, clock, store, outbox, wanted } = await setting();
    await wanted('T1', 1);
    const key = { tenant: 'T1', decision: 'd0' };
    await store.posts.claim({ ...key, kind: 'card' }, clock.now());
    await store.posts.markPosted({ ...key, kind: 'card' }, '1.0', clock.now());
    await store.posts.claim({ ...key, kind: 'reasoning' }, clock.now());
    await store.posts.markPosted({ ...key, kind: 'reasoning' }, '1.60', clock.now());
    const replies = Array.from({ length: 60 }, (_, n) => `1.${n + 100}`);
    for (const ts of replies) await store.posts.addReply(key, ts, clock.now());
    await store.records.remove(key, clock.now());
    // Slack allows about fifty calls a minute, and deleting a message that is already gone counts as a call.
    const fifty = Array.from({ length: 50 }, (): Answer => ({ answer: {} }));
    slack.next('chat.delete', ...fifty, { status: 429, retryAfter: 30 }, ...fifty);
    outbox.kick();
    for (let i = 0; i < 20; i++) {
      await outbox.idle();
      clock.advance(5_000);
    }
    const tried = slack.of('chat.delete').map(({ ts }) => ts);
    expect(tried.slice(0, 51)).toEqual(replies.slice(0, 51));
    // The card may be deleted at any point.
    expect(tried.slice(51).filter((ts) => ts !== '1.0')).toEqual([...replies.slice(50), '1.60']);
  });

  it('removes what arrives while the rest of a deleted decision is being removed', async () => {
    const { slack, clock, store, outbox, wanted } = await setting();
    await wanted('T1', 1);
    const key = { tenant: 'T1', decision: 'd0' };
    const [card, reasoning] = [{ ...key, kind: 'card' } as const, { ...key, kind: 'reasoning' } as const];
    for (const [post, ts] of [
      [card, '1.1'],
      [reasoning, '1.2'],
    ] as const) {
      await store.posts.claim(post, clock.now());
      await store.posts.markPosted(post, ts, clock.now());
    }
    await store.records.remove(key, clock.now());
    const { promise: hold, resolve } = Promise.withResolvers<Answer>();
    slack.next('chat.delete', { hold });
    outbox.kick();
    await expect.poll(() => slack.of('chat.delete').map(({ ts }) => ts)).toEqual(['1.2']);
    // A reply to a question in the thread, perhaps posted by another process.
    await store.posts.addReply(key, '1.3', clock.now());
    resolve({ answer: {} });
    await outbox.idle();
    for (let i = 0; i < 20; i++) {
      clock.advance(5_000);
      await outbox.idle();
    }
    const removed = slack.of('chat.delete').map(({ ts }) => ts);
    expect([...new Set(removed)].sort()).toEqual(['1.1', '1.2', '1.3']);
  });

  describe('where one card alone fails', () => {
    /** Slack refuses only messages about this project. */
    const but = (here: Awaited<ReturnType<typeof setting>>, project: string, answer: Answer): void => {
      here.slack.answering = ({ method, args }) =>
        method === 'chat.postMessage' && new RegExp(`${project}(?!\\d)`).test(String(args.text))
          ? answer
          : null;
    };
    const cards = ({ slack }: Awaited<ReturnType<typeof setting>>) =>
      slack.taken.flatMap(({ method, args }) =>
        method === 'chat.postMessage' && !('thread_ts' in args)
          ? [/Project \d+/.exec(String(args.text))?.[0]]
          : [],
      );

    it('its channel waits for it for a short while, and goes on without it', async () => {
      const here = await setting();
      await here.wanted('T1', 4);
      but(here, 'Project 1', { error: 'service_unavailable' });
      here.outbox.kick();
      await here.outbox.idle();
      // The first card keeps its place for now, because the outage may be short.
      expect(cards(here)).toEqual(['Project 0']);
      await pass(here, 20_000, 1_000);
      expect(cards(here)).toEqual(['Project 0', 'Project 2', 'Project 3']);
      here.slack.answering = () => null;
      await pass(here, 60_000, 1_000);
      expect(cards(here)).toEqual(['Project 0', 'Project 2', 'Project 3', 'Project 1']);
    });

    it('another channel does not wait for it at all', async () => {
      const here = await setting();
      await here.wanted('T1', 6, here.clock.now() - 60_000, 3);
      but(here, 'Project 0', { error: 'service_unavailable' });
      here.outbox.kick();
      await here.outbox.idle();
      expect(cards(here)).toEqual(['Project 1', 'Project 2', 'Project 4', 'Project 5']);
    });

    it('those behind it keep their places where Slack takes none of them', async () => {
      const here = await setting();
      await here.wanted('T1', 4);
      here.slack.answering = () => ({ error: 'service_unavailable' });
      here.outbox.kick();
      await here.outbox.idle();
      await pass(here, 180_000, 1_000);
      here.slack.answering = () => null;
      await pass(here, 35_000, 1_000);
      expect(cards(here)).toEqual(['Project 0', 'Project 1', 'Project 2', 'Project 3']);
    });
  });

  it('makes one attempt a second where Slack fails for many workspaces, and goes on with all when it is back', async () => {
    const here = await setting();
    for (let n = 0; n < 20; n += 1) await here.wanted(`T${n}`, 2, here.clock.now() - 60_000, 2);
    let [calls, down] = [0, true];
    here.slack.answering = () => {
      calls += 1;
      return down ? { network: 'ECONNREFUSED' } : null;
    };
    here.outbox.kick();
    await here.outbox.idle();
    await pass(here, 10_000, 250);
    calls = 0;
    await pass(here, 60_000, 250);
    expect(calls).toBeGreaterThan(10);
    expect(calls).toBeLessThanOrEqual(61);
    down = false;
    await pass(here, 35_000, 250);
    expect(here.slack.taken.filter(({ args }) => 'text' in args && !('thread_ts' in args))).toHaveLength(40);
  });
});
