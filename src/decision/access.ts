/** Access table: who may take which action, and why the others may not. */
import { type DeciderKind, type Decision, deciderKindOf, ERASED } from './decision.ts';

/** Group of people that may take an action. External people in a shared channel only read. */
export type Audience =
  | 'everybody'
  /** People in the workspace or organisation that installed the app, guests included. */
  | 'members'
  /** The asker alone. */
  | 'asker'
  /** The asker. All members if a workflow named no deciders. */
  | 'owner'
  /** The owner. Workspace admins once the asker is gone. */
  | 'deleter'
  /** The people named to decide. Once all are gone, the asker, then workspace admins. */
  | 'deciders';

/** Reason why an action is refused. `interactions/refusals.ts` has the sentence for each. */
export type Refusal =
  | 'deleted'
  | 'gone'
  | 'members_only'
  | 'members_ask'
  | 'only_asker_edits'
  | 'asker_gone_edits'
  | 'only_asker_deletes'
  | 'only_admins_delete'
  | 'only_asker_posts'
  | 'only_asker_says'
  | 'only_deciders'
  | 'only_asker_decides'
  | 'only_admins_decide';

interface AccessRule {
  readonly who: Audience;
  /** Reason for members outside the group. */
  readonly otherwise?: Refusal | ((role: Role) => Refusal);
  /** Reason for external people. The default is `members_only`. */
  readonly external?: Refusal;
}

const whyNotDecide = ({ deciding }: Role): Refusal => {
  if (deciding === 'admins') return 'only_admins_decide';
  return deciding === 'asker' ? 'only_asker_decides' : 'only_deciders';
};
const whyNotDelete = ({ askerGone }: Role): Refusal =>
  askerGone ? 'only_admins_delete' : 'only_asker_deletes';
const whyNotEdit = ({ askerGone }: Role): Refusal => (askerGone ? 'asker_gone_edits' : 'only_asker_edits');

/** Every action and who may take it. A test generates docs/access.md from this table. */
export const ACCESS_RULES = {
  // The command, the shortcut and the Home tab.
  start: { who: 'members' },
  help: { who: 'everybody' },
  history: { who: 'everybody' },
  home: { who: 'everybody' },
  // Only rearranges the person's own dialog.
  more_questions: { who: 'everybody' },
  voting_options: { who: 'everybody' },
  ask: { who: 'members', external: 'members_ask' },
  // The person's own stored data.
  privacy: { who: 'everybody' },
  my_data: { who: 'everybody' },
  forget_me: { who: 'everybody' },
  // On a card, in its menu, and in private replies.
  vote: { who: 'members' },
  withdraw_vote: { who: 'members' },
  give_reason: { who: 'members' },
  who_voted: { who: 'everybody' },
  add_answers: { who: 'members' },
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
} as const satisfies Readonly<Record<string, AccessRule>>;

export type GuardedAction = keyof typeof ACCESS_RULES;

/** A person's role in one decision. */
export interface Role {
  readonly isAsker: boolean;
  readonly owns: boolean;
  readonly deletes: boolean;
  readonly decides: boolean;
  /** Who decides at present. A refusal names them. */
  readonly deciding: DeciderKind;
  readonly askerGone: boolean;
}

/** People who have left Slack. If Slack doesn't answer, all are false, so no one gains rights. */
export interface Departures {
  /** All deciders have left. */
  readonly deciders: boolean;
  readonly asker: boolean;
  /** The person who acts is an admin of the workspace. */
  readonly isAdmin: boolean;
}

const NONE_LEFT: Departures = { deciders: false, asker: false, isAdmin: false };

/**
 * Returns a person's role in a decision. The deciders named on it decide. Once all of them are gone (left Slack, or had
 * their data deleted), the asker decides. Once the asker is also gone, workspace admins decide. So every decision has
 * a decider, and none is open to everyone by accident.
 */
export function roleOf(
  decision: Pick<Decision, 'anyoneDecides' | 'asker' | 'deciders'>,
  person: string,
  left: Departures = NONE_LEFT,
): Role {
  const { asker, deciders, anyoneDecides } = decision;
  const isAsker = asker === person;
  const askerGone = !anyoneDecides && (left.asker || asker === ERASED);
  const isAdmin = askerGone && left.isAdmin;
  const owns = isAsker || anyoneDecides;
  const stored = deciderKindOf(decision);
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

export interface AccessFacts {
  /** The person belongs to another organisation. */
  readonly isExternal: boolean;
  /**
   * `deleted`: only a tombstone is left. `gone`: the person's tenant doesn't have this decision. Null if the action
   * concerns no decision, or the decision hasn't been looked up yet.
   */
  readonly role: Role | 'deleted' | 'gone' | null;
}

/** Returns why a person may not take an action, or null if they may. */
export function refusalFor(act: GuardedAction, { isExternal, role }: AccessFacts): Refusal | null {
  const { who, otherwise = 'gone', external = 'members_only' }: AccessRule = ACCESS_RULES[act];
  if (isExternal && who !== 'everybody') return external;
  if (role === 'deleted' || role === 'gone') return role;
  if (role === null || isFor(who, role)) return null;
  return typeof otherwise === 'function' ? otherwise(role) : otherwise;
}

function isFor(who: Audience, { isAsker, owns, deletes, decides }: Role): boolean {
  switch (who) {
    case 'everybody':
    case 'members':
      return true;
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

/** The installation that a payload belongs to, as far as the payload says. */
export interface InstallationScope {
  readonly team?: string | undefined;
  readonly enterprise?: string | undefined;
  readonly isOrgWide: boolean;
}

/**
 * Returns whether a person's workspace or organisation lies outside the installation. Always false on an org-wide
 * installation, because a payload doesn't say which workspaces belong to the enterprise.
 *
 * @param team workspace or organisation id from the payload
 */
export function isExternalTeam(
  team: string | undefined,
  { team: home, enterprise, isOrgWide }: InstallationScope,
): boolean {
  if (isOrgWide || team === undefined) return false;
  return (home ?? enterprise) !== undefined && team !== home && team !== enterprise;
}
