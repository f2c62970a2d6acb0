import type { EnvelopeFault } from '../../../../packages/local-slack/server/sockets.ts';
import { type Figures, NONE } from '../enumerate.ts';
import type { Moment } from './plan.ts';
import { die, disturb, NEVER_CAME, type Recorded, record } from './run.ts';
import { Stage, type Transport } from './stage.ts';
import { USE_CASES, type UseCase } from './use-cases.ts';

/** One fault in one use case, to be tried. */
interface Trial {
  /** The call, statement or envelope; several faults may come there. */
  readonly point: string;
  readonly inWords: string;
  run(stage: Stage): Promise<readonly string[]>;
}

/** A way to break the whole process: how Slack reaches it, in which use cases, and what is tried there. */
export interface Harness {
  readonly name: 'processes' | 'socket';
  readonly transport: Transport;
  readonly useCases: readonly UseCase[];
  trials(useCase: UseCase, recorded: Recorded): readonly Trial[];
}

const death =
  (useCase: UseCase, recorded: Recorded) =>
  (moment: Moment): Trial => ({
    point: pointOf(moment),
    inWords: `dead ${moment.when} ${moment.name} (${moment.place})`,
    run: (stage) => die(stage, useCase, recorded, moment),
  });

/** The same call or commit may be died at before and after. */
const pointOf = ({ place, index, name }: Moment): string => `${place} ${name} ${index}`;

/** The bot over HTTP, killed at every moment of every use case. */
export const PROCESSES: Harness = {
  name: 'processes',
  transport: 'http',
  useCases: USE_CASES,
  trials: (useCase, recorded) => recorded.moments.map(death(useCase, recorded)),
};

const REASONS = ['warning', 'refresh_requested', 'link_disabled'] as const;
const ENVELOPE_FAULTS: readonly EnvelopeFault[] = [
  'dropped-before',
  'dropped-unanswered',
  'dropped-at-answer',
  'dropped-answered',
  'twice',
  ...REASONS.flatMap((disconnect) => [
    { disconnect, when: 'before' } as const,
    { disconnect, when: 'after' } as const,
  ]),
];
const KILLED_OVER_SOCKET = ['command', 'submit', 'vote', 'decide'];

/** Over Socket Mode: what can happen to the envelope of every use case, and the deaths of the most important ones. */
export const SOCKET: Harness = {
  name: 'socket',
  transport: 'socket',
  useCases: USE_CASES.filter(({ afterMs }) => afterMs === undefined),
  trials: (useCase, recorded) => [
    ...ENVELOPE_FAULTS.map(
      (fault): Trial => ({
        point: 'the envelope',
        inWords: typeof fault === 'string' ? fault : `asked to leave (${fault.disconnect}) ${fault.when} it`,
        run: (stage) => disturb(stage, useCase, recorded, fault),
      }),
    ),
    ...(KILLED_OVER_SOCKET.includes(useCase.name) ? recorded.moments.map(death(useCase, recorded)) : []),
  ],
};

export interface Choice {
  readonly useCase?: string | undefined;
  /** From 1. */
  readonly trial?: number | undefined;
}

/** So many processes of the bot at a time: what they wait for leaves room for another one. */
const LANES = 2;
/** On a busy machine two calls may change places; then the fault has come somewhere else than it says. */
const TRIES = 3;

/** Tries everything that there is, one fault at a time. */
export async function enumerate(
  harness: Harness,
  choice: Choice,
  onFailure: (inWords: string) => void,
): Promise<Figures> {
  const chosen = harness.useCases.filter(
    ({ name }) => choice.useCase === undefined || name === choice.useCase,
  );
  const figures = { ...NONE };
  const inLane = async (): Promise<void> => {
    const shared = await Stage.open(harness.transport);
    try {
      for (let useCase = chosen.shift(); useCase; useCase = chosen.shift()) {
        await everyTrial(harness, useCase, shared, choice, figures, onFailure);
      }
    } finally {
      await shared.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, chosen.length) }, inLane));
  return figures;
}

async function everyTrial(
  harness: Harness,
  useCase: UseCase,
  shared: Stage,
  choice: Choice,
  figures: { -readonly [Name in keyof Figures]: Figures[Name] },
  onFailure: (inWords: string) => void,
): Promise<void> {
  const recorded = await record(shared, useCase);
  const points = new Set<string>();
  for (const [i, trial] of harness.trials(useCase, recorded).entries()) {
    const number = i + 1;
    if (choice.trial !== undefined && number !== choice.trial) continue;
    const problems = await tried(shared, trial);
    // What is done side by side may share a commit one time and not the other.
    if (problems.includes(NEVER_CAME)) {
      figures.unreached += 1;
      continue;
    }
    points.add(trial.point);
    figures.faults += 1;
    if (problems.length === 0) {
      figures.survived += 1;
      continue;
    }
    figures.promisesBroken += 1;
    onFailure(
      [
        `BROKEN: ${useCase.name}, ${trial.inWords}, over ${harness.transport}`,
        ...problems.map((problem) => `  ${problem}`),
        `  again: npm run promises -- faults ${harness.name}/${useCase.name}/${number}`,
      ].join('\n'),
    );
  }
  figures.points += points.size;
}

async function tried(stage: Stage, trial: Trial): Promise<readonly string[]> {
  for (let attempt = 1; ; attempt++) {
    const problems = await trial
      .run(stage)
      .catch((error: unknown) => [
        `harness: ${error instanceof Error ? error.message.slice(0, 500) : String(error)}`,
      ]);
    if (attempt === TRIES || !problems.some((problem) => problem.startsWith('harness: '))) return problems;
    stage.disarm();
    await stage.kill();
  }
}
