import { z } from 'zod';
import { POST_KINDS, POST_STATES, type Post, type PostKey, type PostState } from '../../core/post.ts';
import type { PostStore } from '../store.ts';
import { changedAlready } from './card-updates.ts';
import { KEY, subjectOf } from './key.ts';
import { appended } from './list.ts';
import { stillHere, tenantsWith } from './tenants.ts';
import { all, type Database, didChange, first, query, type Row, run, type Work } from './work.ts';

/** A refused card is left to the dialog that is about to say so for this long before its asker is told elsewhere. */
const DIALOG_HEAD_START_MS = 4_000;

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
      earlier: z.array(z.string()).parse(JSON.parse(earlier)),
      dueAt: due_at,
      wantedAt: wanted_at,
      replyUrl: reply_url,
    }),
  );

export const readPost = (row: Row): Post => postRow.parse(row);

const POST_KEY = `${KEY} AND kind = :kind`;

const GET = query(`SELECT * FROM posts WHERE ${POST_KEY}`, readPost);
const CLAIM = query(
  `UPDATE posts SET state = 'sent', sent_at = :now, attempts = attempts + 1
   WHERE ${POST_KEY} AND state = 'wanted' RETURNING *`,
  readPost,
);
const CLAIM_REMOVAL = query(
  `UPDATE posts SET due_at = :until WHERE ${POST_KEY} AND state = 'unwanted' AND due_at <= :now RETURNING *`,
  readPost,
);
const TO_BE_REMOVED = query(
  `SELECT * FROM posts WHERE ${POST_KEY} AND state = 'unwanted' FOR UPDATE`,
  readPost,
);
const SET_LEFT = `
  UPDATE posts SET earlier = :earlier, ts = :ts, state = :state, due_at = :again, attempts = :attempts
  WHERE ${POST_KEY}`;
const TO_DO = "q.state IN ('wanted', 'unwanted')";
const TENANTS = tenantsWith('posts q', 'q.tenant', TO_DO);
const IN_QUESTION = `tenants.tenant NOT IN :except[] AND ${stillHere('tenants')}`;
const DUE = query(
  `SELECT p.* FROM ${TENANTS} CROSS JOIN posts p
   WHERE ${IN_QUESTION} AND p.tenant = tenants.tenant AND (p.decision, p.kind) IN (
     SELECT q.decision, q.kind FROM posts q
     WHERE q.tenant = tenants.tenant AND ${TO_DO} AND q.due_at <= :now
     -- A card without replies leaves no trace in the channel, so it is removed after them.
     ORDER BY q.due_at, q.state = 'unwanted' AND q.kind = 'card' LIMIT 1)
   ORDER BY p.due_at, p.tenant LIMIT :limit`,
  readPost,
);
const NEXT_DUE = query(
  `SELECT min((SELECT min(q.due_at) FROM posts q WHERE q.tenant = tenants.tenant AND ${TO_DO})) AS at
   FROM ${TENANTS} WHERE ${IN_QUESTION}`,
  (row) => z.number().nullable().parse(row.at),
);
const ABANDONED = query(
  `SELECT * FROM posts WHERE state = 'sent' AND sent_at < :before AND ${stillHere('posts')}`,
  readPost,
);
const STILL_ABANDONED = query(
  `SELECT kind FROM posts WHERE ${POST_KEY} AND state = 'sent' AND sent_at < :before FOR UPDATE`,
  (row) => row.kind,
);
const COUNT_WAITING = query(
  `SELECT count(*) AS n FROM posts WHERE state IN ('wanted', 'unwanted') AND due_at <= :now AND ${stillHere('posts')}`,
  (row) => z.number().parse(row.n),
);

const SET_POSTED = `
  UPDATE posts SET error = NULL, reply_url = NULL,
    -- Deleted while it was on its way: what has appeared goes again. Wanted anew meanwhile: it is not the last one.
    state = CASE WHEN (SELECT status FROM decisions WHERE tenant = :tenant AND id = :decision) = 'deleted'
      THEN 'unwanted' WHEN again_at IS NOT NULL THEN 'wanted' ELSE 'posted' END,
    ts = CASE WHEN again_at IS NOT NULL THEN NULL ELSE coalesce(:ts, ts) END,
    earlier = CASE WHEN again_at IS NOT NULL AND coalesce(:ts, ts) IS NOT NULL
      THEN ${appended('earlier', 'coalesce(:ts, ts)')} ELSE earlier END,
    attempts = CASE WHEN again_at IS NULL THEN attempts ELSE 0 END,
    due_at = coalesce(again_at, due_at), again_at = NULL
  WHERE ${POST_KEY}`;
const SET_STATE = `
  UPDATE posts SET state = CASE WHEN again_at IS NULL THEN :state ELSE 'wanted' END, error = :error,
    attempts = CASE WHEN again_at IS NULL THEN attempts ELSE 0 END,
    due_at = coalesce(again_at, due_at), again_at = NULL
  WHERE ${POST_KEY}`;
/** Something else that was said in the thread: it goes with the rest where the decision is deleted. */
const REPLIED = `
  UPDATE posts SET earlier = ${appended('earlier', 'CAST(:ts AS TEXT)')},
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
/** The same for what follows on a card: one that is on its way is let be. */
const WANT_NEXT = `${WANT} AND posts.state <> 'sent'`;
const SAID_IN_DIALOG = `
  UPDATE posts SET state = 'dropped', error = NULL, due_at = :now
  WHERE ${POST_KEY} AND state = 'wanted' AND due_at > :now`;
const POSTPONE = `
  UPDATE posts SET due_at = :due_at, attempts = attempts + CASE WHEN state = 'unwanted' THEN 1 ELSE 0 END
  WHERE ${POST_KEY} AND state IN ('wanted', 'unwanted')`;

const params = ({ tenant, decision, kind }: PostKey) => ({ tenant, decision, kind });

const STEP_OF = query('SELECT step FROM decisions WHERE tenant = :tenant AND id = :decision', (row) =>
  z.string().nullable().parse(row.step),
);

/** Who is to hear what became of a card: the workflow's step that asked for it, or the person. */
function* listenerOf({ tenant, decision }: PostKey): Work<'completion' | 'notice'> {
  return (yield* first(STEP_OF, { tenant, decision })) === null ? 'notice' : 'completion';
}

/** The state that a post ended in, and for a card the word to its asker: both on disk, or neither. */
function* failed(
  key: PostKey,
  state: PostState,
  error: string | null,
  now: number,
  tellAt: number,
): Work<void> {
  yield* run(SET_STATE, { ...params(key), state, error });
  if (key.kind !== 'card') return;
  yield* run(WANT, { ...params({ ...key, kind: yield* listenerOf(key) }), due_at: tellAt, now });
}

export function postStore(db: Database): PostStore {
  return {
    get: (key) => db.read(() => first(GET, params(key))),
    claim: (key, now) => db.write(() => first(CLAIM, { ...params(key), now })),
    claimRemoval: (key, now, until) => db.write(() => first(CLAIM_REMOVAL, { ...params(key), now, until })),
    removed: (key, ids, again) =>
      db.transaction(subjectOf(key), function* () {
        const post = yield* first(TO_BE_REMOVED, params(key));
        if (!post) return;
        const left = post.earlier.filter((id) => !ids.includes(id));
        const ts = post.ts !== null && ids.includes(post.ts) ? null : post.ts;
        yield* run(SET_LEFT, {
          ...params(key),
          earlier: JSON.stringify(left),
          ts,
          state: left.length === 0 && ts === null ? 'dropped' : 'unwanted',
          again,
          attempts: ids.length === 0 ? post.attempts + 1 : 0,
        });
      }),
    posted: (key, ts, now) =>
      db.transaction(subjectOf(key), function* () {
        yield* run(SET_POSTED, { ...params(key), ts });
        if (key.kind === 'card' && ts !== null) {
          // Several people may find the same card at the same moment.
          yield* run(WANT_NEXT, { ...params({ ...key, kind: 'reasoning' }), due_at: now, now });
          // Drawn before what people have said since: nobody knew yet where to show it.
          yield* changedAlready(key, now);
          yield* run(SET_STATE, { ...params({ ...key, kind: 'notice' }), state: 'dropped', error: null });
          if ((yield* listenerOf(key)) === 'completion') {
            yield* run(WANT_NEXT, { ...params({ ...key, kind: 'completion' }), due_at: now, now });
          }
        }
      }),
    refused: (key, error, now) =>
      db.transaction(subjectOf(key), () => failed(key, 'refused', error, now, now + DIALOG_HEAD_START_MS)),
    unknown: (key, now) => db.transaction(subjectOf(key), () => failed(key, 'unknown', null, now, now)),
    retry: (key, now) => db.write(() => didChange(RETRY, { ...params(key), now })),
    want: (key, now, dueAt) => db.write(() => run(WANT, { ...params(key), due_at: dueAt, now })),
    tellAsker: (key, now) =>
      db.transaction(subjectOf(key), function* () {
        yield* run(WANT, { ...params({ ...key, kind: yield* listenerOf(key) }), due_at: now, now });
      }),
    postpone: (key, dueAt) => db.write(() => run(POSTPONE, { ...params(key), due_at: dueAt })),
    saidInDialog: ({ tenant, decision }, now) =>
      db.write(() => run(SAID_IN_DIALOG, { tenant, decision, kind: 'notice', now })),
    dropped: (key) => db.write(() => run(SET_STATE, { ...params(key), state: 'dropped', error: null })),
    replied: ({ tenant, decision }, ts, now) =>
      db.write(() => run(REPLIED, { tenant, decision, kind: 'reasoning', ts, now })),
    permalink: (key, permalink) => db.write(() => run(SET_PERMALINK, { ...params(key), permalink })),
    stepOf: ({ tenant, decision }) => db.read(() => first(STEP_OF, { tenant, decision })),
    due: (now, limit, except) => db.read(() => all(DUE, { now, limit, except })),
    nextDue: (except) => db.read(() => first(NEXT_DUE, { except })),
    abandoned: (before) => db.read(() => all(ABANDONED, { before })),
    adopt: (key, before, now) =>
      db.transaction(subjectOf(key), function* () {
        if (!(yield* first(STILL_ABANDONED, { ...params(key), before }))) return false;
        if (key.kind === 'card') yield* failed(key, 'unknown', null, now, now);
        else yield* run(WANT, { ...params(key), due_at: now, now });
        return true;
      }),
    waiting: async (now) => (await db.read(() => first(COUNT_WAITING, { now }))) ?? 0,
  };
}
