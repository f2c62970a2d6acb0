// The store's port: every call that the bot makes to its database. Times are milliseconds since 1970.
import type { Answers } from '../advice/answers.ts';
import type { Choice } from '../decision/ballot.ts';
import type { Decision, DecisionKey, DraftRound, Round } from '../decision/decision.ts';
import type { Discussion, VoteContext } from '../decision/discussion.ts';
import type { PersonData } from '../decision/person-data.ts';
import type { ListedDecision, OwnListedDecision, Post, PostKey, StaleCard } from '../decision/post.ts';

/**
 * Everything the bot stores. Once a call resolves, its change is on disk. A call stays within one tenant unless its
 * comment starts with "Across tenants". All calls reject on a database outage.
 */
export interface Store {
  /** True if no other process uses this database, so work that an earlier process left unfinished has no owner. */
  readonly alone: boolean;
  readonly decisions: DecisionStore;
  readonly posts: PostStore;
  readonly discussions: DiscussionStore;
  readonly records: RecordStore;
  readonly cardUpdates: CardUpdateStore;
  readonly homes: HomeStore;
  readonly deliveries: DeliveryStore;
  readonly people: PeopleStore;
  readonly inbox: InboxStore;
  readonly installations: InstallationStore;
  readonly tenants: TenantStore;
  readonly waits: WaitStore;
  /** Resolves if the database answers. */
  ping(): Promise<void>;
  /** Returns the use of the connection pool; null for SQLite, which has none. */
  pool(): PoolUse | null;
  close(): Promise<void>;
}

/** Numbers of open connections, unused connections, and requests that wait for one. */
export interface PoolUse {
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
}

/** A decision as a person's dialog or a workflow asks for it, before it is stored. */
export interface Draft {
  /** Id to use if this submission is new. */
  readonly id: string;
  readonly tenant: string;
  readonly workspace: string;
  /** Identifies the dialog (its view id): the same submission twice makes one decision. */
  readonly submission: string;
  readonly channel: string;
  /** Slack's ts of the parent of the thread that the card goes into; null for the channel itself. */
  readonly thread: string | null;
  readonly project: string;
  readonly asker: string;
  readonly deciders: readonly string[];
  /** A workflow named no deciders, so every member decides. */
  readonly anyoneDecides: boolean;
  readonly hideUntilDecided: boolean;
  /** Deadline for votes; null for none. */
  readonly voteUntil: number | null;
  /** Id of the earlier decision that this one will replace; null for none. */
  readonly supersedes: string | null;
  /** Slack's id of the workflow step's run that asks (`function_execution_id`); null for a person. */
  readonly step: string | null;
  readonly round: DraftRound;
  /** Slack's response URL for private messages to the asker, valid for 30 minutes; null if Slack sent none. */
  readonly replyUrl: string | null;
}

/** Result of `submit`; `id` is the decision's. */
export type SubmitResult =
  /**
   * A new decision, or one that replaces an earlier submission of the same dialog. Its card will be posted. `inTurn`:
   * no earlier card of this channel is still waiting.
   */
  | { readonly kind: 'created' | 'replaced'; readonly id: string; readonly inTurn: boolean }
  /** Nothing changed: Slack has this submission's card, is getting it, or may have it. */
  | { readonly kind: 'unchanged'; readonly id: string };

export interface DecisionStore {
  /**
   * Writes the decision, its first round and its posts in one transaction.
   *
   * @param claimedAt if given and the card is in turn, the caller must post it, as after `posts.claim` at this time
   */
  submit(draft: Draft, claimedAt?: number): Promise<SubmitResult>;
  get(tenant: string, id: string): Promise<Decision | null>;
  /** Returns true if only the tombstone of a deleted decision is left, and false if there is no such decision. */
  isDeleted(tenant: string, id: string): Promise<boolean>;
  /** Returns a channel's decisions with their cards, newest first. Only the asker sees one whose card isn't posted. */
  listInChannel(tenant: string, channel: string, page: ListPage): Promise<readonly ListedDecision[]>;
  /**
   * Returns the newest decision whose card started this thread or is a reply in it; null for none.
   *
   * @param thread Slack's ts of the thread's parent
   */
  findInThread(tenant: string, channel: string, thread: string): Promise<Decision | null>;
  /**
   * Across tenants: deletes decisions that haven't changed since `before` and have nothing left to post. Their messages
   * in Slack stay.
   *
   * @returns the number of deleted decisions, at most `limit`
   */
  expire(before: number, limit: number): Promise<number>;
  /** Returns the decisions that this person asked for, decides, voted on or answered, newest first. */
  listOfPerson(tenant: string, person: string, limit: number): Promise<readonly OwnListedDecision[]>;
}

/** Result of a person's vote, reason or answers. */
export type DiscussionResult =
  /** The change is on disk, and the card is marked as stale. */
  | { readonly kind: 'recorded' }
  /** The stored value was already this one, so nothing changed. */
  | { readonly kind: 'same' }
  /** The value stays, but now counts for the asker's newest round of answers. */
  | { readonly kind: 'confirmed' }
  /** The person's stored vote isn't the one that this reason was given for. */
  | { readonly kind: 'changed' }
  /** The person has no vote or answers that the call could change. */
  | { readonly kind: 'none' }
  /** The decision is no longer open. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'gone' };

export type VoteResult = DiscussionResult & {
  /** True if the bot doesn't know the card's ts. The vote's payload has it, because the voter used the card. */
  readonly cardIsLost: boolean;
  /** True if this person has ever opened the Home tab. */
  readonly atHome: boolean;
};

/** Votes, reasons and answers. Every change marks the decision's card as stale in the same transaction. */
export interface DiscussionStore {
  get(key: DecisionKey): Promise<Discussion | null>;
  /** Returns a short summary for the private reply to a person's vote; null if there is no such decision. */
  glance(key: DecisionKey, person: string): Promise<VoteContext | null>;
  /** Replaces the person's earlier vote. Its reason stays only if the choice is the same. */
  vote(key: DecisionKey, person: string, choice: Choice, now: number): Promise<VoteResult>;
  /**
   * Stores the reason for a person's vote; an empty reason deletes it.
   *
   * @param choice the vote that the reason was written for; `changed` if the person has voted differently since. Null
   *   gives the reason to the current vote.
   */
  giveReason(
    key: DecisionKey,
    person: string,
    choice: Choice | null,
    reason: string,
    now: number,
  ): Promise<DiscussionResult>;
  withdraw(key: DecisionKey, person: string, now: number): Promise<DiscussionResult>;
  /**
   * Replaces the person's earlier answers; an empty object deletes them. The same transaction computes and stores the
   * group view, so concurrent answers are all counted.
   */
  answer(key: DecisionKey, person: string, answers: Answers, now: number): Promise<DiscussionResult>;
  /**
   * Adds a round with the asker's edited answers, and a post about the changes in the thread. Other people's answers
   * and votes stay, and keep the number of the round that they were given in.
   */
  edit(key: DecisionKey, round: Omit<Round, 'number'>): Promise<DiscussionResult>;
  /** Returns all rounds in order, and the number of the last round whose changes were posted to the thread. */
  listRounds(key: DecisionKey): Promise<{ readonly rounds: readonly Round[]; readonly told: number }>;
  /** Stores that the changes up to this round were posted to the thread. */
  markRoundPosted(key: DecisionKey, number: number): Promise<void>;
}

/** Result of a step between open and decided. `elsewhere`: another person's step came first. */
export type RecordResult = 'done' | 'elsewhere' | 'gone';
/** `same`: the file was requested within the last minutes, so it isn't posted again. */
export type ExportResult = RecordResult | 'same';

export interface NewRecord {
  readonly outcome: Choice;
  readonly rationale: string;
  /** Day to revisit the decision, as in 2027-05-23; null for none. */
  readonly revisit: string | null;
  /** Time of the reminder to revisit, in milliseconds since 1970; null for none. */
  readonly revisitAt: number | null;
  readonly by: string;
}

/** Steps from open to decided and back. Each marks the card as stale and queues the posts for its thread. */
export interface RecordStore {
  /** Records the outcome. A decision gets its number in the channel the first time. */
  decide(key: DecisionKey, outcome: NewRecord, now: number): Promise<RecordResult>;
  reopen(key: DecisionKey, by: string, now: number): Promise<RecordResult>;
  /** Moves the revisit to another day. */
  snooze(key: DecisionKey, revisit: string, revisitAt: number, now: number): Promise<RecordResult>;
  /** Posts the record's file again, unless it was requested within the last five minutes. */
  exportFile(key: DecisionKey, now: number): Promise<ExportResult>;
  /** Deletes everything that people entered, and queues its messages for removal. A tombstone and the number stay. */
  remove(key: DecisionKey, now: number): Promise<RecordResult>;
}

/** The queue of cards that Slack shows differently from the database. */
export interface CardUpdateStore {
  /** Marks a card as stale. */
  markStale(key: DecisionKey, now: number): Promise<void>;
  /**
   * Across tenants: claims the due card that has waited longest, among tenants with a call left in their rate limit,
   * and spends that call. No other caller gets the card before `until`.
   *
   * @param except tenants to skip
   * @returns null if no card is due now
   */
  claim(now: number, until: number, limits: RateLimit, except: readonly string[]): Promise<StaleCard | null>;
  /** Stops this tenant's updates until `time`, because Slack rate-limited them. */
  blockUntil(tenant: string, time: number, limits: RateLimit): Promise<void>;
  /** Across tenants except `except`: returns when the next card is due and within the rate limit; null for none. */
  nextDue(limits: RateLimit, except: readonly string[]): Promise<number | null>;
  /** Makes the tenant's failed updates due now, because one just succeeded. */
  wake(tenant: string, now: number): Promise<void>;
  /** Stores that Slack shows the card of this revision. Later changes are due at `again`. */
  markShown(stale: StaleCard, now: number, again: number): Promise<void>;
  /** Postpones a failed update to `dueAt`. */
  postpone(key: DecisionKey, dueAt: number): Promise<void>;
  /**
   * Stops updating a card, because Slack will never accept it. A click on the card proves that it exists, and ends
   * this. The first time, the same transaction queues a private message to the asker.
   */
  markStuck(key: DecisionKey, code: string, now: number): Promise<void>;
  /** Returns Slack's error code if the card is stuck; null if it isn't. */
  getStuckCode(key: DecisionKey): Promise<string | null>;
  /** Across tenants: counts the stale cards. */
  countStale(): Promise<number>;
}

/** A rate limit: `burst` calls at once, then one every `msPerCall` milliseconds. */
export interface RateLimit {
  readonly burst: number;
  readonly msPerCall: number;
}

/** People who have opened the Home tab. The bot keeps their tab up to date. */
export interface HomeStore {
  /** Stores that this person has opened the Home tab. */
  markOpened(tenant: string, person: string): Promise<void>;
  /** Returns the people among these who have opened the Home tab. */
  listOpened(tenant: string, people: readonly string[]): Promise<readonly string[]>;
}

/** A person's stored data, and its deletion. */
export interface PeopleStore {
  dataOf(tenant: string, person: string): Promise<PersonData>;
  /**
   * Deletes the person's votes, answers and Slack id in at most `limit` decisions, and marks their cards as stale. The
   * team's decisions stay, without the id.
   *
   * @param how `cards`: also deletes the cards that the person asked for, as `records.remove` does
   * @returns the number of decisions with deletions; less than `limit` if nothing is left
   */
  forget(
    tenant: string,
    person: string,
    how: { readonly cards: boolean; readonly limit: number },
    now: number,
  ): Promise<number>;
}

/** Deduplicates deliveries: Slack retries a request that it believes unanswered, maybe to another process. */
export interface DeliveryStore {
  /** Stores a delivery's id. @returns false if it was stored before, so this is a retry */
  take(tenant: string, id: string, now: number): Promise<boolean>;
  /** Across tenants: deletes the ids stored before this time. */
  forget(before: number): Promise<void>;
}

/** An event or job that waits to be handled. */
export interface InboxEntry {
  /** Slack's event id, or the job's own. */
  readonly id: string;
  readonly tenant: string;
  readonly body: unknown;
  readonly attempts: number;
}

/** Queue of events and jobs that must be on disk before the ack, because Slack never resends them after it. */
export interface InboxStore {
  /** Adds an entry, unless one with this id is still queued. */
  put(received: Omit<InboxEntry, 'attempts'>, now: number): Promise<void>;
  /** Adds an entry, unless one with this id was ever added by this call. */
  putOnce(received: Omit<InboxEntry, 'attempts'>, now: number): Promise<void>;
  /** Across tenants: claims the due entry that has waited longest. No other caller gets it before `until`. */
  claim(now: number, until: number): Promise<InboxEntry | null>;
  /** Deletes a handled entry. */
  remove(id: string): Promise<void>;
  /** Postpones an entry to `dueAt`. */
  postpone(id: string, dueAt: number): Promise<void>;
  /** Across tenants: returns when the next entry is due; null for none. */
  nextDue(): Promise<number | null>;
}

/** A workspace or organisation that installed the app by OAuth. Its tokens are encrypted; the store has no key. */
export interface Installation {
  readonly tenant: string;
  /** Slack's id of the organisation, for an org-wide installation or a workspace that belongs to one; else null. */
  readonly enterprise: string | null;
  /** Slack's id of the workspace; null for an org-wide installation. */
  readonly team: string | null;
  /** Name of the workspace or organisation. */
  readonly name: string;
  readonly botId: string;
  readonly botUser: string;
  readonly botName: string;
  readonly installedBy: string;
  readonly installedAt: number;
  readonly token: string;
  /** Encrypted; null if the app's tokens don't expire. */
  readonly refreshToken: string | null;
  readonly expiresAt: number | null;
}

type Tokens = Pick<Installation, 'token' | 'refreshToken' | 'expiresAt'>;

export interface InstallationStore {
  get(tenant: string): Promise<Installation | null>;
  count(): Promise<number>;
  /**
   * Returns a page of all installations, ordered by tenant.
   *
   * @param tenant the last one of the page before; null for none
   */
  listAfter(tenant: string | null, limit: number): Promise<readonly Installation[]>;
  /** Returns one active installation for each format and key of encrypted tokens, ordered by tenant. */
  onePerKey(limit: number): Promise<readonly Installation[]>;
  /** Stores an installation in place of an earlier one, and cancels the tenant's departure, if any. */
  save(installation: Installation): Promise<void>;
  /** Active installations whose token expires before `before` and isn't being renewed, soonest first. */
  listExpiring(before: number, now: number, limit: number): Promise<readonly Installation[]>;
  /** Claims a token's renewal until `until`. @returns null if another process has claimed or finished it */
  claimRenewal(tenant: string, before: number, now: number, until: number): Promise<Installation | null>;
  /**
   * Stores renewed tokens and ends the claim.
   *
   * @returns false if the app was uninstalled or installed again since the claim; then these tokens are of no use
   */
  saveRenewal(claimed: Pick<Installation, 'tenant' | 'installedAt'>, tokens: Tokens): Promise<boolean>;
  /**
   * Stores unchanged tokens under another encryption key.
   *
   * @returns false if the tokens were replaced in the meantime
   */
  saveReencrypted(tenant: string, oldToken: string, tokens: Omit<Tokens, 'expiresAt'>): Promise<boolean>;
}

/**
 * Result of an erasure. `more`: some data is left. `again`: all deleted, but one more pass follows. `done`: all
 * deleted. `back`: nothing deleted, because the workspace installed the app again.
 */
export type ErasureResult = 'more' | 'again' | 'done' | 'back';

/** Workspaces that removed the app. The bot does no work for them, and deletes their data when it is due. */
export interface TenantStore {
  /**
   * Deletes the tenant's tokens at once; `erase` deletes the rest after `eraseAt`.
   * @returns false if the app has been installed again since `leftAt`
   */
  leave(tenant: string, leftAt: number, now: number, eraseAt: number): Promise<boolean>;
  /** Cancels a departure. @param seen when the app last worked there; a departure after this time stays */
  comeBack(tenant: string, seen: number): Promise<void>;
  /** Returns tenants whose data is due for deletion, longest due first. */
  listToErase(now: number, limit: number): Promise<readonly string[]>;
  /** Returns when the next tenant's data is due for deletion; null for none. */
  nextErasure(): Promise<number | null>;
  /**
   * Deletes all of a tenant's data, at most `limit` decisions at once. If the tenant left less than `again - now` ago,
   * another process may still have its token cached and write something. Then a second pass is due at `again`.
   */
  erase(tenant: string, now: number, again: number, limit: number): Promise<ErasureResult>;
}

/** The longest waits that the bot itself stores, in milliseconds. */
export type LongestWaits = Readonly<{
  /** Wait for a first attempt, or for the holder of a claim on a post or card. */
  first: number;
  /** Wait between two attempts. */
  retry: number;
  /** Wait between two attempts at an inbox entry. No shorter than its claim. */
  inbox: number;
  /** Wait that leaves a tenant one call: if Slack still rate-limits the tenant, the response says so. */
  budget: number;
  /** Wait before the data of a tenant that left is erased. */
  erase: number;
}>;

/** Repairs times that a wrong clock stored. */
export interface WaitStore {
  /**
   * Across tenants: makes everything that waits longer than `longest` due now, because a clock that was ahead stored
   * it. Data of a tenant that left is due `erase` from now instead, because erasing can't be undone. A tenant's rate
   * limit ends `budget` from now. Days that people picked stay.
   */
  shorten(now: number, longest: LongestWaits): Promise<void>;
}

export interface ListPage {
  /** Slack user id of the person who will see the list. */
  readonly viewer: string;
  /** Words that must all occur in the project's name, in any letter case; empty for all decisions. */
  readonly words: readonly string[];
  readonly offset: number;
  readonly limit: number;
}

/** The queue of posts. `src/decision/post.ts` describes their states. */
export interface PostStore {
  get(key: PostKey): Promise<Post | null>;
  /**
   * Changes wanted to sent, for exactly one caller.
   *
   * @returns the post as it is now; null if another caller claimed it or it isn't wanted
   */
  claim(key: PostKey, now: number): Promise<Post | null>;
  /**
   * Claims an unwanted post for removal until `until`.
   *
   * @returns the post as it is now; null if another caller claimed it or there is nothing to remove
   */
  claimRemoval(key: PostKey, now: number, until: number): Promise<Post | null>;
  /**
   * Stores which of a post's messages are gone from Slack. The rest, and newer ones, are due for removal at `again`.
   */
  markRemoved(key: PostKey, ids: readonly string[], again: number): Promise<void>;
  /**
   * Stores that Slack has the message, with its ts, and deletes the response URL. For a card with a ts, the same
   * transaction makes the reasoning due.
   */
  markPosted(key: PostKey, ts: string | null, now: number): Promise<void>;
  /**
   * Stores Slack's refusal. For a card, the same transaction queues a private message to its asker, due in four
   * seconds: by then an open dialog may have shown the error.
   */
  markRefused(key: PostKey, error: string, now: number): Promise<void>;
  /** Stores that Slack may have the message. For a card, the same transaction queues the question to its asker. */
  markUnknown(key: PostKey, now: number): Promise<void>;
  /**
   * Changes refused or unknown to wanted, because a person asked for it.
   *
   * @returns false if the post is posted or on its way, so a second click never posts a second card
   */
  retry(key: PostKey, now: number): Promise<boolean>;
  /**
   * Makes a post wanted at `dueAt`. Only the caller that claimed it may call this, if Slack surely doesn't have the
   * message. For a notice, any caller may: it can be posted again.
   */
  want(key: PostKey, now: number, dueAt: number): Promise<void>;
  /** Queues the result for the card's asker, due now: a notice to a person, or a completion for a workflow's step. */
  tellAsker(card: PostKey, now: number): Promise<void>;
  /** Postpones a wanted or unwanted post to `dueAt`. Changes nothing in any other state. */
  postpone(key: PostKey, dueAt: number): Promise<void>;
  /** Postpones a wanted card to `dueAt`, and lets later cards of its channel go first. */
  setAside(card: PostKey, dueAt: number): Promise<void>;
  /** Returns the next card that waits for this one in its channel; null for none. */
  behind(card: PostKey, now: number): Promise<Post | null>;
  /** Makes the tenant's failed posts that would be retried within 30 seconds due now, because Slack works again. */
  wake(tenant: string, now: number): Promise<void>;
  /**
   * Drops the notice to the asker, because the dialog showed the error. A notice that is already due stays: another
   * delivery of the same submission has closed the dialog, maybe in another process.
   */
  dropNotice(card: DecisionKey, now: number): Promise<void>;
  /** Drops a post that is no longer needed. */
  drop(key: PostKey): Promise<void>;
  /** Stores another message in the decision's thread, so that deleting the decision removes it too. */
  addReply(key: DecisionKey, ts: string, now: number): Promise<void>;
  /** Stores Slack's permalink of a posted message. */
  savePermalink(key: PostKey, permalink: string): Promise<void>;
  /** Returns the run of the workflow's step that asked for this card, even a deleted one; null for a person. */
  getStep(key: DecisionKey): Promise<string | null>;
  /**
   * Across tenants: returns the next wanted or unwanted post of each tenant, longest due first. A channel's cards come
   * in the order in which people asked for them. A card waits while an earlier one is sent or waits for a retry, unless
   * the earlier one was set aside.
   *
   * @param except posts to skip: `TENANT`, `TENANT QUEUE` or `TENANT QUEUE CHANNEL`, as `CallLimits` builds them
   */
  due(now: number, limit: number, except: readonly string[]): Promise<readonly Post[]>;
  /** Across tenants: returns when the next post is due that doesn't wait for another; null for none. */
  nextDue(now: number, except: readonly string[]): Promise<number | null>;
  /** Across tenants: returns posts that were claimed before this time and have no result. */
  abandoned(before: number): Promise<readonly Post[]>;
  /**
   * Takes over an abandoned post, for exactly one caller. A card becomes `unknown`, with a question to its asker. Any
   * other post becomes wanted.
   *
   * @returns false if another caller took it over or stored its result
   */
  adopt(key: PostKey, before: number, now: number): Promise<boolean>;
  /** Across tenants: counts the posts that are due but not posted or removed. */
  countDue(now: number): Promise<number>;
}

/** A database that can't be used. The message is one line for the operator. */
export class StoreError extends Error {
  override name = 'StoreError';
}

/** Added to the error message when the process ends but its database file is intact. */
export const RECORDED_IS_SAFE =
  'Everything that the bot confirmed to people is on disk. Start the bot again.';
