import { z } from 'zod';
import {
  POST_KINDS,
  POST_QUEUES,
  POST_STATES,
  type Post,
  type PostKey,
  type PostState,
  QUEUE_OF_KIND,
  SET_ASIDE,
} from '../../decision/post.ts';
import type { PostStore } from '../store.ts';
import { markStaleIfTracked } from './card-updates.ts';
import { appendToList, OF_DECISION, subjectOf } from './fragments.ts';
import { columnReader, jsonReader, rowReader } from './reading.ts';
import { notDeparted, tenantsWith } from './tenants.ts';
import { type Database, defineQuery, didChange, execute, queryAll, queryFirst, type Work } from './work.ts';

/** Time that an open dialog has to show a refused card's error before its asker gets a private message. */
const DIALOG_HEAD_START_MS = 4_000;

const readIds = jsonReader(z.array(z.string()));

const postRow = z
  .object({
    tenant: z.string(),
    decision: z.string(),
    kind: z.enum(POST_KINDS),
    state: z.enum(POST_STATES),
    channel: z.string(),
    ts: z.string().nullable(),
    permalink: z.string().nullable(),
    error: z.string().nullable(),
    attempts: z.number(),
    due_at: z.number(),
    wanted_at: z.number(),
    reply_url: z.string().nullable(),
    earlier: z.string(),
  })
  .transform(
    ({ due_at, wanted_at, reply_url, earlier, ...row }): Post => ({
      ...row,
      earlier: readIds(earlier),
      dueAt: due_at,
      wantedAt: wanted_at,
      replyUrl: reply_url,
    }),
  );

export const readPost = rowReader(postRow);

const POST_KEY = `${OF_DECISION} AND kind = :kind`;

const GET = defineQuery(`SELECT * FROM posts WHERE ${POST_KEY}`, readPost);
const CLAIM = defineQuery(
  `UPDATE posts SET state = 'sent', sent_at = :now, attempts = attempts + 1
   WHERE ${POST_KEY} AND state = 'wanted' RETURNING *`,
  readPost,
);
const CLAIM_REMOVAL = defineQuery(
  `UPDATE posts SET due_at = :until WHERE ${POST_KEY} AND state = 'unwanted' AND due_at <= :now RETURNING *`,
  readPost,
);
const TO_BE_REMOVED = defineQuery(
  `SELECT * FROM posts WHERE ${POST_KEY} AND state = 'unwanted' FOR UPDATE`,
  readPost,
);
const SET_LEFT = `
  UPDATE posts SET earlier = :earlier, ts = :ts, state = :state, due_at = :again, attempts = :attempts
  WHERE ${POST_KEY}`;
const TO_DO = "q.state IN ('wanted', 'unwanted')";
const TENANTS = tenantsWith('posts q', 'q.tenant', TO_DO);
const IN_QUESTION = `tenants.tenant NOT IN :except[] AND ${notDeparted('tenants')}`;

/**
 * SQL condition for a card that holds up later cards of its channel. People get their cards in the order in which they
 * asked, even after an hour of outage and with different retry delays. A card that alone fails is set aside, so that
 * the channel doesn't wait forever. The mark is in the database, because several processes share the queue and any may
 * crash.
 *
 * `waits`: the end of the longest retry delay. A card that is due later holds up no other.
 */
const waiting = (card: string): string =>
  `${card}.state = 'wanted' AND ${card}.kind = 'card' AND ${card}.due_at <= :waits
     AND coalesce(${card}.error, '') <> '${SET_ASIDE}'`;
const FIRST_CARDS = `first_cards AS MATERIALIZED (
  SELECT tenant, channel, min(wanted_at) AS wanted_at FROM (
    SELECT w.tenant, w.channel, w.wanted_at FROM posts w WHERE ${waiting('w')}
    UNION ALL
    SELECT s.tenant, s.channel, s.wanted_at FROM posts s WHERE s.state = 'sent' AND s.kind = 'card') cards
  GROUP BY tenant, channel)`;
const IN_TURN = `(q.kind <> 'card' OR q.state <> 'wanted' OR q.error = '${SET_ASIDE}'
  OR first_cards.wanted_at IS NULL OR q.wanted_at <= first_cards.wanted_at)`;
const LONGEST_WAIT_MS = 60 * 60_000;

/**
 * SQL for a post's queue, as in `queueOf`. It must match the index `posts_by_line`, which lets a query skip a
 * rate-limited queue without scanning its posts.
 */
const QUEUE = `CASE WHEN q.state = 'unwanted' THEN 'remove' ${Object.entries(QUEUE_OF_KIND)
  .map(([kind, queue]) => `WHEN q.kind = '${kind}' THEN '${queue}'`)
  .join(' ')} ELSE 'say' END`;
const QUEUES = `(${POST_QUEUES.map((queue) => `SELECT '${queue}' AS name`).join(' UNION ALL ')}) queues`;
/** SQL for every queue of every tenant that may be called now. */
const OPEN_QUEUES = `${TENANTS} CROSS JOIN ${QUEUES}
  WHERE ${IN_QUESTION} AND tenants.tenant || ' ' || queues.name NOT IN :except[]`;
/** SQL for a queue's posts that need not wait for an earlier card. */
const CANDIDATES = `posts q
  LEFT JOIN first_cards ON first_cards.tenant = q.tenant AND first_cards.channel = q.channel
  WHERE q.tenant = tenants.tenant AND ${QUEUE} = queues.name AND ${TO_DO} AND ${IN_TURN}
    AND q.tenant || ' ' || queues.name || ' ' || q.channel NOT IN :except[]`;
/**
 * SQL for the order of posts. A card is deleted after its replies: Slack leaves no placeholder for a message without
 * replies. Posts of one decision that are due at the same time come in reading order.
 */
const inOrder = (post: string): string =>
  `${post}.due_at, ${post}.state = 'unwanted' AND ${post}.kind = 'card', ${post}.decision,
    CASE ${post}.kind WHEN 'card' THEN 0 WHEN 'reasoning' THEN 1 WHEN 'edited' THEN 2 WHEN 'announcement' THEN 3
      WHEN 'file' THEN 4 ELSE 5 END`;
const DUE = defineQuery(
  `SELECT * FROM (SELECT p.*, row_number() OVER (PARTITION BY p.tenant ORDER BY ${inOrder('p')}) AS place
     FROM (WITH ${FIRST_CARDS}, chosen AS MATERIALIZED (
         SELECT tenants.tenant, (SELECT q.kind || ' ' || q.decision FROM ${CANDIDATES} AND q.due_at <= :now
           ORDER BY ${inOrder('q')} LIMIT 1) AS post
         FROM ${OPEN_QUEUES})
       SELECT tenant, post FROM chosen WHERE post IS NOT NULL) turns CROSS JOIN posts p
     WHERE p.tenant = turns.tenant AND p.kind = substr(turns.post, 1, strpos(turns.post, ' ') - 1)
       AND p.decision = substr(turns.post, strpos(turns.post, ' ') + 1)) best
   WHERE place = 1 ORDER BY due_at, tenant LIMIT :limit`,
  readPost,
);
const NEXT_DUE = defineQuery(
  `SELECT at FROM (WITH ${FIRST_CARDS}
     SELECT min((SELECT q.due_at FROM ${CANDIDATES} ORDER BY q.due_at LIMIT 1)) AS at FROM ${OPEN_QUEUES}) soonest`,
  columnReader('at', z.number().nullable()),
);
const BEHIND = defineQuery(
  `SELECT w.* FROM posts w WHERE w.tenant = :tenant AND ${waiting('w')} AND w.due_at <= :now
     AND w.channel = (SELECT channel FROM posts WHERE ${POST_KEY})
     AND (w.wanted_at, w.decision) > (SELECT wanted_at, decision FROM posts WHERE ${POST_KEY})
   ORDER BY w.wanted_at, w.decision LIMIT 1`,
  readPost,
);
const WAITING_IN_CHANNEL = defineQuery(
  // Ordered like the index `posts_waiting_cards`, so that SQLite uses it.
  `SELECT w.decision FROM posts w WHERE w.tenant = :tenant AND ${waiting('w')} AND w.channel = :channel
   ORDER BY w.wanted_at LIMIT 1`,
  (row) => row.decision,
);
const ABANDONED = defineQuery(
  `SELECT * FROM posts WHERE state = 'sent' AND sent_at < :before AND ${notDeparted('posts')}`,
  readPost,
);
const STILL_ABANDONED = defineQuery(
  `SELECT kind FROM posts WHERE ${POST_KEY} AND state = 'sent' AND sent_at < :before FOR UPDATE`,
  (row) => row.kind,
);
const COUNT_WAITING = defineQuery(
  `SELECT count(*) AS n FROM posts WHERE state IN ('wanted', 'unwanted') AND due_at <= :now AND ${notDeparted('posts')}`,
  columnReader('n', z.number()),
);

const SET_POSTED = `
  UPDATE posts SET error = NULL, reply_url = NULL,
    -- If the decision was deleted meanwhile, the new message must be removed. If again_at is set, another one follows.
    state = CASE WHEN (SELECT status FROM decisions WHERE tenant = :tenant AND id = :decision) = 'deleted'
      THEN 'unwanted' WHEN again_at IS NOT NULL THEN 'wanted' ELSE 'posted' END,
    ts = CASE WHEN again_at IS NOT NULL THEN NULL ELSE coalesce(:ts, ts) END,
    earlier = CASE WHEN again_at IS NOT NULL AND coalesce(:ts, ts) IS NOT NULL
      THEN ${appendToList('earlier', 'coalesce(:ts, ts)')} ELSE earlier END,
    attempts = CASE WHEN again_at IS NULL THEN attempts ELSE 0 END,
    due_at = coalesce(again_at, due_at), again_at = NULL
  WHERE ${POST_KEY}`;
const SET_STATE = `
  UPDATE posts SET state = CASE WHEN again_at IS NULL THEN :state ELSE 'wanted' END, error = :error,
    attempts = CASE WHEN again_at IS NULL THEN attempts ELSE 0 END,
    due_at = coalesce(again_at, due_at), again_at = NULL
  WHERE ${POST_KEY}`;
/** Adds another message of the thread to the reasoning's `earlier`, so that deleting the decision removes it. */
const REPLIED = `
  UPDATE posts SET earlier = ${appendToList('earlier', 'CAST(:ts AS TEXT)')},
    due_at = CASE WHEN state IN ('dropped', 'unwanted') THEN :now ELSE due_at END,
    state = CASE WHEN (SELECT status FROM decisions WHERE tenant = :tenant AND id = :decision) = 'deleted'
      THEN 'unwanted' ELSE state END
  WHERE ${POST_KEY}`;
const RETRY = `
  UPDATE posts SET state = 'wanted', due_at = :now, wanted_at = :now, attempts = 0
  WHERE ${POST_KEY} AND state IN ('refused', 'unknown') RETURNING kind`;
const SET_PERMALINK = `UPDATE posts SET permalink = :permalink WHERE ${POST_KEY}`;
const WANT = `
  INSERT INTO posts (tenant, decision, kind, state, channel, due_at, wanted_at)
  SELECT tenant, id, :kind, 'wanted', channel, CAST(:due_at AS BIGINT), CAST(:now AS BIGINT) FROM decisions
  WHERE tenant = :tenant AND id = :decision
  ON CONFLICT (tenant, decision, kind) DO UPDATE SET state = 'wanted', due_at = excluded.due_at, again_at = NULL,
    attempts = CASE WHEN posts.state IN ('wanted', 'sent') THEN posts.attempts ELSE 0 END
  WHERE (posts.state NOT IN ('posted', 'unwanted') OR posts.kind = 'notice')`;
/** Like WANT, for posts that follow a card. A post in flight isn't interrupted. */
const WANT_NEXT = `${WANT} AND posts.state <> 'sent'`;
const SAID_IN_DIALOG = `
  UPDATE posts SET state = 'dropped', error = NULL, due_at = :now
  WHERE ${POST_KEY} AND state = 'wanted' AND due_at > :now`;
const POSTPONE = `
  UPDATE posts SET due_at = :due_at, attempts = attempts + CASE WHEN state = 'unwanted' THEN 1 ELSE 0 END
  WHERE ${POST_KEY} AND state IN ('wanted', 'unwanted')`;

const SET_ASIDE_UNTIL = `
  UPDATE posts SET error = '${SET_ASIDE}', due_at = :due_at WHERE ${POST_KEY} AND state = 'wanted'`;
/** Leaves longer waits alone: a person picked the time, or the post alone fails. */
const WAKE = `
  UPDATE posts SET due_at = :now WHERE tenant = :tenant AND state IN ('wanted', 'unwanted') AND attempts > 0
    AND due_at > :now AND due_at <= :soon AND coalesce(error, '') <> '${SET_ASIDE}'`;
const SOON_MS = 30_000;

const params = ({ tenant, decision, kind }: PostKey) => ({ tenant, decision, kind });

const STEP_OF = defineQuery(
  'SELECT step FROM decisions WHERE tenant = :tenant AND id = :decision',
  columnReader('step', z.string().nullable()),
);

/** Returns the kind of post that tells the asker about a card: `completion` for a workflow's step, else `notice`. */
function* resultKindOf({ tenant, decision }: PostKey): Work<'completion' | 'notice'> {
  return (yield* queryFirst(STEP_OF, { tenant, decision })) === null ? 'notice' : 'completion';
}

/** Stores a post's failure, and for a card queues the message to its asker, in the caller's transaction. */
function* failed(
  key: PostKey,
  state: PostState,
  error: string | null,
  now: number,
  tellAt: number,
): Work<void> {
  yield* execute(SET_STATE, { ...params(key), state, error });
  if (key.kind !== 'card') return;
  yield* execute(WANT, { ...params({ ...key, kind: yield* resultKindOf(key) }), due_at: tellAt, now });
}

/** Returns true if a new card in this channel must wait for an earlier one, in the caller's transaction. */
export function* hasEarlierCard(tenant: string, channel: string, now: number): Work<boolean> {
  return (yield* queryFirst(WAITING_IN_CHANNEL, { tenant, channel, waits: now + LONGEST_WAIT_MS })) !== null;
}

export function createPostStore(db: Database): PostStore {
  return {
    get: (key) => db.read(() => queryFirst(GET, params(key))),
    claim: (key, now) => db.write(() => queryFirst(CLAIM, { ...params(key), now })),
    claimRemoval: (key, now, until) =>
      db.write(() => queryFirst(CLAIM_REMOVAL, { ...params(key), now, until })),
    markRemoved: (key, ids, again) =>
      db.transaction(subjectOf(key), function* () {
        const post = yield* queryFirst(TO_BE_REMOVED, params(key));
        if (!post) return;
        const left = post.earlier.filter((id) => !ids.includes(id));
        const ts = post.ts !== null && ids.includes(post.ts) ? null : post.ts;
        yield* execute(SET_LEFT, {
          ...params(key),
          earlier: JSON.stringify(left),
          ts,
          state: left.length === 0 && ts === null ? 'dropped' : 'unwanted',
          again,
          attempts: ids.length === 0 ? post.attempts + 1 : 0,
        });
      }),
    markPosted: (key, ts, now) =>
      db.transaction(subjectOf(key), function* () {
        yield* execute(SET_POSTED, { ...params(key), ts });
        if (key.kind === 'card' && ts !== null) {
          // Several people may click the same lost card at the same moment, so a reasoning in flight stays.
          yield* execute(WANT_NEXT, { ...params({ ...key, kind: 'reasoning' }), due_at: now, now });
          // The card was rendered before changes that people made since. Without its ts, no update could show them.
          yield* markStaleIfTracked(key, now);
          yield* execute(SET_STATE, { ...params({ ...key, kind: 'notice' }), state: 'dropped', error: null });
          if ((yield* resultKindOf(key)) === 'completion') {
            yield* execute(WANT_NEXT, { ...params({ ...key, kind: 'completion' }), due_at: now, now });
          }
        }
      }),
    markRefused: (key, error, now) =>
      db.transaction(subjectOf(key), () => failed(key, 'refused', error, now, now + DIALOG_HEAD_START_MS)),
    markUnknown: (key, now) => db.transaction(subjectOf(key), () => failed(key, 'unknown', null, now, now)),
    retry: (key, now) => db.write(() => didChange(RETRY, { ...params(key), now })),
    want: (key, now, dueAt) => db.write(() => execute(WANT, { ...params(key), due_at: dueAt, now })),
    tellAsker: (key, now) =>
      db.transaction(subjectOf(key), function* () {
        yield* execute(WANT, { ...params({ ...key, kind: yield* resultKindOf(key) }), due_at: now, now });
      }),
    postpone: (key, dueAt) => db.write(() => execute(POSTPONE, { ...params(key), due_at: dueAt })),
    setAside: (key, dueAt) => db.write(() => execute(SET_ASIDE_UNTIL, { ...params(key), due_at: dueAt })),
    wake: (tenant, now) => db.write(() => execute(WAKE, { tenant, now, soon: now + SOON_MS })),
    dropNotice: ({ tenant, decision }, now) =>
      db.write(() => execute(SAID_IN_DIALOG, { tenant, decision, kind: 'notice', now })),
    drop: (key) => db.write(() => execute(SET_STATE, { ...params(key), state: 'dropped', error: null })),
    addReply: ({ tenant, decision }, ts, now) =>
      db.write(() => execute(REPLIED, { tenant, decision, kind: 'reasoning', ts, now })),
    savePermalink: (key, permalink) => db.write(() => execute(SET_PERMALINK, { ...params(key), permalink })),
    getStep: ({ tenant, decision }) => db.read(() => queryFirst(STEP_OF, { tenant, decision })),
    due: (now, limit, except) =>
      db.read(() => queryAll(DUE, { now, limit, except, waits: now + LONGEST_WAIT_MS })),
    nextDue: (now, except) => db.read(() => queryFirst(NEXT_DUE, { except, waits: now + LONGEST_WAIT_MS })),
    behind: (key, now) =>
      db.read(() => queryFirst(BEHIND, { ...params(key), now, waits: now + LONGEST_WAIT_MS })),
    abandoned: (before) => db.read(() => queryAll(ABANDONED, { before })),
    adopt: (key, before, now) =>
      db.transaction(subjectOf(key), function* () {
        if (!(yield* queryFirst(STILL_ABANDONED, { ...params(key), before }))) return false;
        if (key.kind === 'card') yield* failed(key, 'unknown', null, now, now);
        else yield* execute(WANT, { ...params(key), due_at: now, now });
        return true;
      }),
    countDue: async (now) => (await db.read(() => queryFirst(COUNT_WAITING, { now }))) ?? 0,
  };
}
