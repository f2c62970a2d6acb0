import type { Choice } from './ballot.ts';
import type { Decision, DecisionKey } from './decision.ts';
import type { GroupView } from './discussion.ts';
import type { DecisionRecord } from './record.ts';

/**
 * Kinds of messages that the bot posts. The channel sees `card`, `reasoning`, `announcement` (decided, reopened),
 * `file` (the record), `revisit` (the reminder), `edited` (the changes) and the two deadline reminders. A `notice`
 * tells the asker privately that a card couldn't be posted or updated. A `completion` reports to the workflow step that
 * asked.
 */
export const POST_KINDS = [
  'card',
  'reasoning',
  'notice',
  'announcement',
  'file',
  'revisit',
  'edited',
  'deadline_soon',
  'deadline',
  'completion',
] as const;
export type PostKind = (typeof POST_KINDS)[number];
/**
 * Life of a post:
 *
 *     wanted → sent → posted | refused | unknown     (sent → wanted if Slack certainly didn't post it)
 *
 * `sent` is on disk before the request leaves, so a crash can't post a card twice. After a crash, a card in `sent`
 * becomes `unknown`, and the asker says whether it is there. A deleted post is `unwanted` until Slack has removed it,
 * and then `dropped`.
 */
export const POST_STATES = ['wanted', 'sent', 'posted', 'refused', 'unknown', 'dropped', 'unwanted'] as const;
export type PostState = (typeof POST_STATES)[number];

/**
 * Queues per tenant, one for each group of Slack methods that a post needs. Slack's rate limits apply per method, so a
 * limit on one queue doesn't delay the others. `say` posts to a channel, `whisper` to one person, `step` to a workflow.
 */
export const POST_QUEUES = ['say', 'file', 'whisper', 'step', 'remove'] as const;
export type PostQueue = (typeof POST_QUEUES)[number];

/** Queue of each kind that doesn't go into `say`. */
export const QUEUE_OF_KIND: Readonly<Partial<Record<PostKind, PostQueue>>> = {
  file: 'file',
  notice: 'whisper',
  completion: 'step',
};

/** Returns the queue that a post waits in. */
export function queueOf({ kind, state }: Pick<Post, 'kind' | 'state'>): PostQueue {
  return state === 'unwanted' ? 'remove' : (QUEUE_OF_KIND[kind] ?? 'say');
}

export interface PostKey extends DecisionKey {
  readonly kind: PostKind;
}

/**
 * Value of a card's `error` once the channel's next card got through and this one still failed. Later cards no longer
 * wait for it. Slack's own error codes have no spaces.
 */
export const SET_ASIDE = 'set aside';

export interface Post extends PostKey {
  readonly state: PostState;
  readonly channel: string;
  /** Slack's `ts` of the posted message, or the id of a posted file. */
  readonly ts: string | null;
  /** Ids of the messages that this one replaced. */
  readonly earlier: readonly string[];
  readonly permalink: string | null;
  /** Slack's error code of a refused post, or `SET_ASIDE`. */
  readonly error: string | null;
  readonly attempts: number;
  /** Time of the next attempt, in milliseconds since 1970. */
  readonly dueAt: number;
  readonly wantedAt: number;
  readonly replyUrl: string | null;
}

/** A person's own vote on a decision, and whether they added answers. */
export interface Participation {
  readonly vote: Choice | null;
  readonly answered: boolean;
}

/** A decision as the history and the Home tab list it. */
export interface ListedDecision {
  readonly decision: Decision;
  readonly card: Post;
  /** Null while only the asker has answered. */
  readonly group: GroupView | null;
  readonly record: DecisionRecord | null;
  /** Slack's error code if the card can no longer be updated, otherwise null. */
  readonly stuck: string | null;
}

/** Shortest time between two updates of a card, in milliseconds. Faster changes would be hard to read. */
export const MIN_UPDATE_INTERVAL_MS = 1_000;

/** A card in Slack that is older than its decision in the database. */
export interface StaleCard extends DecisionKey {
  /** Latest change that a card drawn now includes. */
  readonly revision: number;
  /** Failed attempts since the last successful update. */
  readonly attempts: number;
}

/** A listed decision that concerns a person, with that person's own vote. */
export interface OwnListedDecision extends ListedDecision {
  readonly own: Participation;
}
