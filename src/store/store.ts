import type { Answers } from '../advice/answers.ts';
import type { Choice } from '../decision/ballot.ts';
import type { Decision, DecisionKey, DraftRound, Round } from '../decision/decision.ts';
import type { Discussion, Glance } from '../decision/discussion.ts';
import type { PersonData } from '../decision/person-data.ts';
import type { Concerning, Listed, Post, PostKey, StaleCard } from '../decision/post.ts';

/**
 * What the bot remembers. Promises throughout, so that a database across the network fits behind it.
 * What is resolved is on disk. Everything is looked up within a tenant; no call crosses tenants except
 * those that say so.
 */
export interface Store {
  /** No other process uses this database, so what an earlier one left unfinished is nobody's. */
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
  /** Resolves where the database answers. */
  ping(): Promise<void>;
  /** Connections to it; null where there are none to count. */
  pool(): PoolUse | null;
  close(): Promise<void>;
}

/** How many connections are open, unused, and waited for. */
export interface PoolUse {
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
}

/** What a submitted dialog asks for. */
export interface Draft {
  /** Id to use if this submission is new. */
  readonly id: string;
  readonly tenant: string;
  readonly workspace: string;
  /** Identifies the dialog (its view id): the same submission twice makes one decision. */
  readonly submission: string;
  readonly channel: string;
  /** Parent of the thread that the card goes into; null for the channel itself. */
  readonly thread: string | null;
  readonly project: string;
  readonly asker: string;
  readonly deciders: readonly string[];
  /** A workflow named no deciders, so every member decides. */
  readonly anyoneDecides: boolean;
  readonly hideUntilDecided: boolean;
  /** Until when votes are asked for; null for no such time. */
  readonly voteUntil: number | null;
  /** Id of the earlier decision that this one is to replace; null for none. */
  readonly supersedes: string | null;
  /** The run of a workflow's step that asks; null for a person. */
  readonly step: string | null;
  readonly round: DraftRound;
  /** Slack's address for private words to the asker, good for 30 minutes; null where there is none. */
  readonly replyUrl: string | null;
}

/** `id` is the decision's. */
export type SubmitResult =
  /**
   * New, or replacing what the same dialog submitted before; its card is wanted. `inTurn`: nothing that was asked for
   * in this channel before is still waiting to be posted.
   */
  | { readonly kind: 'created' | 'replaced'; readonly id: string; readonly inTurn: boolean }
  /** The card of this submission is posted, on its way, or may be: nothing was changed. */
  | { readonly kind: 'unchanged'; readonly id: string };

export interface DecisionStore {
  /**
   * Writes decision, first round and the posts it wants in one transaction.
   *
   * @param claimedAt where it is new and in turn, its card is the caller's to post, as after `posts.claim` at this time
   */
  submit(draft: Draft, claimedAt?: number): Promise<SubmitResult>;
  get(tenant: string, id: string): Promise<Decision | null>;
  /** True if only the tombstone of a deleted decision is left. False if there is no such decision. */
  isDeleted(tenant: string, id: string): Promise<boolean>;
  /** Decisions of one channel, newest first, with their card. One whose card was never posted is its asker's alone. */
  inChannel(tenant: string, channel: string, page: ListPage): Promise<readonly Listed[]>;
  /**
   * The newest decision whose card is posted in this thread: as the message that the thread hangs on, or as a
   * reply in it. Null where there is none.
   * @param thread ts of the thread's parent
   */
  inThread(tenant: string, channel: string, thread: string): Promise<Decision | null>;
  /**
   * Across tenants: deletes decisions with which nothing has happened since, and nothing is to; the messages in Slack
   * stay.
   *
   * @returns how many there were, at most `limit`
   */
  expire(before: number, limit: number): Promise<number>;
  /** Decisions that somebody has asked for, is to make, or has said something about, newest first. */
  ofPerson(tenant: string, person: string, limit: number): Promise<readonly Concerning[]>;
}

/** What became of something that somebody said about a decision. */
export type DiscussionResult =
  /** It is on disk, and the card is to show it. */
  | { readonly kind: 'recorded' }
  /** Nothing was different, so nothing changed. */
  | { readonly kind: 'same' }
  /** It was there before, and is said anew about answers that were edited since. */
  | { readonly kind: 'confirmed' }
  /** It was said of something else than what is there now. */
  | { readonly kind: 'changed' }
  /** There is nothing of this person that it could be about. */
  | { readonly kind: 'none' }
  /** The decision is not open any more. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'gone' };

/** What became of a vote. */
export type VoteResult = DiscussionResult & {
  /** The card is in Slack, but nobody has told where: whoever voted on it can. */
  readonly cardIsLost: boolean;
  /** Has this person ever looked at the Home tab? */
  readonly atHome: boolean;
};

/** What people say about a decision. Every change makes its card stale in the same transaction. */
export interface DiscussionStore {
  get(key: DecisionKey): Promise<Discussion | null>;
  /** What somebody who has just voted is told of. */
  glance(key: DecisionKey, person: string): Promise<Glance | null>;
  /** Replaces the person's earlier vote; its reason stays only with the same choice. */
  vote(key: DecisionKey, person: string, choice: Choice, now: number): Promise<VoteResult>;
  /** Why somebody voted as they did; empty takes it back. `changed`: they have voted for something else since. */
  giveReason(
    key: DecisionKey,
    person: string,
    choice: Choice | null,
    reason: string,
    now: number,
  ): Promise<DiscussionResult>;
  withdraw(key: DecisionKey, person: string, now: number): Promise<DiscussionResult>;
  /**
   * Replaces the person's earlier answers; empty takes them back. What the group says then is computed and written
   * in the same transaction, so that of people who answer at the same moment none is left out.
   */
  answer(key: DecisionKey, person: string, answers: Answers, now: number): Promise<DiscussionResult>;
  /** A new round: what others said stays, about an earlier one. The thread is to hear what changed. */
  edit(key: DecisionKey, round: Omit<Round, 'number'>): Promise<DiscussionResult>;
  /** All rounds, the first one first, and the number of the one whose changes the thread was told last. */
  rounds(key: DecisionKey): Promise<{ readonly rounds: readonly Round[]; readonly told: number }>;
  toldRound(key: DecisionKey, number: number): Promise<void>;
}

/** `elsewhere`: the decision is not in the state that this begins from, since somebody was quicker. */
export type RecordResult = 'done' | 'elsewhere' | 'gone';
/** `same`: what was asked for has just been done. */
export type ExportResult = RecordResult | 'same';

export interface NewRecord {
  readonly outcome: Choice;
  readonly rationale: string;
  /** Day to look at it again: 2027-05-23. */
  readonly revisit: string | null;
  /** When to remind of it, in milliseconds since 1970; null for never. */
  readonly revisitAt: number | null;
  readonly by: string;
}

/** From open to decided and back. Each step makes the card stale and wants what the thread is to hear. */
export interface RecordStore {
  /** Gives the decision its number in the channel where it has none yet. */
  decide(key: DecisionKey, outcome: NewRecord, now: number): Promise<RecordResult>;
  reopen(key: DecisionKey, by: string, now: number): Promise<RecordResult>;
  /** Another day to look at it again. */
  snooze(key: DecisionKey, revisit: string, revisitAt: number, now: number): Promise<RecordResult>;
  /** The file once more, unless it came within the last minutes. */
  exportFile(key: DecisionKey, now: number): Promise<ExportResult>;
  /** Takes away everything that people wrote, and wants its messages removed. A tombstone and the number stay. */
  remove(key: DecisionKey, now: number): Promise<RecordResult>;
}

export interface CardUpdateStore {
  /** Something that the card shows has changed. */
  changed(key: DecisionKey, now: number): Promise<void>;
  /**
   * Across tenants: the card that is due and has waited longest, of those whose tenant has a call left, which it
   * takes. Until `until` it is this caller's alone. Null where there is none now.
   *
   * @param except none of these tenants
   */
  claim(now: number, until: number, limits: CallBudget, except: readonly string[]): Promise<StaleCard | null>;
  /** Slack said that this tenant has no call left before this time. */
  noneBefore(tenant: string, time: number, limits: CallBudget): Promise<void>;
  /** Across tenants but those: when the next card is due and may be updated, null for none. */
  nextDue(limits: CallBudget, except: readonly string[]): Promise<number | null>;
  /** What has failed in this tenant is due now: Slack takes its updates again. */
  wake(tenant: string, now: number): Promise<void>;
  /** Slack has taken the card of this revision; later changes are due `again`. */
  shown(stale: StaleCard, now: number, again: number): Promise<void>;
  /** Not before `dueAt`. */
  later(key: DecisionKey, dueAt: number): Promise<void>;
  /**
   * It can never succeed, unless somebody uses the card and so shows that it is there. The first time the same
   * transaction wants the word to its asker.
   */
  stuck(key: DecisionKey, code: string, now: number): Promise<void>;
  /** Slack's code where it is stuck; null where it is not. */
  stuckAt(key: DecisionKey): Promise<string | null>;
  /** Across tenants: how many cards are not what the database has. */
  backlog(): Promise<number>;
}

/** How many calls a tenant has: `burst` at once, and one more every `msPerCall`. */
export interface CallBudget {
  readonly burst: number;
  readonly msPerCall: number;
}

export interface HomeStore {
  /** Somebody looks at their Home tab; from now on it is kept up to date. */
  opened(tenant: string, person: string): Promise<void>;
  /** Those of these people who have ever looked at theirs. */
  among(tenant: string, people: readonly string[]): Promise<readonly string[]>;
}

/** What is stored about one person. */
export interface PeopleStore {
  dataOf(tenant: string, person: string): Promise<PersonData>;
  /**
   * Deletes what they said and their name, in at most `limit` decisions. What the team decided stays, without the name.
   * Marks the cards that showed it as stale.
   *
   * @param how `cards`: also deletes the cards they asked for, as `records.remove` does
   * @returns the number of decisions with deletions; less than `limit` if nothing is left
   */
  forget(
    tenant: string,
    person: string,
    how: { readonly cards: boolean; readonly limit: number },
    now: number,
  ): Promise<number>;
}

/** What Slack has delivered: it repeats what it believes unanswered, maybe to another process. */
export interface DeliveryStore {
  /** @returns false where it has been taken before */
  take(tenant: string, id: string, now: number): Promise<boolean>;
  /** Across tenants: what was taken before then is not repeated any more. */
  forget(before: number): Promise<void>;
}

/** An event that is to be worked on. */
export interface InboxEntry {
  /** Slack's id of the event. */
  readonly id: string;
  readonly tenant: string;
  readonly body: unknown;
  readonly attempts: number;
}

/** What Slack must not believe arrived before it is on disk: it would never send it again. */
export interface InboxStore {
  /** The same one twice is kept once, until it is done. */
  put(received: Omit<InboxEntry, 'attempts'>, now: number): Promise<void>;
  /** The same, and what was done is not kept anew where it comes once more. */
  putOnce(received: Omit<InboxEntry, 'attempts'>, now: number): Promise<void>;
  /** Across tenants: the one that is due and has waited longest; until `until` it is this caller's alone. */
  claim(now: number, until: number): Promise<InboxEntry | null>;
  done(id: string): Promise<void>;
  /** Not before `dueAt`. */
  later(id: string, dueAt: number): Promise<void>;
  /** Across tenants: when the next one is due, null for none. */
  nextDue(): Promise<number | null>;
}

/** Who has installed the app by OAuth, and how it may act there. Tokens are sealed; no store can open them. */
export interface Installation {
  readonly tenant: string;
  /** Of an org-wide installation, or the one that the workspace belongs to. */
  readonly enterprise: string | null;
  /** Null for an org-wide installation. */
  readonly team: string | null;
  /** Of the workspace or the organisation. */
  readonly name: string;
  readonly botId: string;
  readonly botUser: string;
  readonly botName: string;
  readonly installedBy: string;
  readonly installedAt: number;
  readonly token: string;
  /** Where tokens expire. */
  readonly refreshToken: string | null;
  readonly expiresAt: number | null;
}

type Tokens = Pick<Installation, 'token' | 'refreshToken' | 'expiresAt'>;

export interface InstallationStore {
  get(tenant: string): Promise<Installation | null>;
  count(): Promise<number>;
  /** All of them in pages, by tenant; null for the first page. */
  after(tenant: string | null, limit: number): Promise<readonly Installation[]>;
  /** Returns one active installation for each format and key of encrypted tokens, ordered by tenant. */
  onePerKey(limit: number): Promise<readonly Installation[]>;
  /** Replaces an earlier one. Whoever had left is back. */
  save(installation: Installation): Promise<void>;
  /** Those whose token expires before then, soonest first, that nobody is renewing; not of those who have left. */
  expiring(before: number, now: number, limit: number): Promise<readonly Installation[]>;
  /** Until `until` nobody else renews this one; null where somebody does, or has. */
  claimRenewal(tenant: string, before: number, now: number, until: number): Promise<Installation | null>;
  /**
   * Of the installation that was claimed.
   * @returns false where the app has been installed anew since, with tokens of its own, or is gone
   */
  renewed(claimed: Pick<Installation, 'tenant' | 'installedAt'>, tokens: Tokens): Promise<boolean>;
  /** The same tokens, sealed anew. @returns false where they have been replaced in the meantime */
  resealed(tenant: string, oldToken: string, tokens: Omit<Tokens, 'expiresAt'>): Promise<boolean>;
}

/**
 * `more`: some of it, and there is more. `again`: the rest, and it is erased once more later. `done`: the rest, for
 * good. `back`: nothing, because the workspace has come back.
 */
export type ErasureResult = 'more' | 'again' | 'done' | 'back';

/** Workspaces that removed the app: nothing is done for them, and their data is deleted in the end. */
export interface TenantStore {
  /**
   * Deletes the tenant's tokens at once; `erase` deletes the rest after `eraseAt`.
   * @returns false if the app has been installed again since `leftAt`
   */
  leave(tenant: string, leftAt: number, now: number, eraseAt: number): Promise<boolean>;
  /** @param seen when the app was seen to work there; a later departure stands */
  comeBack(tenant: string, seen: number): Promise<void>;
  toErase(now: number, limit: number): Promise<readonly string[]>;
  nextErasure(): Promise<number | null>;
  /**
   * Deletes everything of the tenant, at most `limit` decisions at once. If it left less than `again - now` ago, another
   * process may still remember its token and write something, so it is erased once more at `again`.
   */
  erase(tenant: string, now: number, again: number, limit: number): Promise<ErasureResult>;
}

/** The longest that the bot ever waits on purpose, in milliseconds. */
export type LongestWaits = Readonly<{
  /** For the first attempt, or for the holder of a claim on a post or card. */
  first: number;
  /** Between two attempts. */
  retry: number;
  /** Between two attempts at an event in the inbox, whose claim must not be cut short. */
  inbox: number;
  /** Leaves one call: if Slack asked the tenant to wait, it says so again. */
  budget: number;
  /** Until the data of a tenant that left is erased. */
  erase: number;
}>;

export interface WaitStore {
  /**
   * Makes everything that waits longer than `longest` due now, in all tenants, because a clock that was ahead stored it.
   * Data of a tenant that left is due `erase` from now instead, because erasing can't be undone, and the end of a
   * tenant's calls is `budget` from now. Days that people picked stay.
   */
  shorten(now: number, longest: LongestWaits): Promise<void>;
}

export interface ListPage {
  /** Slack user id of who will see the list. */
  readonly viewer: string;
  /** Words that must all occur in the project's name, in any case of any script; empty for all. */
  readonly words: readonly string[];
  readonly offset: number;
  readonly limit: number;
}

export interface PostStore {
  get(key: PostKey): Promise<Post | null>;
  /**
   * wanted → sent, for exactly one caller.
   * @returns the post as it is now, or null when somebody else has it or it is not wanted
   */
  claim(key: PostKey, now: number): Promise<Post | null>;
  /**
   * Something to be removed is this caller's alone until `until`.
   * @returns the post as it is now, or null when somebody else has it or nothing is to be removed
   */
  claimRemoval(key: PostKey, now: number, until: number): Promise<Post | null>;
  /**
   * These of its messages are gone from Slack. What is left, or has arrived since it was claimed, is to be removed at
   * `again`.
   */
  removed(key: PostKey, ids: readonly string[], again: number): Promise<void>;
  /** The card's own ts makes the reasoning due; the reply address is forgotten. */
  posted(key: PostKey, ts: string | null, now: number): Promise<void>;
  /**
   * Slack said no. For a card the same transaction wants the private word to its asker, a little later: a
   * dialog that still stands may have said it by then.
   */
  refused(key: PostKey, error: string, now: number): Promise<void>;
  /** Nobody can know whether Slack took it. For a card the same transaction wants the word to its asker. */
  unknown(key: PostKey, now: number): Promise<void>;
  /**
   * refused or unknown → wanted, because a person said so.
   * @returns false when it is posted or on its way, so that a second click never makes a second card
   */
  retry(key: PostKey, now: number): Promise<boolean>;
  /**
   * Back to wanted, to be tried at `dueAt`; only for whoever claimed it and knows that Slack has not taken
   * it, and for notices, which may be wanted anew.
   */
  want(key: PostKey, now: number, dueAt: number): Promise<void>;
  /** Whoever asked for this card is to hear now what became of it: a person, or a workflow's step. */
  tellAsker(card: PostKey, now: number): Promise<void>;
  /** Still wanted, or still to be removed, but not before `dueAt`; changes nothing in any other state. */
  postpone(key: PostKey, dueAt: number): Promise<void>;
  /** The same for a card that is wanted, and what was asked for after it in its channel does not wait for it any more. */
  setAside(card: PostKey, dueAt: number): Promise<void>;
  /** The next card that waits for this one, in its channel; null for none. */
  behind(card: PostKey, now: number): Promise<Post | null>;
  /** What has failed and was to be tried again soon is due now: Slack takes this tenant's posts again. */
  wake(tenant: string, now: number): Promise<void>;
  /**
   * The asker was told in the dialog, so the private word is dropped where it is still left to the dialog. One that
   * is due already stays: another delivery of the same submission has closed the dialog, maybe in another process.
   */
  saidInDialog(card: DecisionKey, now: number): Promise<void>;
  /** No longer needed. */
  dropped(key: PostKey): Promise<void>;
  /** Something else was said in the decision's thread; it goes with the rest where the decision is deleted. */
  replied(key: DecisionKey, ts: string, now: number): Promise<void>;
  permalink(key: PostKey, permalink: string): Promise<void>;
  /** The run of a workflow's step that asked for this card, deleted or not; null for a person. */
  stepOf(key: DecisionKey): Promise<string | null>;
  /**
   * Across tenants: of each the post that is wanted, or to be removed, and whose turn it is; those that have been due
   * for longest first. The cards of one channel come in the order in which they were asked for: none comes before an
   * earlier one that is on its way or waits to be tried again, but for one that was set aside.
   *
   * @param except nothing of these: a tenant, or its posts of one line, maybe in one channel (see `placesOf`)
   */
  due(now: number, limit: number, except: readonly string[]): Promise<readonly Post[]>;
  /** Across tenants: when the next one is due that waits for nothing else, null for none. */
  nextDue(now: number, except: readonly string[]): Promise<number | null>;
  /** Across tenants: posts claimed before this moment and never heard of again. */
  abandoned(before: number): Promise<readonly Post[]>;
  /**
   * Such a post, for exactly one caller: a card is `unknown` from now on, with the word to its asker; anything else is
   * wanted again.
   * @returns false where somebody else has taken it over, or has told what became of it
   */
  adopt(key: PostKey, before: number, now: number): Promise<boolean>;
  /** Across tenants: how many are due and not posted. */
  waiting(now: number): Promise<number>;
}
