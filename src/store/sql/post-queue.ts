// The queue of posts: which post of each tenant is due, and in which order.
import { z } from 'zod';
import {
  POST_KINDS,
  POST_QUEUES,
  POST_STATES,
  type Post,
  type PostKey,
  QUEUE_OF_KIND,
  SET_ASIDE,
} from '../../decision/post.ts';
import type { PostStore } from '../store.ts';
import { OF_DECISION } from './fragments.ts';
import { columnReader, jsonReader, rowReader } from './reading.ts';
import { notDeparted, tenantsWith } from './tenants.ts';
import { type Database, defineQuery, queryAll, queryFirst, type Work } from './work.ts';

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

export const POST_KEY = `${OF_DECISION} AND kind = :kind`;

export const postParams = ({ tenant, decision, kind }: PostKey) => ({ tenant, decision, kind });

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
const COUNT_WAITING = defineQuery(
  `SELECT count(*) AS n FROM posts WHERE state IN ('wanted', 'unwanted') AND due_at <= :now AND ${notDeparted('posts')}`,
  columnReader('n', z.number()),
);

/** Returns true if a new card in this channel must wait for an earlier one, in the caller's transaction. */
export function* hasEarlierCard(tenant: string, channel: string, now: number): Work<boolean> {
  return (yield* queryFirst(WAITING_IN_CHANNEL, { tenant, channel, waits: now + LONGEST_WAIT_MS })) !== null;
}

/** Creates the calls of the store that read the queue. */
export function createPostQueue(
  db: Database,
): Pick<PostStore, 'due' | 'nextDue' | 'behind' | 'abandoned' | 'countDue'> {
  return {
    due: (now, limit, except) =>
      db.read(() => queryAll(DUE, { now, limit, except, waits: now + LONGEST_WAIT_MS })),
    nextDue: (now, except) => db.read(() => queryFirst(NEXT_DUE, { except, waits: now + LONGEST_WAIT_MS })),
    behind: (key, now) =>
      db.read(() => queryFirst(BEHIND, { ...postParams(key), now, waits: now + LONGEST_WAIT_MS })),
    abandoned: (before) => db.read(() => queryAll(ABANDONED, { before })),
    countDue: async (now) => (await db.read(() => queryFirst(COUNT_WAITING, { now }))) ?? 0,
  };
}
