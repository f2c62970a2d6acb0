import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { summary } from '../../../bench/speed/load.ts';
import { command } from '../../support/payloads.ts';
import { type Bot, startBot } from './bot.ts';
import { manyWorkspaces } from './many-workspaces.ts';
import type { Outcome, Scenario } from './scenario.ts';
import { type Sender, senderTo } from './sender.ts';
import { type Slack, startSlack } from './slack.ts';
import { onStage, type Stage } from './stage.ts';

export interface FloodSize {
  readonly perSecond: number;
  readonly seconds: number;
  /** How long Slack takes for an answer. */
  readonly slackMs: number;
  /** Whether times count: on a machine that is busy with other things they prove nothing. */
  readonly timed: boolean;
}

/** Slack's triggers live so long, and so does people's patience. */
const ANSWERED_WITHIN_MS = 3_000;
const OTHERS_WITHIN_MS = 1_000;
const OTHERS_PER_SECOND = 20;
/** The last answers have come by then, or never will. */
const SETTLED_AFTER_MS = 30_000;
const MEMORY_BACK_WITHIN_MB = 8;
const FILES_BACK_WITHIN = 10;

/** One workspace sends more commands than anybody could type, and people of another one go on using the bot. */
export function flood(size: FloodSize): Scenario {
  return { name: 'flood', run: () => onStage((stage) => run(stage, size)) };
}

/** One command, and what came of it, in milliseconds of `performance.now()`. */
interface Typed {
  readonly sentAt: number;
  dialogAt?: number;
  /** A sentence came instead, as the answer or in private. */
  toldAt?: number;
}

async function run(stage: Stage, { perSecond, seconds, slackMs, timed }: FloodSize): Promise<Outcome> {
  const slack = await startSlack();
  stage.atEnd(() => slack.close());
  const env = await manyWorkspaces(join(stage.folder, 'bot.db'), slack.apiUrl, ['TFLOOD', 'TOTHER']);
  const bot = await startBot(env, { probe: true });
  stage.atEnd(() => bot.stop('SIGKILL'));
  const flooding = typist(slack, bot, 'TFLOOD');
  const others = typist(slack, bot, 'TOTHER');
  stage.atEnd(() => [flooding, others].map(({ sender }) => sender.close()));
  slack.delayMs = slackMs;
  slack.onCall = ({ method, args, at }) => {
    const id = method === 'views.open' ? args.trigger_id?.split('-')[0] : args.id;
    const typed = id === undefined ? undefined : (flooding.typed.get(id) ?? others.typed.get(id));
    if (typed && method === 'views.open') typed.dialogAt ??= at;
    if (typed && method === 'reply') typed.toldAt ??= at;
  };
  // Their connections are there before the flood, as Slack's are.
  await Promise.all(Array.from({ length: OTHERS_PER_SECOND }, () => others.type()));
  others.typed.clear();
  const [before, filesBefore] = [await bot.memory(), bot.openFiles() ?? 0];

  const begun = performance.now();
  const ends: Promise<void>[] = [];
  for (let passed = 0; passed < seconds * 1_000; passed = performance.now() - begun) {
    while (flooding.typed.size < (passed * perSecond) / 1_000) ends.push(flooding.type());
    while (others.typed.size < (passed * OTHERS_PER_SECOND) / 1_000) ends.push(others.type());
    await pause(2);
  }
  await Promise.all(ends);
  const settledBy = performance.now() + SETTLED_AFTER_MS;
  const all = [...flooding.typed.values(), ...others.typed.values()];
  while (all.some(isUnanswered) && performance.now() < settledBy) await pause(50);

  const unanswered = all.filter(isUnanswered).length;
  const late = all.filter((typed) => answeredAfter(typed) > ANSWERED_WITHIN_MS).length;
  const waited = (of: ReadonlyMap<string, Typed>) =>
    summary([...of.values()].map(answeredAfter), seconds * 1_000);
  const [floods, theirs] = [waited(flooding.typed), waited(others.typed)];
  flooding.sender.close();
  others.sender.close();
  const files = await settled(() => bot.openFiles() ?? 0, filesBefore + FILES_BACK_WITHIN);
  const after = await bot.memory();
  const figures = {
    commands: flooding.typed.size,
    dialogs: [...flooding.typed.values()].filter(({ dialogAt }) => dialogAt !== undefined).length,
    unanswered,
    late,
    floodP99Ms: floods.p99,
    others: others.typed.size,
    othersP50Ms: theirs.p50,
    othersP99Ms: theirs.p99,
    heapGrowthMb: after.heap - before.heap,
    rssMb: after.rss,
    filesLeft: files - filesBefore,
  };
  const broken = [
    [bot.ended() !== null, `the bot ended (${bot.ended()})`],
    [unanswered > 0, `${unanswered} commands were never answered`],
    [timed && late > 0, `${late} commands were answered after three seconds`],
    [timed && theirs.p99 >= OTHERS_WITHIN_MS, 'another workspace waited for a second or more'],
    [after.heap - before.heap > MEMORY_BACK_WITHIN_MB, 'the memory did not come back'],
    [files - filesBefore > FILES_BACK_WITHIN, 'connections stayed open'],
    [bot.errors().length > 0, `errors in the log: ${JSON.stringify(bot.errors()[0])}`],
  ] as const;
  return { figures, broken: broken.flatMap(([is, words]) => (is ? [words] : [])) };
}

function typist(
  slack: Slack,
  { port }: Bot,
  team: string,
): { typed: Map<string, Typed>; sender: Sender; type(): Promise<void> } {
  const sender = senderTo(port);
  const typed = new Map<string, Typed>();
  let n = 0;
  return {
    typed,
    sender,
    type: async () => {
      n += 1;
      const id = `${team}${n}`;
      const one: Typed = { sentAt: performance.now() };
      typed.set(id, one);
      const answer = await sender.send(
        command('Billing portal', {
          team_id: team,
          trigger_id: slack.trigger(id),
          response_url: slack.replyUrl(id),
        }),
      );
      if (answer !== null && answer !== '') one.toldAt ??= performance.now();
    },
  };
}

const isUnanswered = ({ dialogAt, toldAt }: Typed): boolean => dialogAt === undefined && toldAt === undefined;

function answeredAfter({ sentAt, dialogAt, toldAt }: Typed): number {
  // A dialog that is asked for too late is none: then the sentence counts.
  const inTime = dialogAt !== undefined && dialogAt - sentAt <= ANSWERED_WITHIN_MS ? dialogAt : undefined;
  return (inTime ?? toldAt ?? dialogAt ?? Number.POSITIVE_INFINITY) - sentAt;
}

/** What it comes to, once it is no more than that or does not change any more. */
async function settled(look: () => number, most: number): Promise<number> {
  for (let i = 0; i < 150 && look() > most; i += 1) await pause(100);
  return look();
}
