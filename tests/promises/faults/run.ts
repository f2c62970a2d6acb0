import { press } from '../../support/payloads.ts';
import { canariesIn } from './canaries.ts';
import { type Fault, isDone, type Point } from './point.ts';
import { broken, facts } from './promises.ts';
import type { UseCase } from './use-cases.ts';
import { type Delivered, type Setting, type Spoil, World } from './world.ts';

/** A use case without faults: where faults can come, and how it ends. */
export interface Recorded {
  readonly points: readonly Point[];
  readonly before: string;
  readonly after: string;
  readonly standing: readonly string[];
}

/** What has left, and is not yet known to have arrived. */
export const UNDER_WAY = `
  SELECT kind FROM posts WHERE state = 'sent' AND kind <> 'card'
  UNION ALL SELECT id FROM inbox WHERE id LIKE 'looked_again%' AND attempts > 0`;
/** Faults can come while this passes. */
const SHORTLY = [2_000, 20_000];
/** Longer than every pause after a failure. */
const LONG = [60_000, 5 * 60_000, 15 * 60_000, 3_600_000, 3_600_000];
const TRIES = 4;
export const WENT_WRONG = /I ran into an error|didn’t open the dialog/;

/** Something that is put into a run. */
export interface Injection {
  /** From now on it may come. */
  arm(world: World): void;
  /** From now on it comes no more. */
  disarm?(): void;
  /** Why it says nothing, in words: it was not put where it was meant to be. */
  misplaced(world: World): string[];
  /** Slack has refused something for good. */
  readonly refused: boolean;
  /** May a reply, a file or a reminder have come twice? */
  mayRepeat(): boolean;
}

export async function record(useCase: UseCase, setting: Setting = {}): Promise<Recorded> {
  const run = await play(useCase, null, setting);
  if (run.problems.length > 0)
    throw new Error(`${useCase.name} breaks without faults: ${run.problems.join('; ')}`);
  return run;
}

/** Plays a use case with one fault. What does not hold afterwards, in words. */
export async function strike(
  useCase: UseCase,
  recorded: Recorded,
  fault: Fault,
  spoil?: Spoil,
): Promise<readonly string[]> {
  return strikeWith(useCase, recorded, inCall(fault), { spoil });
}

/** The same with something else than a fault in a call. */
export async function strikeWith(
  useCase: UseCase,
  recorded: Recorded,
  injection: Injection,
  setting: Setting,
): Promise<readonly string[]> {
  return (await play(useCase, { recorded, injection }, setting)).problems;
}

/** A fault in one call through the three ports. */
function inCall(fault: Fault): Injection {
  let underWay = false;
  return {
    arm: (world) => {
      world.ports.onStrike = () => {
        underWay = world.rows(UNDER_WAY).length > 0;
      };
      world.ports.count(fault);
    },
    misplaced: (world) => misplaced(world, fault),
    refused: fault.kind === 'refused',
    mayRepeat: () => mayRepeat(fault, underWay),
  };
}

interface Played extends Recorded {
  readonly problems: readonly string[];
}

async function play(
  useCase: UseCase,
  struck: { readonly recorded: Recorded; readonly injection: Injection } | null,
  setting: Setting,
): Promise<Played> {
  const world = await World.begin({ ...setting, reuse: useCase.reuse });
  try {
    await useCase.prepare(world);
    await world.pass(...SHORTLY);
    const before = await facts(world);
    const isRefused = struck?.injection.refused === true;
    if (struck === null) world.ports.count(null);
    else struck.injection.arm(world);
    const first = await attempt(world, useCase);
    await world.pass(...SHORTLY);
    world.ports.stopCounting();
    struck?.injection.disarm?.();
    const points = [...world.ports.points];
    await world.pass(...LONG);
    await world.restart();
    await world.pass(...SHORTLY, ...LONG);

    const problems: string[] = [];
    const after = await facts(world);
    const wanted = struck?.recorded.after ?? after;
    if (struck !== null) problems.push(...struck.injection.misplaced(world));
    // Nobody presses anything again: what was acknowledged is there, anything else is there or not, but not in part.
    if (first && after !== wanted) problems.push('1: what was acknowledged is not in the database');
    if (!first && after !== wanted && after !== before) problems.push('1: something is there in part');
    problems.push(...(await broken(world, isRefused)));

    // People press again what they were told had failed.
    let ok = first;
    for (let again = 0; !ok && again < TRIES; again++) {
      ok = await attempt(world, useCase);
      await world.pass(...SHORTLY);
    }
    // Whoever is told at last that it was done already has what they wanted.
    const isThere = useCase.seen === undefined && (await facts(world)) === wanted;
    if (!ok && !isThere) problems.push('5: it never worked again');
    await askedAboutCards(world);
    await world.pass(...SHORTLY, ...LONG);
    const end = await facts(world);
    if (end !== wanted) problems.push('1: after pressing again the database holds something else');
    problems.push(...(await broken(world, isRefused)).map((problem) => `${problem}, after pressing again`));
    const leaked = canariesIn(world.log.raw());
    if (leaked.length > 0) problems.push(`6: in the log: ${shortly(leaked)}`);
    const standing = world.ports.ledger.standing();
    if (struck !== null)
      problems.push(
        ...differences(struck.recorded.standing, standing, {
          // What Slack refuses for good is missing, and what quotes it differs.
          refused: isRefused,
          mayRepeat: struck.injection.mayRepeat() || (!first && useCase.asksAnew === true),
        }),
      );
    return { points, before, after: end, standing, problems: [...new Set(problems)] };
  } finally {
    await world.end();
  }
}

/** Does it, and says whether whoever did it may take it for done. */
async function attempt(world: World, useCase: UseCase): Promise<boolean> {
  const { whispers } = world.ports.ledger;
  const heard = whispers.length;
  const delivered = await useCase.play(world);
  if (world.ports.dead) await world.restart();
  if (useCase.seen) return useCase.seen(world);
  return (
    delivered === null ||
    (isOk(delivered, useCase) && !whispers.slice(heard).some(({ text }) => WENT_WRONG.test(text)))
  );
}

function isOk({ acks }: Delivered, { updates = false }: UseCase): boolean {
  const [answer] = acks;
  if (acks.length === 0) return false;
  const said = JSON.stringify(answer) ?? '';
  return (
    !said.includes('"response_action":"errors"') && (updates || !said.includes('"response_action":"update"'))
  );
}

/** Those who were asked whether a card is there look, and say so; those whose card was refused let it be posted. */
async function askedAboutCards(world: World): Promise<void> {
  const { messages } = world.ports.ledger;
  const rows = world.rows(`SELECT decision, state FROM posts WHERE kind = 'card' AND ts IS NULL`);
  for (const { decision, state } of rows) {
    const blockId = `decision:${String(decision)}`;
    const there = messages.find(
      ({ removed, blocks }) => !removed && JSON.stringify(blocks).includes(`${blockId}"`),
    );
    if (state !== 'unknown' && state !== 'refused') continue;
    await world.deliver(press({ actionId: there ? 'keep_card' : 'post_again', blockId }));
    if (there)
      await world.deliver(press({ actionId: 'card_menu', option: 'reasons', blockId, ts: there.ts }));
  }
}

/** The same calls must come up to the fault, or it was put somewhere else than it says. */
function misplaced(world: World, { point }: Fault): string[] {
  const { struck } = world.ports;
  if (struck === null) return [`harness: call ${point.call} never came`];
  return struck.port === point.port && struck.name === point.name
    ? []
    : [`harness: call ${point.call} was ${struck.name} this time`];
}

/** What stands in Slack that should not, or does not that should. */
export function differences(
  wanted: readonly string[],
  found: readonly string[],
  { refused = false, mayRepeat }: { readonly refused?: boolean; readonly mayRepeat: boolean },
): string[] {
  const missing = without(wanted, found);
  const extra = without(found, wanted);
  const problems: string[] = [];
  if (refused) return problems;
  if (missing.length > 0) problems.push(`2: missing in Slack: ${shortly(missing)}`);
  const unasked = extra.filter((text) => text.startsWith('card: ') || !wanted.includes(text) || !mayRepeat);
  if (unasked.length > 0) problems.push(`2: in Slack, but should not be: ${shortly(unasked)}`);
  if (new Set(extra).size < extra.length) problems.push(`2: more than twice in Slack: ${shortly(extra)}`);
  return problems;
}

/**
 * In the one window in which nobody can know whether Slack took it, a reply, a file or a reminder may come twice.
 *
 * @param underWay when the fault came, something had left and was not yet known to have arrived
 */
function mayRepeat({ point: { port, name }, kind }: Fault, underWay: boolean): boolean {
  if (kind.startsWith('kill')) return underWay;
  if (port === 'slack') {
    return isDone(kind) && /^(chat\.postMessage|files\.completeUploadExternal|functions\.)/.test(name);
  }
  const notesArrival = name === 'posts.addReply' || name === 'inbox.remove';
  return name === 'posts.markPosted' || (underWay && (kind === 'busy' || notesArrival));
}

function without(all: readonly string[], those: readonly string[]): string[] {
  const left = [...those];
  return all.filter((text) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const shortly = (texts: readonly string[]): string => JSON.stringify(texts.map((text) => text.slice(0, 400)));
