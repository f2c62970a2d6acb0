import { type Decision, isForAll } from './decision.ts';

/** Whom something is for. People of another organisation, in a channel that both share, only read. */
export type Who =
  | 'everybody'
  /** Of the workspace or the organisation that installed the app; its guests are members, too. */
  | 'members'
  /** Members but the asker. */
  | 'others'
  /** The asker alone. */
  | 'asker'
  /** The asker; all members where a workflow asked for nobody in particular. */
  | 'owner'
  /** Those who were named, and who stands in for them. */
  | 'deciders';

/** Why not; what is said to the person is in listeners/refusals.ts. */
export type Refusal =
  | 'deleted'
  | 'gone'
  | 'members_only'
  | 'members_ask'
  | 'asker_answered'
  | 'only_asker_edits'
  | 'only_asker_deletes'
  | 'only_asker_posts'
  | 'only_asker_says'
  | 'only_deciders';

interface Rule {
  readonly who: Who;
  /** Why it is refused to members. */
  readonly otherwise?: Refusal;
  /** Why it is refused to people of other organisations, where `members_only` does not say it best. */
  readonly external?: Refusal;
}

/** Everything that somebody can do, and who may. Docs: docs/access.md, which a test makes from this. */
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
  edit: { who: 'owner', otherwise: 'only_asker_edits' },
  delete: { who: 'owner', otherwise: 'only_asker_deletes' },
  decide: { who: 'deciders', otherwise: 'only_deciders' },
  reopen: { who: 'deciders', otherwise: 'only_deciders' },
  supersede: { who: 'deciders', otherwise: 'only_deciders' },
  revisit: { who: 'deciders', otherwise: 'only_deciders' },
  snooze: { who: 'deciders', otherwise: 'only_deciders' },
  // A card that was refused, or may be missing.
  post_again: { who: 'asker', otherwise: 'only_asker_posts' },
  keep_card: { who: 'asker', otherwise: 'only_asker_says' },
} as const satisfies Readonly<Record<string, Rule>>;

export type Act = keyof typeof RULES;

/** What somebody has to do with a decision. */
export interface Part {
  readonly isAsker: boolean;
  readonly owns: boolean;
  readonly decides: boolean;
}

/** Who is not there any more, as far as Slack was asked; nobody gets more rights by what is not known. */
export interface Left {
  /** All who were to decide. */
  readonly deciders: boolean;
  readonly asker: boolean;
  /** Is the person who acts an admin of the workspace? */
  readonly isAdmin: boolean;
}

const NOBODY_LEFT: Left = { deciders: false, asker: false, isAdmin: false };

/**
 * Those decide who were named. When all of them have left, the asker does; when the asker has, too, the workspace's
 * admins do, so that no decision is stuck for ever.
 */
export function partOf(
  decision: Pick<Decision, 'asker' | 'deciders'>,
  person: string,
  left: Left = NOBODY_LEFT,
): Part {
  const isAsker = decision.asker === person;
  const standsIn = left.deciders && (isAsker || (left.asker && left.isAdmin));
  return {
    isAsker,
    owns: isAsker || isForAll(decision),
    decides: decision.deciders.includes(person) || isForAll(decision) || standsIn,
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
  return part === null || isFor(who, part) ? null : otherwise;
}

function isFor(who: Who, { isAsker, owns, decides }: Part): boolean {
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
