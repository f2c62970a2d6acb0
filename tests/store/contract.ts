import { beforeEach, describe, expect, it } from 'vitest';
import type { Answers } from '../../src/advice/answers.ts';
import type { PostKey, StaleCard } from '../../src/decision/post.ts';
import { decisionFromDraft } from '../../src/store/draft.ts';
import type { Store } from '../../src/store/store.ts';
import { ADVICE, draft, NOW, UNKNOWN } from './draft.ts';

const PLENTY = { burst: 1_000, msPerCall: 1 };

const card = (decision = 'd1', tenant = 'T1'): PostKey => ({ tenant, decision, kind: 'card' });

/** The contract of every store. Open the store with `counted`. */
export function storeContract(open: () => Promise<Store>): void {
  let store: Store;

  beforeEach(async () => {
    store = await open();
  });

  /** Claims every card that is due. */
  const claimed = async (now: number): Promise<StaleCard[]> => {
    const next = await store.cardUpdates.claim(now, now + 1, PLENTY, []);
    return next === null ? [] : [next, ...(await claimed(now))];
  };

  describe('what concerns a person', () => {
    it('is what they asked for, and what they are to decide once its card is posted', async () => {
      await store.decisions.submit(draft({ deciders: ['U2'] }));
      const ids = async (person: string, tenant = 'T1'): Promise<string[]> =>
        (await store.decisions.listOfPerson(tenant, person, 10)).map(({ decision }) => decision.id);
      expect([await ids('U1'), await ids('U2'), await ids('U3')]).toEqual([['d1'], [], []]);
      await store.posts.claim(card(), NOW);
      await store.posts.markPosted(card(), '1795424400.000001', NOW);
      expect([await ids('U1'), await ids('U2'), await ids('U3')]).toEqual([['d1'], ['d1'], []]);
      expect(await ids('U1', 'T2')).toEqual([]);
    });

    it('comes newest first, and no more than asked for', async () => {
      const round = (at: number) => ({ ...draft().round, at });
      await store.decisions.submit(draft({ id: 'old', submission: 'V1', round: round(NOW) }));
      await store.decisions.submit(draft({ id: 'new', submission: 'V2', round: round(NOW + 1) }));
      const found = await store.decisions.listOfPerson('T1', 'U1', 1);
      expect(found.map(({ decision }) => decision.id)).toEqual(['new']);
      expect(found[0]?.card.state).toBe('wanted');
    });

    it('is what they have voted on or answered, with that', async () => {
      await store.decisions.submit(draft());
      await store.posts.claim(card(), NOW);
      await store.posts.markPosted(card(), '1795424400.000001', NOW);
      const key = { tenant: 'T1', decision: 'd1' };
      await store.discussions.vote(key, 'U5', 'both', NOW);
      await store.discussions.answer(key, 'U6', { admin: 'no' }, NOW);
      const own = async (person: string) =>
        (await store.decisions.listOfPerson('T1', person, 10)).map((listed) => listed.own);
      expect(await own('U5')).toEqual([{ vote: 'both', answered: false }]);
      expect(await own('U6')).toEqual([{ vote: null, answered: true }]);
      expect(await own('U1')).toEqual([{ vote: null, answered: false }]);
      expect(await own('U7')).toEqual([]);
    });

    it('knows who has ever opened their Home tab', async () => {
      await store.homes.markOpened('T1', 'U1');
      await store.homes.markOpened('T1', 'U1');
      await store.homes.markOpened('T2', 'U2');
      expect(await store.homes.listOpened('T1', ['U1', 'U2', 'U3'])).toEqual(['U1']);
      expect(await store.homes.listOpened('T1', [])).toEqual([]);
    });
  });

  it('takes a delivery on once, until it is forgotten', async () => {
    const take = (id: string, tenant = 'T1') => store.deliveries.take(tenant, id, NOW);
    const repeated = await Promise.all(Array.from({ length: 5 }, () => take('mention 1')));
    expect(repeated.filter(Boolean)).toHaveLength(1);
    expect([await take('mention 2'), await take('mention 1', 'T2')]).toEqual([true, true]);
    await store.deliveries.forget(NOW);
    expect(await take('mention 1')).toBe(false);
    await store.deliveries.forget(NOW + 1);
    expect(await take('mention 1')).toBe(true);
  });

  describe('what people say about a decision', () => {
    const key = { tenant: 'T1', decision: 'd1' };

    it('is one vote a person, the latest, in the order in which they were cast', async () => {
      await store.decisions.submit(draft());
      const { discussions } = store;
      expect(await discussions.vote(key, 'U1', 'django', NOW)).toMatchObject({ kind: 'recorded' });
      expect(await discussions.vote(key, 'U2', 'flask', NOW + 1)).toMatchObject({ kind: 'recorded' });
      expect(await discussions.vote(key, 'U1', 'django', NOW + 2)).toMatchObject({ kind: 'same' });
      expect(await discussions.vote(key, 'U1', 'both', NOW + 3)).toMatchObject({ kind: 'recorded' });
      expect((await discussions.get(key))?.votes).toEqual([
        { person: 'U2', choice: 'flask', reason: null, round: 1, at: NOW + 1 },
        { person: 'U1', choice: 'both', reason: null, round: 1, at: NOW + 3 },
      ]);
    });

    it('has reasons that can be given, changed and taken back, and go with another choice', async () => {
      await store.decisions.submit(draft());
      const { discussions } = store;
      expect(await discussions.giveReason(key, 'U1', null, 'We know it', NOW)).toEqual({ kind: 'none' });
      await discussions.vote(key, 'U1', 'flask', NOW);
      expect(await discussions.giveReason(key, 'U1', null, 'We know it', NOW)).toEqual({ kind: 'recorded' });
      expect(await discussions.giveReason(key, 'U1', null, 'We know it', NOW)).toEqual({ kind: 'same' });
      const reason = async () => (await discussions.get(key))?.votes[0]?.reason;
      expect(await reason()).toBe('We know it');
      await discussions.vote(key, 'U1', 'django', NOW);
      expect(await reason()).toBeNull();
      await discussions.giveReason(key, 'U1', null, 'Admin', NOW);
      expect(await discussions.giveReason(key, 'U1', null, '', NOW)).toEqual({ kind: 'recorded' });
      expect(await reason()).toBeNull();
    });

    it('can be withdrawn, once', async () => {
      await store.decisions.submit(draft());
      await store.discussions.vote(key, 'U1', 'flask', NOW);
      expect(await store.discussions.withdraw(key, 'U1', NOW)).toEqual({ kind: 'recorded' });
      expect(await store.discussions.withdraw(key, 'U1', NOW)).toEqual({ kind: 'none' });
      expect((await store.discussions.get(key))?.votes).toEqual([]);
    });

    describe('answers of their own', () => {
      const answer = (person: string, answers: Answers, now = NOW, of = key) =>
        store.discussions.answer(of, person, answers, now);
      const found = async () => store.discussions.get(key);
      const due = async () => (await claimed(NOW + 99)).map((card) => card.revision);

      it('are the latest of each person, with what the group says of them', async () => {
        await store.decisions.submit(draft());
        expect(await found()).toMatchObject({ ownAnswers: [], group: null });
        expect(await answer('U2', { size: 'large' })).toEqual({ kind: 'recorded' });
        expect(await answer('U3', { admin: 'no' }, NOW + 1)).toEqual({ kind: 'recorded' });
        expect(await answer('U2', { size: 'simple' }, NOW + 2)).toEqual({ kind: 'recorded' });
        expect(await found()).toMatchObject({
          ownAnswers: [
            { person: 'U3', answers: { admin: 'no' }, round: 1, at: NOW + 1 },
            { person: 'U2', answers: { size: 'simple' }, round: 1, at: NOW + 2 },
          ],
          group: { advice: ADVICE, people: 3, disagreements: [] },
        });
        expect(await due()).toEqual([3]);
      });

      it('said again change nothing, not even the card', async () => {
        await store.decisions.submit(draft());
        await answer('U2', { size: 'large', admin: 'no' });
        expect(await answer('U2', { admin: 'no', size: 'large' }, NOW + 1)).toEqual({ kind: 'same' });
        expect((await found())?.ownAnswers[0]?.at).toBe(NOW);
        expect(await due()).toEqual([1]);
      });

      it('that are empty take the earlier ones back, once, and then there is no group', async () => {
        await store.decisions.submit(draft());
        expect(await answer('U2', {})).toEqual({ kind: 'none' });
        expect(await due()).toEqual([]);
        await answer('U2', { size: 'large' });
        expect(await answer('U2', {}, NOW + 1)).toEqual({ kind: 'recorded' });
        expect(await answer('U2', {}, NOW + 2)).toEqual({ kind: 'none' });
        expect(await found()).toMatchObject({ ownAnswers: [], group: null });
        expect(await due()).toEqual([2]);
      });

      it('given at the same moment are all in what the group says', async () => {
        await store.decisions.submit(draft());
        const all = Array.from({ length: 5 }, (_, i) => answer(`U${i + 2}`, { size: 'large' }));
        expect(await Promise.all(all)).toEqual(all.map(() => ({ kind: 'recorded' })));
        expect((await found())?.group?.people).toBe(6);
      });

      it('are not kept where what the group says cannot be computed', async () => {
        await store.decisions.submit(draft());
        await expect(answer('U2', UNKNOWN)).rejects.toThrow('no rubric');
        expect(await found()).toMatchObject({ ownAnswers: [], group: null });
        expect(await due()).toEqual([]);
      });

      it('of another tenant belong to nothing here', async () => {
        await store.decisions.submit(draft());
        const other = { ...key, tenant: 'T2' };
        expect(await answer('U2', { size: 'large' }, NOW, other)).toEqual({ kind: 'gone' });
        expect((await found())?.ownAnswers).toEqual([]);
      });
    });

    it('is of one tenant: another’s decision of the same id does not exist there', async () => {
      await store.decisions.submit(draft());
      const other = { ...key, tenant: 'T2' };
      expect(await store.discussions.vote(other, 'U1', 'flask', NOW)).toMatchObject({ kind: 'gone' });
      expect(await store.discussions.get(other)).toBeNull();
      expect((await store.discussions.get(key))?.votes).toEqual([]);
    });
  });

  describe('a card that is not what the database has', () => {
    const key = { tenant: 'T1', decision: 'd1' };
    const due = async (now: number) => (await claimed(now)).map(({ decision }) => decision);

    it('is due from the first change until the last one is shown', async () => {
      await store.decisions.submit(draft());
      expect(await due(NOW)).toEqual([]);
      await store.discussions.vote(key, 'U1', 'flask', NOW);
      const [stale] = await claimed(NOW);
      await store.discussions.vote(key, 'U2', 'flask', NOW + 10);
      if (!stale) throw new Error('nothing is due');
      await store.cardUpdates.markShown(stale, NOW + 20, NOW + 1_020);
      expect(await due(NOW + 1_019)).toEqual([]);
      expect(await store.cardUpdates.nextDue(PLENTY, [])).toBe(NOW + 1_020);
      const [again] = await claimed(NOW + 1_020);
      expect(again?.revision).toBe(2);
      if (again) await store.cardUpdates.markShown(again, NOW + 1_030, NOW + 2_030);
      expect(await due(NOW + 99_999)).toEqual([]);
      expect(await store.cardUpdates.nextDue(PLENTY, [])).toBeNull();
    });

    it('comes in the order of the oldest change that nobody has seen', async () => {
      await store.decisions.submit(draft());
      await store.decisions.submit(draft({ id: 'd2', submission: 'V2' }));
      await store.decisions.submit(draft({ id: 'd3', submission: 'V3', tenant: 'T2' }));
      await store.discussions.vote({ tenant: 'T1', decision: 'd2' }, 'U1', 'flask', NOW);
      await store.discussions.vote(key, 'U1', 'flask', NOW + 1);
      await store.discussions.vote({ tenant: 'T2', decision: 'd3' }, 'U1', 'flask', NOW + 2);
      await store.discussions.vote({ tenant: 'T1', decision: 'd2' }, 'U2', 'flask', NOW + 3);
      expect(await due(NOW + 3)).toEqual(['d2', 'd1', 'd3']);
    });

    it('that is stuck is told to its asker once, and is due again after the next change', async () => {
      await store.decisions.submit(draft());
      const notice: PostKey = { ...key, kind: 'notice' };
      await store.discussions.vote(key, 'U1', 'flask', NOW);
      await store.cardUpdates.markStuck(key, 'message_not_found', NOW);
      expect(await due(NOW + 99_999)).toEqual([]);
      expect(await store.cardUpdates.getStuckCode(key)).toBe('message_not_found');
      expect((await store.posts.get(notice))?.state).toBe('wanted');
      await store.posts.drop(notice);
      await store.discussions.vote(key, 'U2', 'flask', NOW + 1);
      expect(await due(NOW + 1)).toEqual(['d1']);
      expect(await store.cardUpdates.getStuckCode(key)).toBeNull();
      await store.cardUpdates.markStuck(key, 'message_not_found', NOW + 2);
      expect((await store.posts.get(notice))?.state).toBe('dropped');
    });

    it('is its claimer’s alone, and anybody’s again where that one is never heard of again', async () => {
      await store.decisions.submit(draft());
      await store.discussions.vote(key, 'U1', 'flask', NOW);
      const claims = Array.from({ length: 4 }, () => store.cardUpdates.claim(NOW, NOW + 16_000, PLENTY, []));
      expect((await Promise.all(claims)).filter((claim) => claim !== null)).toHaveLength(1);
      // A change in the meantime is shown after this claim ends, not by another caller meanwhile.
      await store.discussions.vote(key, 'U2', 'flask', NOW + 5);
      expect(await due(NOW + 15_999)).toEqual([]);
      expect(await store.cardUpdates.nextDue(PLENTY, [])).toBe(NOW + 16_000);
      expect(await due(NOW + 16_000)).toEqual(['d1']);
    });

    describe('as often as its tenant has calls left', () => {
      const LIMITS = { burst: 20, msPerCall: 2_000 };
      const take = async (now: number, tenant = 'T1'): Promise<boolean> => {
        await store.cardUpdates.markStale({ tenant, decision: 'd1' }, now);
        const next = await store.cardUpdates.claim(now, now, LIMITS, []);
        return next?.tenant === tenant;
      };

      it('in no minute takes more than fifty, whoever takes them', async () => {
        await store.decisions.submit(draft());
        const taken: number[] = [];
        for (let now = NOW; now < NOW + 150_000; now += 650) if (await take(now)) taken.push(now);
        for (const start of taken) {
          const inMinute = taken.filter((at) => at >= start && at < start + 60_000);
          expect(inMinute.length).toBeLessThanOrEqual(50);
        }
        expect(taken.length).toBeGreaterThan(85);
      });

      it('takes twenty at once, says exactly when the next is possible, and lets others have theirs', async () => {
        await store.decisions.submit(draft());
        await store.decisions.submit(draft({ tenant: 'T2' }));
        const atOnce: boolean[] = [];
        for (let i = 0; i < 25; i++) atOnce.push(await take(NOW));
        expect(atOnce.filter(Boolean)).toHaveLength(20);
        expect(await store.cardUpdates.nextDue(LIMITS, [])).toBe(NOW + 2_000);
        expect(await take(NOW, 'T2')).toBe(true);
        expect(await take(NOW + 1_999)).toBe(false);
        expect(await take(NOW + 2_000)).toBe(true);
      });

      it('after Slack said no, takes none before the time that it named', async () => {
        await store.decisions.submit(draft());
        await store.cardUpdates.blockUntil('T1', NOW + 30_000, LIMITS);
        expect(await take(NOW + 29_999)).toBe(false);
        expect(await store.cardUpdates.nextDue(LIMITS, [])).toBe(NOW + 30_000);
        expect(await take(NOW + 30_000)).toBe(true);
        expect(await take(NOW + 30_000)).toBe(false);
      });
    });

    it('is not looked for in a tenant where none is shown at the moment, and due at once when that is over', async () => {
      await store.decisions.submit(draft());
      await store.cardUpdates.markStale(card(), NOW);
      expect(await store.cardUpdates.claim(NOW, NOW + 1, PLENTY, ['T1'])).toBeNull();
      expect(await store.cardUpdates.nextDue(PLENTY, ['T1'])).toBeNull();
      await store.cardUpdates.postpone(card(), NOW + 30_000);
      await store.cardUpdates.wake('T2', NOW + 5);
      expect(await store.cardUpdates.nextDue(PLENTY, [])).toBe(NOW + 30_000);
      await store.cardUpdates.wake('T1', NOW + 5);
      expect(await store.cardUpdates.nextDue(PLENTY, [])).toBe(NOW + 5);
    });

    it('is counted until it is shown', async () => {
      await store.decisions.submit(draft());
      expect(await store.cardUpdates.countStale()).toBe(0);
      await store.discussions.vote(key, 'U1', 'flask', NOW);
      expect(await store.cardUpdates.countStale()).toBe(1);
    });

    it('goes with its decision', async () => {
      await store.decisions.submit(draft());
      await store.cardUpdates.markStale(key, NOW);
      expect(await due(NOW)).toEqual(['d1']);
      expect(await store.cardUpdates.getStuckCode({ tenant: 'T2', decision: 'd1' })).toBeNull();
    });
  });

  describe('the decision of a thread', () => {
    const post = async (key: PostKey, ts: string): Promise<void> => {
      await store.posts.claim(key, NOW);
      await store.posts.markPosted(key, ts, NOW);
    };
    const idIn = async (thread: string, channel = 'C1', tenant = 'T1'): Promise<string | undefined> =>
      (await store.decisions.findInThread(tenant, channel, thread))?.id;

    it('is the one whose card the thread hangs on, once that is posted', async () => {
      await store.decisions.submit(draft());
      expect(await idIn('1.1')).toBeUndefined();
      await post(card(), '1.1');
      expect(await idIn('1.1')).toBe('d1');
      expect(await idIn('1.2')).toBeUndefined();
      expect(await idIn('1.1', 'C2')).toBeUndefined();
      expect(await idIn('1.1', 'C1', 'T2')).toBeUndefined();
    });

    it('is the newest of those whose cards are in it', async () => {
      const at = (ms: number) => ({ ...draft().round, at: NOW + ms });
      await store.decisions.submit(draft({ round: at(0) }));
      await post(card(), '1.1');
      await store.decisions.submit(draft({ id: 'd2', submission: 'V2', thread: '1.1', round: at(1) }));
      expect(await idIn('1.1')).toBe('d1');
      await post(card('d2'), '1.2');
      expect(await idIn('1.1')).toBe('d2');
      // A reply starts no thread.
      expect(await idIn('1.2')).toBeUndefined();
    });
  });

  describe('a submission', () => {
    it('becomes a decision that reads back as it was written', async () => {
      const submitted = await store.decisions.submit(draft());
      expect(submitted).toEqual({ kind: 'created', id: 'd1', inTurn: true });
      expect(decisionFromDraft(draft(), 'd1', ADVICE)).toEqual(await store.decisions.get('T1', 'd1'));
      expect(await store.decisions.get('T1', 'd1')).toEqual({
        id: 'd1',
        tenant: 'T1',
        workspace: 'T1',
        channel: 'C1',
        thread: null,
        project: 'Billing portal',
        asker: 'U1',
        deciders: ['U1', 'U2'],
        status: 'open',
        createdAt: NOW,
        hideUntilDecided: false,
        supersedes: null,
        step: null,
        anyoneDecides: false,
        voteUntil: null,
        round: { number: 1, answers: { admin: 'yes' }, advice: ADVICE, by: 'U1', at: NOW },
      });
      expect(await store.posts.get(card())).toMatchObject({ state: 'wanted', channel: 'C1', attempts: 0 });
    });

    it('for a thread keeps which one', async () => {
      await store.decisions.submit(draft({ thread: '1795424400.000001' }));
      expect((await store.decisions.get('T1', 'd1'))?.thread).toBe('1795424400.000001');
    });

    it('delivered twice makes one decision', async () => {
      await store.decisions.submit(draft());
      await store.posts.claim(card(), NOW);
      const again = await store.decisions.submit(draft({ id: 'd2', project: 'Other' }));
      expect(again).toEqual({ kind: 'unchanged', id: 'd1' });
      expect(await store.decisions.get('T1', 'd1')).toMatchObject({ project: 'Billing portal' });
      expect(await store.decisions.get('T1', 'd2')).toBeNull();
    });

    it.each(['wanted', 'refused'] as const)(
      'replaces the one of the same dialog while that is %s',
      async (state) => {
        await store.decisions.submit(draft());
        if (state === 'refused') {
          await store.posts.claim(card(), NOW);
          await store.posts.markRefused(card(), 'is_archived', NOW);
        }
        const again = await store.decisions.submit(draft({ id: 'd2', channel: 'C2', deciders: ['U3'] }));
        expect(again).toEqual({ kind: 'replaced', id: 'd1', inTurn: true });
        expect(await store.decisions.get('T1', 'd1')).toMatchObject({ channel: 'C2', deciders: ['U3'] });
        expect(await store.posts.get(card())).toMatchObject({ state: 'wanted', channel: 'C2', error: null });
      },
    );

    it.each(['sent', 'posted', 'unknown'] as const)('changes nothing once its card is %s', async (state) => {
      await store.decisions.submit(draft());
      await store.posts.claim(card(), NOW);
      if (state === 'posted') await store.posts.markPosted(card(), '1.1', NOW);
      if (state === 'unknown') await store.posts.markUnknown(card(), NOW);
      expect((await store.decisions.submit(draft({ project: 'Other' }))).kind).toBe('unchanged');
      expect((await store.decisions.get('T1', 'd1'))?.project).toBe('Billing portal');
    });

    it('of another tenant is another decision, even with the same ids', async () => {
      await store.decisions.submit(draft());
      const other = await store.decisions.submit(draft({ tenant: 'T2', project: 'Theirs' }));
      expect(other.kind).toBe('created');
      expect((await store.decisions.get('T1', 'd1'))?.project).toBe('Billing portal');
      expect((await store.decisions.get('T2', 'd1'))?.project).toBe('Theirs');
      await store.posts.claim(card('d1', 'T2'), NOW);
      expect((await store.posts.get(card()))?.state).toBe('wanted');
    });
  });

  describe('a post', () => {
    beforeEach(async () => {
      await store.decisions.submit(draft());
    });

    it('is claimed by exactly one of many', async () => {
      const claims = await Promise.all(Array.from({ length: 5 }, () => store.posts.claim(card(), NOW)));
      expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
      expect(claims.find((claim) => claim !== null)).toMatchObject({ state: 'sent', attempts: 1 });
    });

    it('once posted makes the reasoning due and forgets the reply address', async () => {
      await store.posts.claim(card(), NOW);
      await store.posts.markPosted(card(), '1795424400.000100', NOW + 5);
      expect(await store.posts.get(card())).toMatchObject({
        state: 'posted',
        ts: '1795424400.000100',
        replyUrl: null,
      });
      expect(await store.posts.due(NOW + 5, 10, [])).toMatchObject([{ kind: 'reasoning', state: 'wanted' }]);
    });

    it('posted without a known place wants no reasoning until the place is known', async () => {
      await store.posts.claim(card(), NOW);
      await store.posts.markPosted(card(), null, NOW);
      expect(await store.posts.due(NOW, 10, [])).toEqual([]);
      await store.posts.markPosted(card(), '1.1', NOW);
      expect(await store.posts.due(NOW, 10, [])).toMatchObject([{ kind: 'reasoning' }]);
    });

    it('is due in its time, oldest first, one for each tenant', async () => {
      const submit = (id: string, tenant: string, before: number) =>
        store.decisions.submit(
          draft({
            id,
            tenant,
            submission: `V${id}`,
            channel: `C${id}`,
            round: { ...draft().round, at: NOW - before },
          }),
        );
      await submit('d2', 'T1', 9);
      await submit('d3', 'T2', 5);
      await submit('d4', 'T2', 3);
      await submit('d5', 'T3', 20);
      const due = async (now: number, limit = 10, except: string[] = []) =>
        (await store.posts.due(now, limit, except)).map((post) => post.decision);
      expect(await due(NOW - 100)).toEqual([]);
      const next = await store.posts.nextDue(NOW, []);
      expect(next).toBeGreaterThan(NOW - 20);
      expect(await store.posts.nextDue(NOW, ['T3'])).toBe((next ?? 0) + 11);
      expect(await store.posts.nextDue(NOW, ['T1', 'T2', 'T3'])).toBeNull();
      expect(await due(NOW + 60_000)).toEqual(['d5', 'd2', 'd3']);
      expect(await due(NOW + 60_000, 1)).toEqual(['d5']);
      expect(await due(NOW + 60_000, 10, ['T3', 'T2'])).toEqual(['d2']);
      expect(await due(next ?? 0)).toEqual(['d5']);
      await store.posts.claim(card('d2'), NOW);
      expect(await due(NOW + 60_000)).toEqual(['d5', 'd3', 'd1']);
    });

    describe('of a channel', () => {
      const asked = (id: string, at: number, channel = 'C1') =>
        store.decisions.submit(
          draft({ id, submission: `V${id}`, channel, round: { ...draft().round, at: NOW + at } }),
          NOW + at,
        );
      const LATER = NOW + 60_000;
      const dueCards = async (now = LATER, except: string[] = []) =>
        (await store.posts.due(now, 10, except)).map(({ decision, kind }) => `${decision} ${kind}`);
      /** Adds two cards that wait for the first. */
      beforeEach(async () => {
        expect(await asked('d2', 10)).toMatchObject({ inTurn: false });
        await asked('d3', 20);
      });

      it('comes in the order in which it was asked for, whatever pause it has', async () => {
        expect((await store.posts.get(card('d2')))?.state).toBe('wanted');
        await store.posts.claim(card(), NOW);
        // The first card is sent, perhaps by another process.
        expect(await dueCards()).toEqual([]);
        expect(await store.posts.nextDue(LATER, [])).toBeNull();
        await store.posts.want(card(), NOW, NOW + 30_000);
        expect(await dueCards(NOW + 29_999)).toEqual([]);
        expect(await store.posts.nextDue(NOW, [])).toBe(NOW + 30_000);
        expect(await dueCards(NOW + 30_000)).toEqual(['d1 card']);
        await store.posts.claim(card(), NOW);
        await store.posts.markPosted(card(), null, NOW);
        expect(await dueCards()).toEqual(['d2 card']);
      });

      it('does not wait for those of another one', async () => {
        expect(await asked('d4', 30, 'C2')).toMatchObject({ inTurn: true });
        await store.posts.markUnknown(card('d4'), NOW);
        await asked('d5', 40, 'C2');
        await store.posts.want(card('d5'), NOW, NOW + 40);
        await store.posts.postpone(card(), NOW + 50_000);
        expect(await dueCards(NOW + 40_000, ['T1 whisper'])).toEqual(['d5 card']);
      });

      it('does not wait for one that was set aside', async () => {
        expect(await store.posts.behind(card(), LATER)).toMatchObject({ decision: 'd2', kind: 'card' });
        expect(await store.posts.behind(card(), NOW)).toBeNull();
        await store.posts.setAside(card(), LATER);
        expect(await dueCards(LATER - 1)).toEqual(['d2 card']);
        await store.posts.claim(card('d2'), NOW);
        // The card that was set aside is due after its delay, even if another card is being sent.
        expect(await dueCards()).toEqual(['d1 card']);
        await store.posts.claim(card(), LATER);
        await store.posts.want(card(), LATER, LATER);
        expect(await dueCards()).toEqual(['d1 card']);
        expect(await store.posts.behind(card('d3'), LATER)).toBeNull();
      });

      it('is not looked for where its line, or its channel, has no call left', async () => {
        await asked('d4', 30, 'C2');
        await store.posts.want(card('d4'), NOW, NOW);
        expect(await dueCards(LATER, ['T1 say C1'])).toEqual(['d4 card']);
        expect(await dueCards(LATER, ['T1 say'])).toEqual([]);
        expect(await store.posts.nextDue(LATER, ['T1 say'])).toBeNull();
        await store.posts.want(card(), NOW, NOW - 1);
        expect(await dueCards(LATER, ['T1 whisper'])).toEqual(['d1 card']);
      });

      it('is due at once when Slack is back, but not what somebody wants later', async () => {
        await store.posts.claim(card(), NOW);
        await store.posts.want(card(), NOW, NOW + 20_000);
        await store.posts.want({ ...card('d3'), kind: 'deadline' }, NOW, NOW + 20_000);
        await store.posts.wake('T2', NOW);
        expect(await store.posts.get(card())).toMatchObject({ dueAt: NOW + 20_000 });
        await store.posts.wake('T1', NOW);
        expect(await store.posts.get(card())).toMatchObject({ dueAt: NOW });
        expect(await store.posts.get({ ...card('d3'), kind: 'deadline' })).toMatchObject({
          dueAt: NOW + 20_000,
        });
      });
    });

    it('can be claimed as its decision is written', async () => {
      const claimed = draft({ id: 'd2', submission: 'V2', channel: 'C2' });
      await store.decisions.submit(claimed, NOW);
      expect(await store.posts.get(card('d2'))).toMatchObject({ state: 'sent', attempts: 1 });
      expect(await store.posts.claim(card('d2'), NOW)).toBeNull();
      expect((await store.posts.abandoned(NOW + 1)).map(({ decision }) => decision)).toEqual(['d2']);
      // The same dialog can claim the card again after Slack refused it, but not while it is being sent.
      expect((await store.decisions.submit(claimed, NOW + 5)).kind).toBe('unchanged');
      await store.posts.markRefused(card('d2'), 'is_archived', NOW);
      expect((await store.decisions.submit(claimed, NOW + 5)).kind).toBe('replaced');
      expect(await store.posts.get(card('d2'))).toMatchObject({ state: 'sent', attempts: 1, error: null });
    });

    it('goes back to wanted for later', async () => {
      await store.posts.claim(card(), NOW);
      await store.posts.want(card(), NOW, NOW + 500_000);
      expect(await store.posts.get(card())).toMatchObject({
        state: 'wanted',
        attempts: 1,
        dueAt: NOW + 500_000,
      });
    });

    it('is retried on a person’s word only from refused or unknown', async () => {
      expect(await store.posts.retry(card(), NOW)).toBe(false);
      await store.posts.claim(card(), NOW);
      expect(await store.posts.retry(card(), NOW)).toBe(false);
      await store.posts.markUnknown(card(), NOW);
      expect(await store.posts.retry(card(), NOW)).toBe(true);
      expect(await store.posts.retry(card(), NOW)).toBe(false);
      await store.posts.claim(card(), NOW);
      await store.posts.markRefused(card(), 'is_archived', NOW);
      expect(await store.posts.retry(card(), NOW)).toBe(true);
      await store.posts.claim(card(), NOW);
      await store.posts.markPosted(card(), '1.1', NOW);
      expect(await store.posts.retry(card(), NOW)).toBe(false);
    });

    it('whose process died is found by when it was claimed', async () => {
      await store.posts.claim(card(), NOW);
      expect(await store.posts.abandoned(NOW)).toEqual([]);
      expect(await store.posts.abandoned(NOW + 1)).toMatchObject([{ kind: 'card', state: 'sent' }]);
    });

    it('whose process died is taken over by exactly one, and not where it was heard of again', async () => {
      await store.posts.claim(card(), NOW);
      const adopt = (key: PostKey) => store.posts.adopt(key, NOW + 1, NOW + 1);
      expect((await Promise.all([1, 2, 3].map(() => adopt(card())))).sort()).toEqual([false, false, true]);
      expect((await store.posts.get(card()))?.state).toBe('unknown');
      expect((await store.posts.get({ ...card(), kind: 'notice' }))?.state).toBe('wanted');
      await store.posts.markPosted(card(), '1.1', NOW);
      const reasoning: PostKey = { ...card(), kind: 'reasoning' };
      await store.posts.claim(reasoning, NOW);
      expect((await Promise.all([1, 2, 3].map(() => adopt(reasoning)))).sort()).toEqual([false, false, true]);
      await store.posts.claim(reasoning, NOW + 1);
      expect(await adopt(reasoning)).toBe(false);
      await store.posts.markPosted(reasoning, '1.2', NOW);
      expect(await adopt(reasoning)).toBe(false);
    });

    it('that two people find at the same moment wants its reasoning once', async () => {
      const reasoning: PostKey = { ...card(), kind: 'reasoning' };
      await store.posts.claim(card(), NOW);
      await store.posts.markUnknown(card(), NOW);
      await store.posts.markPosted(card(), '1.1', NOW);
      await store.posts.claim(reasoning, NOW);
      await store.posts.markPosted(card(), '1.1', NOW);
      expect((await store.posts.get(reasoning))?.state).toBe('sent');
      await store.posts.markPosted(reasoning, '1.2', NOW);
      await store.posts.markPosted(card(), '1.1', NOW);
      expect((await store.posts.get(reasoning))?.state).toBe('posted');
    });

    it('that was removed is done with, unless something has arrived in the meantime', async () => {
      for (const [kind, ts] of [
        ['card', '1.1'],
        ['reasoning', '1.2'],
      ] as const) {
        await store.posts.claim({ ...card(), kind }, NOW);
        await store.posts.markPosted({ ...card(), kind }, ts, NOW);
      }
      await store.records.remove(card(), NOW);
      const reasoning: PostKey = { ...card(), kind: 'reasoning' };
      for (const arrived of [true, false]) {
        const claimed = await store.posts.claimRemoval(reasoning, NOW, NOW + 60_000);
        if (!claimed) throw new Error('it is not to be removed');
        if (arrived) await store.posts.addReply(card(), '1.3', NOW);
        await store.posts.markRemoved(
          reasoning,
          [...claimed.earlier, ...(claimed.ts ? [claimed.ts] : [])],
          NOW,
        );
        expect((await store.posts.get(reasoning))?.state).toBe(arrived ? 'unwanted' : 'dropped');
      }
    });

    it('to the asker may be wanted again after it was posted', async () => {
      const notice: PostKey = { ...card(), kind: 'notice' };
      await store.posts.want(notice, NOW, NOW);
      await store.posts.claim(notice, NOW);
      await store.posts.markPosted(notice, null, NOW);
      await store.posts.want(notice, NOW, NOW);
      expect((await store.posts.get(notice))?.state).toBe('wanted');
    });

    it('that ended badly wants the private word to its asker, at once or once a dialog has had its time', async () => {
      const notice: PostKey = { ...card(), kind: 'notice' };
      await store.posts.claim(card(), NOW);
      await store.posts.markUnknown(card(), NOW);
      expect(await store.posts.get(notice)).toMatchObject({ state: 'wanted', dueAt: NOW });

      await store.posts.drop(notice);
      await store.posts.retry(card(), NOW);
      await store.posts.claim(card(), NOW);
      await store.posts.markRefused(card(), 'is_archived', NOW);
      const word = await store.posts.get(notice);
      expect(word).toMatchObject({ state: 'wanted', attempts: 0 });
      expect(word?.dueAt).toBeGreaterThan(NOW);
    });

    it('to the asker is dropped once a dialog has said it, but not where it is due already', async () => {
      const notice: PostKey = { ...card(), kind: 'notice' };
      await store.posts.claim(card(), NOW);
      await store.posts.markRefused(card(), 'is_archived', NOW);
      await store.posts.tellAsker(card(), NOW);
      await store.posts.dropNotice(card(), NOW);
      expect(await store.posts.get(notice)).toMatchObject({ state: 'wanted', dueAt: NOW });

      await store.posts.want(notice, NOW, NOW + 4_000);
      await store.posts.dropNotice(card(), NOW);
      expect((await store.posts.get(notice))?.state).toBe('dropped');
      await store.posts.tellAsker(card(), NOW);
      expect((await store.posts.get(notice))?.state).toBe('wanted');
    });

    it('that is no card wants no word when it ends badly', async () => {
      const reasoning: PostKey = { ...card(), kind: 'reasoning' };
      await store.posts.want(reasoning, NOW, NOW);
      await store.posts.claim(reasoning, NOW);
      await store.posts.markRefused(reasoning, 'is_archived', NOW);
      expect(await store.posts.get({ ...card(), kind: 'notice' })).toBeNull();
    });

    it('is put off while it is wanted, and left alone in any other state', async () => {
      await store.posts.postpone(card(), NOW + 70_000);
      expect(await store.posts.get(card())).toMatchObject({ state: 'wanted', dueAt: NOW + 70_000 });
      await store.posts.claim(card(), NOW);
      await store.posts.postpone(card(), NOW);
      expect(await store.posts.get(card())).toMatchObject({ state: 'sent', dueAt: NOW + 70_000 });
    });

    it('to the asker starts counting anew when it is wanted again', async () => {
      const notice: PostKey = { ...card(), kind: 'notice' };
      await store.posts.want(notice, NOW, NOW);
      await store.posts.claim(notice, NOW);
      await store.posts.want(notice, NOW, NOW);
      expect(await store.posts.get(notice)).toMatchObject({ attempts: 1 });
      await store.posts.claim(notice, NOW);
      await store.posts.markRefused(notice, 'unreachable', NOW);
      await store.posts.want(notice, NOW, NOW);
      expect(await store.posts.get(notice)).toMatchObject({ attempts: 0 });
    });

    it('remembers its permalink and its refusal', async () => {
      await store.posts.claim(card(), NOW);
      await store.posts.markRefused(card(), 'is_archived', NOW);
      await store.posts.savePermalink(card(), 'https://acme.slack.test/p1');
      expect(await store.posts.get(card())).toMatchObject({
        error: 'is_archived',
        permalink: 'https://acme.slack.test/p1',
      });
    });
  });

  describe('the list of a channel', () => {
    beforeEach(async () => {
      for (const [i, project] of ['Billing portal', 'Data API', 'BILLING export'].entries()) {
        const round = { ...draft().round, at: NOW + i };
        await store.decisions.submit(draft({ id: `d${i}`, submission: `V${i}`, project, round }));
      }
      await store.decisions.submit(draft({ id: 'x', submission: 'Vx', channel: 'C2', project: 'Elsewhere' }));
      await store.decisions.submit(draft({ id: 'y', tenant: 'T2', project: 'Theirs' }));
    });

    const projects = async (
      page: { viewer?: string; words?: string[]; offset?: number; limit?: number } = {},
    ): Promise<string[]> => {
      const found = await store.decisions.listInChannel('T1', 'C1', {
        viewer: 'U1',
        words: [],
        offset: 0,
        limit: 10,
        ...page,
      });
      return found.map((row) => row.decision.project);
    };

    it('is that channel’s only, newest first, in pages', async () => {
      expect(await projects()).toEqual(['BILLING export', 'Data API', 'Billing portal']);
      expect(await projects({ offset: 1, limit: 1 })).toEqual(['Data API']);
      expect(await projects({ offset: 9 })).toEqual([]);
    });

    it('is narrowed by words that must all occur', async () => {
      expect(await projects({ words: ['billing'] })).toEqual(['BILLING export', 'Billing portal']);
      expect(await projects({ words: ['billing', 'port'] })).toEqual(['BILLING export', 'Billing portal']);
      expect(await projects({ words: ['%'] })).toEqual([]);
    });

    it('is narrowed in any case of any script', async () => {
      const round = { ...draft().round, at: NOW + 9 };
      await store.decisions.submit(draft({ id: 'd9', submission: 'V9', project: 'ÜBER Заказы', round }));
      expect(await projects({ words: ['über', 'ЗАКАЗ'] })).toEqual(['ÜBER Заказы']);
      expect(await projects({ words: ['u\u0308ber'] })).toEqual(['ÜBER Заказы']);
    });

    it('shows a decision whose card was never posted to its asker alone', async () => {
      expect(await projects({ viewer: 'U2' })).toEqual([]);
      await store.posts.claim(card('d1'), NOW);
      await store.posts.markPosted(card('d1'), '1.1', NOW);
      expect(await projects({ viewer: 'U2' })).toEqual(['Data API']);
    });

    it('says how each card is doing', async () => {
      await store.posts.claim(card('d1'), NOW);
      const found = await store.decisions.listInChannel('T1', 'C1', {
        viewer: 'U1',
        words: [],
        offset: 0,
        limit: 10,
      });
      expect(found.map((row) => row.card.state)).toEqual(['wanted', 'sent', 'wanted']);
    });
  });
}
