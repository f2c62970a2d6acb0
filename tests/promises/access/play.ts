import type { Refusal } from '../../../src/decision/access.ts';
import { refusalSentence } from '../../../src/interactions/refusals.ts';
import { ALL, canTry, type Kind, TENANT, verdict } from './kinds.ts';
import type { Row } from './rows.ts';
import { sentBy } from './sent-by.ts';
import { REFUSALS } from './table.ts';
import { SECRET, type World } from './world.ts';

/** What the table says of one cell, and what came of it. */
export interface Cell {
  readonly row: Row;
  readonly kind: Kind;
  /** In words: "allowed", "refused: gone", and so on. */
  readonly expected: string;
  readonly played: string;
}

const outcome = (refusal: Refusal | null, changes: boolean): string =>
  `${refusal === null ? 'allowed' : `refused: ${refusal}`}, ${changes ? 'changes what is stored' : 'nothing is changed'}`;

/** Plays a row of the table, everybody's cell of it, through the whole bot. */
export async function playRow(world: World, row: Row): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const kind of ALL) cells.push(await play(world, row, kind));
  return cells;
}

async function play(world: World, row: Row, kind: Kind): Promise<Cell> {
  const { bot } = world;
  const { person } = kind;
  const place = await world.decision(kind, row.stage);
  const before = TENANTS.map(world.stored);
  const { acks } = await bot.deliver(sentBy(person, row.payload(place)));
  const after = TENANTS.map(world.stored);
  const calls = bot.slack.calls.filter(({ method }) => method !== 'users.info');
  const said = JSON.stringify({ acks: acks.map((ack) => ack ?? null), calls });
  const toThem = JSON.stringify([acks, calls.filter(({ args }) => args.channel !== CHANNEL)]);

  const refusal = verdict(row, kind);
  const writes = typeof row.writes === 'function' ? row.writes(kind) : row.writes;
  const saying = (one: Refusal): string => {
    const { decision } = place.discussion;
    const where = row.route.startsWith('view_submission') ? 'dialog' : 'message';
    return one === 'gone' && row.gone !== undefined ? row.gone : refusalSentence(one, decision, where);
  };
  const shows = typeof row.shows === 'function' ? row.shows(place) : row.shows;
  const told = REFUSALS.find((one) => said.includes(inJson(saying(one)))) ?? null;
  const problems = [
    ...(told === null && !said.includes(inJson(shows)) && !said.includes(shows)
      ? [`without "${shows}"`]
      : []),
    ...TENANTS.flatMap((tenant, i) =>
      tenant !== person.home && after[i] !== before[i] ? [`changes something in ${tenant}`] : [],
    ),
    ...(canTry(row, kind) && isOutside(kind) && toThem.includes(SECRET)
      ? ['tells what is not for them']
      : []),
    ...(told !== null && calls.some(({ method, args }) => !isForOne(method, args, person.id))
      ? ['does more than tell them, and them alone']
      : []),
  ];
  const changed = after.some((stored, i) => stored !== before[i]);
  return {
    row,
    kind,
    expected: outcome(refusal, refusal === null && writes),
    played: [outcome(told, changed), ...problems].join('; '),
  };
}

/** Is this a way to tell one person something? */
function isForOne(method: string, args: Record<string, unknown>, person: string): boolean {
  if (method.startsWith('https://hooks.slack.test/')) return args.response_type === 'ephemeral';
  if (method === 'chat.postEphemeral') return args.user === person;
  if (method === 'views.publish') return args.user_id === person;
  return method === 'views.push';
}

/** The card's. */
const CHANNEL = 'C1';
const TENANTS = [TENANT, 'T2', 'E2'];

/** What is said and decided in a channel is not for those who are not in it. */
const isOutside = ({ person }: Kind): boolean => person.home !== TENANT || person.channel !== CHANNEL;

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** For a figure: how large the table is, and how often the bot did something else than it says. */
export function figure(cells: readonly Cell[]): { readonly cells: number; readonly mismatches: number } {
  return {
    cells: cells.length,
    mismatches: cells.filter(({ expected, played }) => expected !== played).length,
  };
}
