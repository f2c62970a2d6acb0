import type { Choice } from './ballot.ts';
import type { Decision, DecisionKey } from './decision.ts';
import type { GroupView } from './discussion.ts';
import type { DecisionRecord } from './record.ts';

/**
 * `card`, `reasoning`, `announcement` (decided, reopened), `file` (the record), `revisit` (the reminder)
 * `edited` (what changed) and the two reminders of a deadline are seen by the channel; `notice` is the private word to
 * the asker about a card that could not be posted or updated, and `completion` the word to the workflow's step that
 * asked for a card. Their life:
 *
 *     wanted → sent → posted | refused | unknown     (sent → wanted when Slack surely did not take it)
 *
 * `sent` is on disk before the request leaves, so a process that dies never leaves a card that might be
 * posted twice: what is found in `sent` afterwards becomes `unknown`, and a person decides. What somebody
 * deleted is `unwanted` until Slack has removed it, then `dropped`. The `ts` of a file is its id.
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
export const POST_STATES = ['wanted', 'sent', 'posted', 'refused', 'unknown', 'dropped', 'unwanted'] as const;
export type PostState = (typeof POST_STATES)[number];

/**
 * What calls a post takes of Slack. Slack counts each method by itself, so what keeps one kind of call waiting keeps no
 * other: `say` is a message in a channel, `whisper` one to a single person, `step` a word to a workflow.
 */
export const POST_LINES = ['say', 'file', 'whisper', 'step', 'remove'] as const;
export type PostLine = (typeof POST_LINES)[number];

/** Every kind that is not said in the channel. */
export const LINE_OF_KIND: Readonly<Partial<Record<PostKind, PostLine>>> = {
  file: 'file',
  notice: 'whisper',
  completion: 'step',
};

export function lineOf({ kind, state }: Pick<Post, 'kind' | 'state'>): PostLine {
  return state === 'unwanted' ? 'remove' : (LINE_OF_KIND[kind] ?? 'say');
}

export interface PostKey extends DecisionKey {
  readonly kind: PostKind;
}

/**
 * In place of an error code: this card failed while what was asked for after it in the same channel was taken, so that
 * nothing waits for it any more. No code of Slack's has a space.
 */
export const SET_ASIDE = 'set aside';

export interface Post extends PostKey {
  readonly state: PostState;
  readonly channel: string;
  /** Slack's id of the message once posted. */
  readonly ts: string | null;
  /** Ids of what was posted in its place before. */
  readonly earlier: readonly string[];
  readonly permalink: string | null;
  /** Slack's error code for a refused one; `SET_ASIDE` for one that is wanted, but whose turn is over. */
  readonly error: string | null;
  readonly attempts: number;
  /** Milliseconds since 1970: not tried before. */
  readonly dueAt: number;
  readonly wantedAt: number;
  readonly replyUrl: string | null;
}

/** What somebody has said about a decision. */
export interface Own {
  readonly vote: Choice | null;
  readonly answered: boolean;
}

/** A decision as lists show it. */
export interface Listed {
  readonly decision: Decision;
  readonly card: Post;
  /** Null while nobody but the asker has answered. */
  readonly group: GroupView | null;
  readonly record: DecisionRecord | null;
  /** Slack's code for why the card can't be brought up to date any more; null while it can. */
  readonly stuck: string | null;
}

/** Least time between two updates of a card, in milliseconds, so that people can read it. */
export const BETWEEN_UPDATES_MS = 1_000;

/** A card that Slack shows otherwise than the database has it. */
export interface StaleCard extends DecisionKey {
  /** The change up to which a card drawn now is up to date. */
  readonly revision: number;
  /** Attempts since it was last shown. */
  readonly attempts: number;
}

/** One that concerns somebody, with what they have said about it. */
export interface Concerning extends Listed {
  readonly own: Own;
}
