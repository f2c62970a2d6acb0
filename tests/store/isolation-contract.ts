import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PostKey } from '../../src/decision/post.ts';
import type { Installation, Store } from '../../src/store/store.ts';
import type { Stores } from '../../src/store/thread/messages.ts';
import { selectAll, TABLES } from '../../src/store/transfer/tables.ts';
import { ADVICE, draft, NOW } from './draft.ts';
import { fill } from './filled.ts';
import { installation } from './installation.ts';

type Trial =
  /** Called as the other tenant, with ids of this one. */
  | {
      readonly call: (store: Store) => Promise<unknown>;
      readonly gives: unknown;
      readonly writesItsOwn?: true;
    }
  /** A call across tenants. No listener may use it. */
  | { readonly across: 'all tenants' | 'an id of Slack, which no two tenants have' };

/** The database refuses rows of a decision that the tenant doesn't have. */
const REFUSED = 'refused by a foreign key';
/** T2 attacks T1's decision d1, and has its own decision e1. */
const [OTHER, DECISION] = ['T2', 'd1'];
const key = { tenant: OTHER, decision: DECISION };
const card: PostKey = { ...key, kind: 'card' };
/** A post that was sent and has no result. */
const sent: PostKey = { ...card, decision: 'd2' };
const LATER = NOW + 1_000_000;
const LIMITS = { burst: 9, msPerCall: 1 };
const ALL = { across: 'all tenants' } as const;
const OUTCOME = { outcome: 'flask', rationale: 'x', revisit: null, revisitAt: null, by: 'U1' } as const;
const GONE = { kind: 'gone' };
const page = { viewer: 'U1', words: [], offset: 0, limit: 10 };
const idsOf = (rows: readonly { readonly decision: { readonly id: string } }[]): string[] =>
  rows.map(({ decision }) => decision.id).sort();

/** Every call of the store: without an entry here, its type is wrong. */
const TRIALS: { readonly [Name in keyof Stores]: { readonly [Call in keyof Stores[Name]]: Trial } } = {
  decisions: {
    submit: {
      // Uses T1's id and dialog, and replaces T1's decision.
      call: async (store) => {
        const theirs = { tenant: 'T3', id: DECISION, submission: 'Vd1', supersedes: 'd2' };
        const { kind, id } = await store.decisions.submit(draft({ ...theirs, project: 'Theirs' }));
        return [kind, (await store.decisions.get('T3', id))?.project];
      },
      gives: ['created', 'Theirs'],
    },
    get: { call: ({ decisions }) => decisions.get(OTHER, DECISION), gives: null },
    isDeleted: {
      call: async ({ decisions }) => [
        await decisions.isDeleted(OTHER, 'd3'),
        await decisions.isDeleted(OTHER, 'e3'),
      ],
      gives: [false, true],
    },
    listInChannel: {
      call: async ({ decisions }) => idsOf(await decisions.listInChannel(OTHER, 'C1', page)),
      gives: ['e1', 'e2'],
    },
    findInThread: {
      call: async ({ decisions }) => (await decisions.findInThread(OTHER, 'C1', '1.1'))?.id,
      gives: 'e1',
    },
    expire: ALL,
    listOfPerson: {
      call: async ({ decisions }) => idsOf(await decisions.listOfPerson(OTHER, 'U1', 10)),
      gives: ['e1', 'e2'],
    },
  },
  posts: {
    get: { call: ({ posts }) => posts.get(card), gives: null },
    claim: { call: ({ posts }) => posts.claim({ ...card, kind: 'deadline' }, LATER), gives: null },
    claimRemoval: { call: ({ posts }) => posts.claimRemoval(card, LATER, LATER + 1), gives: null },
    markRemoved: { call: ({ posts }) => posts.markRemoved(card, ['1.1'], LATER), gives: undefined },
    markPosted: { call: ({ posts }) => posts.markPosted(sent, '6.6', LATER), gives: undefined },
    markRefused: { call: ({ posts }) => posts.markRefused(sent, 'is_archived', LATER), gives: undefined },
    markUnknown: { call: ({ posts }) => posts.markUnknown(sent, LATER), gives: undefined },
    retry: { call: ({ posts }) => posts.retry(sent, LATER), gives: false },
    want: { call: ({ posts }) => posts.want(sent, LATER, LATER), gives: undefined },
    tellAsker: { call: ({ posts }) => posts.tellAsker(card, LATER), gives: undefined },
    postpone: { call: ({ posts }) => posts.postpone({ ...card, kind: 'deadline' }, LATER), gives: undefined },
    setAside: { call: ({ posts }) => posts.setAside({ ...card, kind: 'deadline' }, LATER), gives: undefined },
    behind: { call: ({ posts }) => posts.behind(card, LATER), gives: null },
    wake: { call: ({ posts }) => posts.wake(OTHER, LATER), gives: undefined, writesItsOwn: true },
    dropNotice: { call: ({ posts }) => posts.dropNotice(key, NOW), gives: undefined },
    drop: { call: ({ posts }) => posts.drop({ ...card, kind: 'deadline' }), gives: undefined },
    addReply: { call: ({ posts }) => posts.addReply(key, '6.6', LATER), gives: undefined },
    savePermalink: {
      call: ({ posts }) => posts.savePermalink(card, 'https://example.org'),
      gives: undefined,
    },
    getStep: { call: ({ posts }) => posts.getStep(key), gives: null },
    due: ALL,
    nextDue: ALL,
    abandoned: ALL,
    adopt: { call: ({ posts }) => posts.adopt(sent, LATER, LATER), gives: false },
    countDue: ALL,
  },
  discussions: {
    get: { call: ({ discussions }) => discussions.get(key), gives: null },
    glance: { call: ({ discussions }) => discussions.glance(key, 'U1'), gives: null },
    vote: {
      call: async ({ discussions }) => (await discussions.vote(key, 'U1', 'flask', LATER)).kind,
      gives: 'gone',
    },
    giveReason: {
      call: ({ discussions }) => discussions.giveReason(key, 'U1', 'both', 'x', LATER),
      gives: GONE,
    },
    withdraw: { call: ({ discussions }) => discussions.withdraw(key, 'U1', LATER), gives: GONE },
    answer: { call: ({ discussions }) => discussions.answer(key, 'U5', {}, LATER), gives: GONE },
    edit: {
      call: ({ discussions }) => discussions.edit(key, { answers: {}, advice: ADVICE, by: 'U1', at: LATER }),
      gives: GONE,
    },
    listRounds: { call: ({ discussions }) => discussions.listRounds(key), gives: { rounds: [], told: 1 } },
    markRoundPosted: { call: ({ discussions }) => discussions.markRoundPosted(key, 9), gives: undefined },
  },
  records: {
    decide: { call: ({ records }) => records.decide(key, OUTCOME, LATER), gives: 'gone' },
    reopen: { call: ({ records }) => records.reopen(key, 'U1', LATER), gives: 'gone' },
    snooze: { call: ({ records }) => records.snooze(key, '2027-01-01', LATER, LATER), gives: 'gone' },
    exportFile: { call: ({ records }) => records.exportFile(key, LATER), gives: 'gone' },
    remove: { call: ({ records }) => records.remove(key, LATER), gives: 'gone' },
  },
  cardUpdates: {
    markStale: { call: ({ cardUpdates }) => cardUpdates.markStale(key, LATER), gives: REFUSED },
    claim: ALL,
    blockUntil: {
      call: ({ cardUpdates }) => cardUpdates.blockUntil(OTHER, LATER, LIMITS),
      gives: undefined,
      writesItsOwn: true,
    },
    nextDue: ALL,
    wake: { call: ({ cardUpdates }) => cardUpdates.wake(OTHER, LATER), gives: undefined, writesItsOwn: true },
    markShown: {
      call: ({ cardUpdates }) => cardUpdates.markShown({ ...key, revision: 99, attempts: 0 }, LATER, LATER),
      gives: undefined,
    },
    postpone: { call: ({ cardUpdates }) => cardUpdates.postpone(key, LATER), gives: undefined },
    markStuck: {
      call: ({ cardUpdates }) => cardUpdates.markStuck(key, 'is_archived', LATER),
      gives: undefined,
    },
    getStuckCode: { call: ({ cardUpdates }) => cardUpdates.getStuckCode(key), gives: null },
    countStale: ALL,
  },
  homes: {
    markOpened: { call: ({ homes }) => homes.markOpened(OTHER, 'U9'), gives: undefined, writesItsOwn: true },
    listOpened: { call: ({ homes }) => homes.listOpened('T3', ['U1', 'U5']), gives: [] },
  },
  deliveries: {
    // The same name in another workspace is another delivery.
    take: { call: ({ deliveries }) => deliveries.take('T3', 'mention C1 1.1', LATER), gives: true },
    forget: ALL,
  },
  people: {
    dataOf: {
      call: async ({ people }) => !JSON.stringify(await people.dataOf(OTHER, 'U1')).includes('"d1"'),
      gives: true,
    },
    forget: { call: ({ people }) => people.forget('T4', 'U1', { cards: true, limit: 10 }, LATER), gives: 0 },
  },
  inbox: {
    put: {
      call: ({ inbox }) => inbox.put({ id: 'Ev2', tenant: OTHER, body: {} }, LATER),
      gives: undefined,
      writesItsOwn: true,
    },
    putOnce: {
      call: ({ inbox }) => inbox.putOnce({ id: 'Ev3', tenant: OTHER, body: {} }, LATER),
      gives: undefined,
      writesItsOwn: true,
    },
    claim: ALL,
    remove: { across: 'an id of Slack, which no two tenants have' },
    postpone: { across: 'an id of Slack, which no two tenants have' },
    nextDue: ALL,
  },
  installations: {
    get: {
      call: async ({ installations }) => (await installations.get(OTHER))?.token,
      gives: 'sealed-of-T2',
    },
    count: ALL,
    listAfter: ALL,
    onePerKey: ALL,
    save: {
      call: ({ installations }) => installations.save(ofT2({ name: 'Renamed' })),
      gives: undefined,
      writesItsOwn: true,
    },
    listExpiring: ALL,
    claimRenewal: {
      call: async ({ installations }) =>
        (await installations.claimRenewal(OTHER, LATER, LATER, LATER + 1))?.token,
      gives: 'sealed-of-T2',
      writesItsOwn: true,
    },
    saveRenewal: {
      // Claims to be T1's installation, which was saved at the same time.
      call: ({ installations }) =>
        installations.saveRenewal(
          { tenant: 'T3', installedAt: NOW },
          { token: 'x', refreshToken: 'x', expiresAt: 1 },
        ),
      gives: false,
    },
    saveReencrypted: {
      call: ({ installations }) =>
        installations.saveReencrypted(OTHER, 'sealed-of-T1', { token: 'x', refreshToken: 'x' }),
      gives: false,
    },
  },
  waits: { shorten: ALL },
  tenants: {
    leave: {
      call: ({ tenants }) => tenants.leave(OTHER, LATER, LATER, LATER),
      gives: true,
      writesItsOwn: true,
    },
    comeBack: {
      call: ({ tenants }) => tenants.comeBack(OTHER, LATER + 1),
      gives: undefined,
      writesItsOwn: true,
    },
    listToErase: ALL,
    nextErasure: ALL,
    erase: { call: ({ tenants }) => tenants.erase(OTHER, LATER, LATER, 10), gives: 'back' },
  },
};

const isForeign = ({ message }: Error): boolean => /foreign key constraint/i.test(message);

const ofT2 = (more: Partial<Installation> = {}): Installation =>
  installation({
    tenant: OTHER,
    team: OTHER,
    refreshToken: 'r',
    expiresAt: NOW + 5,
    token: 'sealed-of-T2',
    ...more,
  });

const each = (Object.keys(TRIALS) as (keyof Stores)[]).flatMap((name) =>
  Object.entries<Trial>(TRIALS[name]).map(([call, trial]) => ({ name, call, trial })),
);

/** A store, and a function that reads a tenant's rows directly from the database. */
export interface Opened {
  readonly store: Store;
  /** Rows of one table for one tenant. */
  rows(sql: string, tenant: string): Promise<readonly unknown[]>;
}

/** The part of the store's contract about the isolation of tenants. */
export function isolationContract(open: () => Promise<Opened>): void {
  describe('another workspace, with ids of this one,', () => {
    it('gets nothing and changes nothing, whatever it calls', async () => {
      const { store, rows } = await open();
      await fill(store, 'T1');
      await store.installations.save(installation({ token: 'sealed-of-T1', expiresAt: NOW + 5 }));
      await fill(store, OTHER, ['e1', 'e2', 'e3']);
      await store.installations.save(ofT2());
      await store.inbox.put({ id: 'Ev1', tenant: 'T1', body: { event: 1 } }, NOW);
      const stored = async (tenant: string): Promise<string> => {
        const tables = TABLES.map(async (table) => [
          table.name,
          await rows(selectAll(table, tenant, '$1'), tenant),
        ]);
        return JSON.stringify(await Promise.all(tables));
      };
      let [ours, theirs] = [await stored('T1'), await stored(OTHER)];
      expect(ours.length).toBeGreaterThan(2_000);
      const problems: string[] = [];
      for (const { name, call, trial } of each) {
        if ('across' in trial) continue;
        const given = await trial
          .call(store)
          .catch((error: Error) => (isForeign(error) ? REFUSED : Promise.reject(error)));
        if (JSON.stringify(given) !== JSON.stringify(trial.gives))
          problems.push(`${name}.${call} gives ${JSON.stringify(given)}`);
        const [oursNow, theirsNow] = [await stored('T1'), await stored(OTHER)];
        if (oursNow !== ours) problems.push(`${name}.${call} changes what is another's`);
        if (theirsNow !== theirs && !trial.writesItsOwn) problems.push(`${name}.${call} makes something up`);
        [ours, theirs] = [oursNow, theirsNow];
      }
      expect(problems).toEqual([]);
    });

    it('cannot reach what knows no tenants: no listener calls it', () => {
      const across = each.filter(({ trial }) => 'across' in trial).map(({ name, call }) => `${name}.${call}`);
      const source = new URL('../../src/', import.meta.url);
      const listeners = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
        (file) => /^(interactions|features)\/.*\.ts$/.test(file) && !/\bdeliver\.ts$/.test(file),
      );
      const called = listeners
        .flatMap((file) => [
          ...readFileSync(new URL(file, source), 'utf8').matchAll(/\bstore\.(\w+\.\w+)\(/g),
        ])
        .map(([, call]) => call);
      expect(called.length).toBeGreaterThan(30);
      expect(called.filter((call) => call !== undefined && across.includes(call))).toEqual([]);
    });
  });

  it.each(["'; DROP TABLE votes; --", '" OR ""="', ':tenant $1 ? %s', '100%_\\', '{"a":[null]}', 'null'])(
    'what people write is kept as it was, even where it is %j',
    async (text) => {
      const { store } = await open();
      const ours = { tenant: 'T1', decision: 'd1' };
      await store.decisions.submit(draft({ project: text }));
      await store.posts.claim({ ...ours, kind: 'card' }, NOW);
      await store.posts.markPosted({ ...ours, kind: 'card' }, '1.1', NOW);
      await store.discussions.vote(ours, text, 'flask', NOW);
      await store.discussions.giveReason(ours, text, 'flask', text, NOW);
      await store.records.decide(ours, { ...OUTCOME, rationale: text }, NOW);
      const searched = (words: readonly string[]) =>
        store.decisions.listInChannel('T1', 'C1', { ...page, words });
      expect(await searched([text.toLowerCase()])).toHaveLength(1);
      expect(await searched(['%'])).toHaveLength(text.includes('%') ? 1 : 0);
      expect(await store.discussions.get(ours)).toMatchObject({
        decision: { project: text },
        votes: [{ person: text, reason: text }],
        record: { rationale: text },
      });
    },
  );
}
