import { type Deciding, type Decision, decidingOf, ERASED } from './decision.ts';

/** Whom something is for. People of another organisation, in a channel that both share, only read. */
export type Who =
  | 'everybody'
  /** Of the workspace or the organisation that installed the app; its guests are members, too. */
  | 'members'
  /** Members but the asker. */
  | 'others'
  /** The asker alone. */
  | 'asker'
  /** The asker. All members if a workflow named no deciders. */
  | 'owner'
  /** The owner. Workspace admins once the asker is gone. */
  | 'deleter'
  /** The people named to decide. Once all are gone, the asker, then workspace admins. */
  | 'deciders';

/** Why not; what is said to the person is in interactions/refusals.ts. */
export type Refusal =
  | 'deleted'
  | 'gone'
  | 'members_only'
  | 'members_ask'
  | 'asker_answered'
  | 'only_asker_edits'
  | 'asker_gone_edits'
  | 'only_asker_deletes'
  | 'only_admins_delete'
  | 'only_asker_posts'
  | 'only_asker_says'
  | 'only_deciders'
  | 'only_asker_decides'
  | 'only_admins_decide';

interface Rule {
  readonly who: Who;
  /** Why it is refused to members. */
  readonly otherwise?: Refusal | ((part: Part) => Refusal);
  /** Why it is refused to people of other organisations, where `members_only` does not say it best. */
  readonly external?: Refusal;
}

const whyNotDecide = ({ deciding }: Part): Refusal => {
  if (deciding === 'admins') return 'only_admins_decide';
  return deciding === 'asker' ? 'only_asker_decides' : 'only_deciders';
};
const whyNotDelete = ({ askerGone }: Part): Refusal =>
  askerGone ? 'only_admins_delete' : 'only_asker_deletes';
const whyNotEdit = ({ askerGone }: Part): Refusal => (askerGone ? 'asker_gone_edits' : 'only_asker_edits');

/** Everything that people can do, and who may. A test generates docs/access.md from it. */
export const RULES = {
  // The command and other ways to begin.
  start: { who: 'members' },
  help: { who: 'everybody' },
  history: { who: 'everybody' },
  home: { who: 'everybody' },
  // Only rearranges the person's own dialog.
  more_questions: { who: 'everybody' },
  ask: { who: 'members', external: 'members_ask' },
  // What is stored about the person who asks for it.
  privacy: { who: 'everybody' },
  my_data: { who: 'everybody' },
  forget_me: { who: 'everybody' },
  // On a card, in its menu, and in the private answers to these.
  vote: { who: 'members' },
  withdraw_vote: { who: 'members' },
  give_reason: { who: 'members' },
  who_voted: { who: 'everybody' },
  add_answers: { who: 'others', otherwise: 'asker_answered' },
  reasons: { who: 'everybody' },
  export: { who: 'members' },
  edit: { who: 'owner', otherwise: whyNotEdit },
  delete: { who: 'deleter', otherwise: whyNotDelete },
  decide: { who: 'deciders', otherwise: whyNotDecide },
  reopen: { who: 'deciders', otherwise: whyNotDecide },
  supersede: { who: 'deciders', otherwise: whyNotDecide },
  revisit: { who: 'deciders', otherwise: whyNotDecide },
  snooze: { who: 'deciders', otherwise: whyNotDecide },
  // A card that was refused, or may be missing.
  post_again: { who: 'asker', otherwise: 'only_asker_posts' },
  keep_card: { who: 'asker', otherwise: 'only_asker_says' },
} as const satisfies Readonly<Record<string, Rule>>;

export type Act = keyof typeof RULES;

/** A person's part in a decision. */
export interface Part {
  readonly isAsker: boolean;
  readonly owns: boolean;
  readonly deletes: boolean;
  readonly decides: boolean;
  /** Who decides now. Refusals to others name them. */
  readonly deciding: Deciding;
  readonly askerGone: boolean;
}

/** Who is gone, according to Slack. If Slack doesn't answer, no one gets more rights. */
export interface Left {
  /** All deciders. */
  readonly deciders: boolean;
  readonly asker: boolean;
  /** The person who acts is an admin of the workspace. */
  readonly isAdmin: boolean;
}

const NONE_LEFT: Left = { deciders: false, asker: false, isAdmin: false };

/**
 * Returns a person's part in a decision. The people named decide. Once all of them are gone (left Slack, or had their
 * data deleted), the asker decides. Once the asker is gone too, workspace admins decide. So no decision is stuck, and
 * none is open to everyone by accident.
 */
export function partOf(
  decision: Pick<Decision, 'anyoneDecides' | 'asker' | 'deciders'>,
  person: string,
  left: Left = NONE_LEFT,
): Part {
  const { asker, deciders, anyoneDecides } = decision;
  const isAsker = asker === person;
  const askerGone = !anyoneDecides && (left.asker || asker === ERASED);
  const isAdmin = askerGone && left.isAdmin;
  const owns = isAsker || anyoneDecides;
  const stored = decidingOf(decision);
  const deciding = stored === 'deciders' && left.deciders ? 'asker' : stored;
  return {
    isAsker,
    owns,
    deletes: owns || isAdmin,
    decides: deciders.includes(person) || anyoneDecides || (deciding !== 'deciders' && (isAsker || isAdmin)),
    deciding: deciding === 'asker' && askerGone ? 'admins' : deciding,
    askerGone,
  };
}

export interface Facts {
  /** Belongs to another organisation. */
  readonly isExternal: boolean;
  /**
   * `deleted`: only a tombstone is left. `gone`: the person's tenant has no such decision. Null if the act is about no
   * decision, or the decision hasn't been looked up yet.
   */
  readonly part: Part | 'deleted' | 'gone' | null;
}

/** @returns null where they may */
export function whyNot(act: Act, { isExternal, part }: Facts): Refusal | null {
  const { who, otherwise = 'gone', external = 'members_only' }: Rule = RULES[act];
  if (isExternal && who !== 'everybody') return external;
  if (part === 'deleted' || part === 'gone') return part;
  if (part === null || isFor(who, part)) return null;
  return typeof otherwise === 'function' ? otherwise(part) : otherwise;
}

function isFor(who: Who, { isAsker, owns, deletes, decides }: Part): boolean {
  switch (who) {
    case 'everybody':
    case 'members':
      return true;
    case 'others':
      return !isAsker;
    case 'asker':
      return isAsker;
    case 'owner':
      return owns;
    case 'deleter':
      return deletes;
    case 'deciders':
      return decides;
  }
}

/** Where the app is installed, as far as a payload says so. */
export interface Home {
  readonly team?: string | undefined;
  readonly enterprise?: string | undefined;
  readonly isOrgWide: boolean;
}

/**
 * Does somebody of this workspace (or organisation) come from outside? On an org-wide installation everybody of the
 * enterprise is one of us, whatever their workspace; who is not cannot be told from a payload there.
 */
export function isFromOutside(
  team: string | undefined,
  { team: home, enterprise, isOrgWide }: Home,
): boolean {
  if (isOrgWide || team === undefined) return false;
  return (home ?? enterprise) !== undefined && team !== home && team !== enterprise;
}
