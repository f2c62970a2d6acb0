import type { Figures } from '../enumerate.ts';
import type { Moment } from './plan.ts';
import { die, type Recorded, record } from './run.ts';
import { Stage, type Transport } from './stage.ts';
import { USE_CASES, type UseCase } from './use-cases.ts';

export interface Death {
  readonly useCase: string;
  /** From 1. */
  readonly number: number;
  readonly moment: Moment;
  readonly problems: readonly string[];
}

export interface Choice {
  readonly useCase?: string | undefined;
  readonly number?: number | undefined;
  /** Of all moments only those. */
  readonly only?: (moment: Moment) => boolean;
}

/** So many processes of the bot at a time: what they wait for leaves room for another one. */
const LANES = 2;

/** Of one where nobody could say what it was. */
const TRIES = 3;

/** Kills the process at every moment of every use case, one at a time; in a few places side by side. */
export async function enumerate(
  transport: Transport,
  choice: Choice,
  onFailure: (death: Death) => void,
): Promise<Figures> {
  const chosen = USE_CASES.filter(({ name }) => choice.useCase === undefined || name === choice.useCase);
  const figures = { points: 0, faults: 0, survived: 0, known: 0, promisesBroken: 0 };
  const inLane = async (): Promise<void> => {
    const shared = await Stage.open(transport);
    try {
      for (let useCase = chosen.shift(); useCase; useCase = chosen.shift()) {
        await everyDeath(useCase, shared, choice, figures, onFailure);
      }
    } finally {
      await shared.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, chosen.length) }, inLane));
  return figures;
}

async function everyDeath(
  useCase: UseCase,
  shared: Stage,
  { number: chosen, only = () => true }: Choice,
  figures: { -readonly [Name in keyof Figures]: Figures[Name] },
  onFailure: (death: Death) => void,
): Promise<void> {
  const on = <T>(work: (stage: Stage) => Promise<T>): Promise<T> =>
    useCase.alone ? onItsOwn(shared.transport, work) : work(shared);
  const recorded = await on((stage) => record(stage, useCase));
  const points = new Set<string>();
  for (const [i, moment] of recorded.moments.entries()) {
    const number = i + 1;
    if ((chosen !== undefined && number !== chosen) || !only(moment)) continue;
    points.add(pointOf(moment));
    figures.faults += 1;
    const problems = await on((stage) => died(stage, useCase, recorded, moment));
    if (problems.length === 0) {
      figures.survived += 1;
    } else {
      figures.promisesBroken += 1;
      onFailure({ useCase: useCase.name, number, moment, problems });
    }
  }
  figures.points += points.size;
}

async function onItsOwn<T>(transport: Transport, work: (stage: Stage) => Promise<T>): Promise<T> {
  const stage = await Stage.open(transport);
  try {
    return await work(stage);
  } finally {
    await stage.close();
  }
}

/** The same call, statement or commit may be died at before and after. */
const pointOf = ({ place, index, name, when }: Moment): string =>
  `${place} ${name} ${name === 'COMMIT' && when === 'after' ? index - 1 : index}`;

async function died(
  stage: Stage,
  useCase: UseCase,
  recorded: Recorded,
  moment: Moment,
): Promise<readonly string[]> {
  for (let tried = 1; ; tried++) {
    const problems = await die(stage, useCase, recorded, moment).catch((error: unknown) => [
      `harness: ${error instanceof Error ? error.message.slice(0, 500) : String(error)}`,
    ]);
    // On a busy machine two calls may have changed places.
    if (tried === TRIES || !problems.some((problem) => problem.startsWith('harness: '))) return problems;
    stage.disarm();
    await stage.kill();
  }
}

/** For whoever is to look into it: what, when, and how to see it once more. */
export function inWords(
  transport: Transport,
  { useCase, number, moment: { place, name, when }, problems }: Death,
): string {
  return [
    `BROKEN: ${useCase}, dead ${when} ${name} (${place}), over ${transport}`,
    ...problems.map((problem) => `  ${problem}`),
    `  again: npm run faults -- ${transport}/${useCase}/${number}`,
  ].join('\n');
}
