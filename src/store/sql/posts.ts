// Changes of posts: claimed, posted, refused, wanted again, dropped.
import { z } from 'zod';
import { type PostKey, type PostState, SET_ASIDE } from '../../decision/post.ts';
import type { PostStore } from '../store.ts';
import { markStaleIfTracked } from './card-updates.ts';
import { appendToList, lockNameOf } from './fragments.ts';
import { createPostQueue, POST_KEY, postParams, readPost } from './post-queue.ts';
import { columnReader } from './reading.ts';
import { type Database, defineQuery, didChange, execute, queryFirst, type Work } from './work.ts';

/** Time that an open dialog has to show a refused card's error before its asker gets a private message. */
const DIALOG_HEAD_START_MS = 4_000;

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
const STILL_ABANDONED = defineQuery(
  `SELECT kind FROM posts WHERE ${POST_KEY} AND state = 'sent' AND sent_at < :before FOR UPDATE`,
  (row) => row.kind,
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
  yield* execute(SET_STATE, { ...postParams(key), state, error });
  if (key.kind !== 'card') return;
  yield* execute(WANT, { ...postParams({ ...key, kind: yield* resultKindOf(key) }), due_at: tellAt, now });
}

export function createPostStore(db: Database): PostStore {
  return {
    ...createPostQueue(db),
    get: (key) => db.read(() => queryFirst(GET, postParams(key))),
    claim: (key, now) => db.write(() => queryFirst(CLAIM, { ...postParams(key), now })),
    claimRemoval: (key, now, until) =>
      db.write(() => queryFirst(CLAIM_REMOVAL, { ...postParams(key), now, until })),
    markRemoved: (key, ids, again) =>
      db.transaction(lockNameOf(key), function* () {
        const post = yield* queryFirst(TO_BE_REMOVED, postParams(key));
        if (!post) return;
        const left = post.earlier.filter((id) => !ids.includes(id));
        const ts = post.ts !== null && ids.includes(post.ts) ? null : post.ts;
        yield* execute(SET_LEFT, {
          ...postParams(key),
          earlier: JSON.stringify(left),
          ts,
          state: left.length === 0 && ts === null ? 'dropped' : 'unwanted',
          again,
          attempts: ids.length === 0 ? post.attempts + 1 : 0,
        });
      }),
    markPosted: (key, ts, now) =>
      db.transaction(lockNameOf(key), function* () {
        yield* execute(SET_POSTED, { ...postParams(key), ts });
        if (key.kind === 'card' && ts !== null) {
          // Several people may click the same lost card at the same moment, so a reasoning in flight stays.
          yield* execute(WANT_NEXT, { ...postParams({ ...key, kind: 'reasoning' }), due_at: now, now });
          // The card was rendered before changes that people made since. Without its ts, no update could show them.
          yield* markStaleIfTracked(key, now);
          yield* execute(SET_STATE, {
            ...postParams({ ...key, kind: 'notice' }),
            state: 'dropped',
            error: null,
          });
          if ((yield* resultKindOf(key)) === 'completion') {
            yield* execute(WANT_NEXT, { ...postParams({ ...key, kind: 'completion' }), due_at: now, now });
          }
        }
      }),
    markRefused: (key, error, now) =>
      db.transaction(lockNameOf(key), () => failed(key, 'refused', error, now, now + DIALOG_HEAD_START_MS)),
    markUnknown: (key, now) => db.transaction(lockNameOf(key), () => failed(key, 'unknown', null, now, now)),
    retry: (key, now) => db.write(() => didChange(RETRY, { ...postParams(key), now })),
    want: (key, now, dueAt) => db.write(() => execute(WANT, { ...postParams(key), due_at: dueAt, now })),
    tellAsker: (key, now) =>
      db.transaction(lockNameOf(key), function* () {
        yield* execute(WANT, { ...postParams({ ...key, kind: yield* resultKindOf(key) }), due_at: now, now });
      }),
    postpone: (key, dueAt) => db.write(() => execute(POSTPONE, { ...postParams(key), due_at: dueAt })),
    setAside: (key, dueAt) => db.write(() => execute(SET_ASIDE_UNTIL, { ...postParams(key), due_at: dueAt })),
    wake: (tenant, now) => db.write(() => execute(WAKE, { tenant, now, soon: now + SOON_MS })),
    dropNotice: ({ tenant, decision }, now) =>
      db.write(() => execute(SAID_IN_DIALOG, { tenant, decision, kind: 'notice', now })),
    drop: (key) => db.write(() => execute(SET_STATE, { ...postParams(key), state: 'dropped', error: null })),
    addReply: ({ tenant, decision }, ts, now) =>
      db.write(() => execute(REPLIED, { tenant, decision, kind: 'reasoning', ts, now })),
    savePermalink: (key, permalink) =>
      db.write(() => execute(SET_PERMALINK, { ...postParams(key), permalink })),
    getStep: ({ tenant, decision }) => db.read(() => queryFirst(STEP_OF, { tenant, decision })),
    adopt: (key, before, now) =>
      db.transaction(lockNameOf(key), function* () {
        if (!(yield* queryFirst(STILL_ABANDONED, { ...postParams(key), before }))) return false;
        if (key.kind === 'card') yield* failed(key, 'unknown', null, now, now);
        else yield* execute(WANT, { ...postParams(key), due_at: now, now });
        return true;
      }),
  };
}
