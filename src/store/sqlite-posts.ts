import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { POST_KINDS, POST_STATES, type Post, type PostKey, type PostState } from '../core/post.ts';
import { atomically, type Row, statements } from './sqlite-statements.ts';
import type { PostStore } from './store.ts';

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

const POST_KEY = 'tenant = :tenant AND decision = :decision AND kind = :kind';

export function postStore(db: DatabaseSync): PostStore {
  const query = statements(db);
  const get = query(`SELECT * FROM posts WHERE ${POST_KEY}`, readPost);
  const claim = query(
    `UPDATE posts SET state = 'sent', sent_at = :now, attempts = attempts + 1
     WHERE ${POST_KEY} AND state = 'wanted' RETURNING *`,
    readPost,
  );
  const due = query(
    `SELECT * FROM posts WHERE state IN ('wanted', 'unwanted') AND due_at <= :now
     -- A card without replies leaves no trace in the channel, so it is removed after them.
     ORDER BY due_at, state = 'unwanted' AND kind = 'card' LIMIT :limit`,
    readPost,
  );
  const nextDue = query(`SELECT min(due_at) AS at FROM posts WHERE state IN ('wanted', 'unwanted')`, (row) =>
    z.number().nullable().parse(row.at),
  );
  const abandoned = query(`SELECT * FROM posts WHERE state = 'sent' AND sent_at < :before`, readPost);

  const setPosted = db.prepare(
    `UPDATE posts SET ts = coalesce(:ts, ts), error = NULL, reply_url = NULL,
       -- Deleted while it was on its way: what has appeared goes again.
       state = CASE WHEN (SELECT status FROM decisions WHERE tenant = :tenant AND id = :decision) = 'deleted'
         THEN 'unwanted' ELSE 'posted' END
     WHERE ${POST_KEY}`,
  );
  const setState = db.prepare(`UPDATE posts SET state = :state, error = :error WHERE ${POST_KEY}`);
  const retry = db.prepare(
    `UPDATE posts SET state = 'wanted', due_at = :now, wanted_at = :now, attempts = 0
     WHERE ${POST_KEY} AND state IN ('refused', 'unknown')`,
  );
  const setPermalink = db.prepare(`UPDATE posts SET permalink = :permalink WHERE ${POST_KEY}`);
  const want = db.prepare(
    `INSERT INTO posts (tenant, decision, kind, state, channel, due_at, wanted_at)
     SELECT tenant, id, :kind, 'wanted', channel, :due_at, :now FROM decisions WHERE tenant = :tenant AND id = :decision
     ON CONFLICT (tenant, decision, kind) DO UPDATE SET state = 'wanted', due_at = :due_at,
       attempts = CASE WHEN state IN ('wanted', 'sent') THEN attempts ELSE 0 END
     WHERE posts.state NOT IN ('posted', 'unwanted') OR posts.kind = 'notice'`,
  );

  const postpone = db.prepare(`UPDATE posts SET due_at = :due_at, attempts = attempts + (state = 'unwanted')
     WHERE ${POST_KEY} AND state IN ('wanted', 'unwanted')`);

  const params = ({ tenant, decision, kind }: { tenant: string; decision: string; kind: string }) => ({
    tenant,
    decision,
    kind,
  });
  /** The state that a post ended in, and for a card the word to its asker: both on disk, or neither. */
  const failed = (key: PostKey, state: PostState, error: string | null, now: number, tellAt: number): void =>
    atomically(db, () => {
      setState.run({ ...params(key), state, error });
      if (key.kind === 'card') want.run({ ...params({ ...key, kind: 'notice' }), due_at: tellAt, now });
    });
  return {
    get: async (key) => get.first(params(key)),
    claim: async (key, now) => claim.first({ ...params(key), now }),
    posted: async (key, ts, now) =>
      atomically(db, () => {
        setPosted.run({ ...params(key), ts });
        if (key.kind === 'card' && ts !== null) {
          want.run({ ...params({ ...key, kind: 'reasoning' }), due_at: now, now });
          setState.run({ ...params({ ...key, kind: 'notice' }), state: 'dropped', error: null });
        }
      }),
    refused: async (key, error, now) => failed(key, 'refused', error, now, now + DIALOG_HEAD_START_MS),
    unknown: async (key, now) => failed(key, 'unknown', null, now, now),
    retry: async (key, now) => retry.run({ ...params(key), now }).changes > 0,
    want: async (key, now, dueAt) => void want.run({ ...params(key), due_at: dueAt, now }),
    postpone: async (key, dueAt) => void postpone.run({ ...params(key), due_at: dueAt }),
    dropped: async (key) => void setState.run({ ...params(key), state: 'dropped', error: null }),
    permalink: async (key, permalink) => void setPermalink.run({ ...params(key), permalink }),
    due: async (now, limit) => due.all({ now, limit }),
    nextDue: async () => nextDue.first({}),
    abandoned: async (before) => abandoned.all({ before }),
  };
}
