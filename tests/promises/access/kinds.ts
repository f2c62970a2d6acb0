import { type Departures, type Refusal, refusalFor, roleOf } from '../../../src/decision/access.ts';
import { ERASED } from '../../../src/decision/decision.ts';
import type { Row } from './rows.ts';

/** What Slack says of somebody, in payloads and when it is asked. */
export interface Person {
  readonly id: string;
  /** The workspace they belong to. */
  readonly team: string;
  /** The workspace whose installation of the app they use. */
  readonly home: string;
  /** Where they are when they do something. */
  readonly channel: string;
  readonly info?: Readonly<Record<string, unknown>>;
}

/** One kind of person, and the decision that they meet: in channel C1 of workspace T1. */
export interface Kind {
  readonly id: string;
  /** Over the column. */
  readonly head: string;
  readonly person: Person;
  /** Null where a workflow asked, for nobody in particular. */
  readonly asker: string | null;
  readonly deciders: readonly string[];
  /** Which of these had their data deleted. */
  readonly erased?: readonly string[];
  readonly left?: Departures;
  /** What Slack never lets them do, whatever the bot would say. */
  readonly never: 'nothing' | 'about a decision' | 'anything';
}

export const TENANT = 'T1';
export const BOT = 'U0BOT';

const MEMBER = { team: TENANT, home: TENANT, channel: 'C1' } as const;
const USUAL = { asker: 'U1', deciders: ['U2'], never: 'nothing' } as const;

/** Those whom the table is about. */
export const KINDS: readonly Kind[] = [
  { id: 'creator', head: 'creator', person: { id: 'U1', ...MEMBER }, ...USUAL },
  { id: 'decider', head: 'decider', person: { id: 'U2', ...MEMBER }, ...USUAL },
  { id: 'member', head: 'member', person: { id: 'U3', ...MEMBER }, ...USUAL },
  {
    id: 'guest',
    head: 'guest',
    person: { id: 'U4', ...MEMBER, info: { is_restricted: true, is_ultra_restricted: true } },
    ...USUAL,
  },
  {
    id: 'external',
    head: 'of another organisation, in a shared channel',
    person: { id: 'U9', ...MEMBER, team: 'T9', info: { is_stranger: true } },
    ...USUAL,
  },
  {
    id: 'other workspace',
    head: 'of another workspace that has the app',
    person: { id: 'U8', team: 'T2', home: 'T2', channel: 'C1' },
    ...USUAL,
  },
  {
    id: 'not in the channel',
    head: 'not in the private channel',
    person: { id: 'U7', ...MEMBER, channel: 'C2' },
    ...USUAL,
    never: 'about a decision',
  },
  {
    id: 'deactivated',
    head: 'deactivated',
    person: { id: 'U6', ...MEMBER, info: { deleted: true } },
    ...USUAL,
    never: 'anything',
  },
];

const DECIDERS_LEFT: Departures = { deciders: true, asker: false, isAdmin: false };
const ALL_LEFT: Departures = { deciders: true, asker: true, isAdmin: false };

/** The same questions where somebody has left, or nobody was named. */
export const EXCEPTIONS: readonly Kind[] = [
  {
    id: 'creator alone',
    head: 'creator, all deciders have left',
    person: { id: 'U11', ...MEMBER },
    asker: 'U11',
    deciders: ['U6', 'U66'],
    left: DECIDERS_LEFT,
    never: 'nothing',
  },
  {
    id: 'member, deciders left',
    head: 'member, all deciders have left',
    person: { id: 'U13', ...MEMBER },
    asker: 'U1',
    deciders: ['U6', 'U66'],
    left: DECIDERS_LEFT,
    never: 'nothing',
  },
  {
    id: 'admin',
    head: 'admin, the creator has left too',
    person: { id: 'U5', ...MEMBER, info: { is_admin: true } },
    asker: 'U67',
    deciders: ['U6', 'U66'],
    left: { ...ALL_LEFT, isAdmin: true },
    never: 'nothing',
  },
  {
    id: 'member, all left',
    head: 'member, the creator has left too',
    person: { id: 'U14', ...MEMBER },
    asker: 'U67',
    deciders: ['U6', 'U66'],
    left: ALL_LEFT,
    never: 'nothing',
  },
  {
    id: 'admin, creator left',
    head: 'admin, the creator has left, a decider is there',
    person: { id: 'U51', ...MEMBER, info: { is_admin: true } },
    asker: 'U67',
    deciders: ['U2'],
    left: { deciders: false, asker: true, isAdmin: true },
    never: 'nothing',
  },
  {
    id: 'admin, all erased',
    head: 'admin, all are erased',
    person: { id: 'U54', ...MEMBER, info: { is_admin: true } },
    asker: 'U75',
    deciders: ['U75', 'U72'],
    erased: ['U72', 'U75'],
    left: { deciders: false, asker: false, isAdmin: true },
    never: 'nothing',
  },
  {
    id: 'member, all erased',
    head: 'member, all are erased',
    person: { id: 'U79', ...MEMBER },
    asker: 'U75',
    deciders: ['U75', 'U72'],
    erased: ['U72', 'U75'],
    never: 'nothing',
  },
  {
    id: 'member, of a workflow',
    head: 'member, a workflow named no deciders',
    person: { id: 'U15', ...MEMBER },
    asker: null,
    deciders: [],
    never: 'nothing',
  },
  {
    id: 'external, of a workflow',
    head: 'of another organisation, a workflow named no deciders',
    person: { id: 'U99', ...MEMBER, team: 'T9' },
    asker: null,
    deciders: [],
    never: 'nothing',
  },
];

/** The same once people had their data deleted: as if they had left. */
export const ERASURES: readonly Kind[] = [
  {
    id: 'creator, deciders erased',
    head: 'creator, the deciders are erased',
    person: { id: 'U71', ...MEMBER },
    asker: 'U71',
    deciders: ['U72'],
    erased: ['U72'],
    never: 'nothing',
  },
  {
    id: 'admin, deciders erased',
    head: 'admin, the deciders are erased',
    person: { id: 'U52', ...MEMBER, info: { is_admin: true } },
    asker: 'U73',
    deciders: ['U72'],
    erased: ['U72'],
    never: 'nothing',
  },
  {
    id: 'creator, decider erased, other left',
    head: 'creator, one decider is erased, the other has left',
    person: { id: 'U77', ...MEMBER },
    asker: 'U77',
    deciders: ['U72', 'U6'],
    erased: ['U72'],
    left: DECIDERS_LEFT,
    never: 'nothing',
  },
  {
    id: 'decider, creator erased',
    head: 'decider, the creator is erased',
    person: { id: 'U78', ...MEMBER },
    asker: 'U75',
    deciders: ['U78'],
    erased: ['U75'],
    never: 'nothing',
  },
  {
    id: 'admin, creator erased',
    head: 'admin, the creator is erased, a decider is there',
    person: { id: 'U53', ...MEMBER, info: { is_admin: true } },
    asker: 'U75',
    deciders: ['U2'],
    erased: ['U75'],
    left: { deciders: false, asker: false, isAdmin: true },
    never: 'nothing',
  },
  {
    id: 'guest, all erased',
    head: 'guest, all are erased',
    person: { id: 'U80', ...MEMBER, info: { is_restricted: true } },
    asker: 'U75',
    deciders: ['U75'],
    erased: ['U75'],
    never: 'nothing',
  },
  {
    id: 'external, all erased',
    head: 'of another organisation, all are erased',
    person: { id: 'U98', ...MEMBER, team: 'T9', info: { is_admin: true } },
    asker: 'U75',
    deciders: ['U75'],
    erased: ['U75'],
    never: 'nothing',
  },
];

/** With the ids of those who may in T1, but by way of other installations: nothing there is theirs. */
export const FOREIGN: readonly Kind[] = ['T2', 'E2'].flatMap((home) =>
  ['U1', 'U2'].map((id) => ({
    id: `${id} of ${home}`,
    head: '',
    person: { id, team: home === 'E2' ? TENANT : home, home, channel: 'C1' },
    ...USUAL,
  })),
);

/** What Slack says of those who were named. */
export const PEOPLE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  U2: { deleted: false, team_id: TENANT },
  U4: { deleted: false, team_id: TENANT, is_restricted: true },
  U6: { deleted: true },
  U66: { deleted: true, is_restricted: true },
  U67: { deleted: true },
  U68: { is_bot: true },
  U69: { team_id: 'T9', is_stranger: true },
};

const alone = (decider: string, id: string, left: Departures): Kind => ({
  id: `creator, decider is ${id}`,
  head: '',
  person: { id: `U1${decider}`, ...MEMBER },
  asker: `U1${decider}`,
  deciders: [decider],
  left,
  never: 'nothing',
});

/** The creator, by whether somebody can decide of whom Slack says more than that they are there. */
export const NAMED: readonly Kind[] = [
  alone('U68', 'an app', DECIDERS_LEFT),
  alone('U69', 'of another organisation', DECIDERS_LEFT),
  alone('U4', 'a guest', { deciders: false, asker: false, isAdmin: false }),
];

/** Everybody who plays each row of the table. */
export const ALL: readonly Kind[] = [...KINDS, ...EXCEPTIONS, ...ERASURES, ...FOREIGN, ...NAMED];

/** What the code's own rules say: null for allowed. */
export function verdict(
  { act, about, stage }: Pick<Row, 'act' | 'about' | 'stage'>,
  kind: Kind,
): Refusal | null {
  const { person, asker, deciders, erased = [], left } = kind;
  const isExternal = person.team !== person.home && !isOrgWide(person);
  if (!about) return refusalFor(act, { isExternal, role: null });
  const known = person.home === TENANT;
  const decision = {
    asker: asker !== null && erased.includes(asker) ? ERASED : (asker ?? BOT),
    deciders: deciders.filter((one) => !erased.includes(one)),
    anyoneDecides: asker === null,
  };
  // A card that Slack refused is deleted with its asker's data.
  const isDeleted = stage === 'refused' && decision.asker === ERASED;
  const part = known ? (isDeleted ? 'deleted' : roleOf(decision, person.id, left)) : 'gone';
  return refusalFor(act, { isExternal, role: part });
}

/** The app is installed for a whole organisation, of which this is one. */
export const isOrgWide = ({ home }: Person): boolean => home.startsWith('E');

/** Whether Slack lets them try at all. */
export function canTry({ about }: Pick<Row, 'about'>, { never }: Kind): boolean {
  return never === 'nothing' || (never === 'about a decision' && !about);
}
