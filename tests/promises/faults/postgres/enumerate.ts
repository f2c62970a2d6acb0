import { type Figures, NONE } from '../enumerate.ts';
import { type Injection, record, strikeWith } from '../run.ts';
import { USE_CASES, type UseCase } from '../use-cases.ts';
import type { PostgresPlaces } from './place.ts';
import {
  kindsAt,
  type StatementFault,
  type StatementKind,
  type StatementPoint,
  Statements,
} from './statements.ts';

/** Those that write most differently; the store is the same for all. */
export const WRITING = USE_CASES.filter(({ name }) =>
  [
    'submit',
    'vote',
    'withdraw',
    'reason',
    'own-answers',
    'decide',
    'remind',
    'snooze',
    'reopen',
    'supersede',
    'edit',
    'delete',
    'forget-me',
    'step',
    'uninstall',
  ].includes(name),
);

export interface Choice {
  readonly useCase?: string | undefined;
  readonly statement?: number | undefined;
  readonly kind?: string | undefined;
}

/** Puts every fault into every statement that changes something. */
export async function enumerate(
  places: PostgresPlaces,
  choice: Choice,
  onFailure: (inWords: string) => void,
  kinds: (point: StatementPoint) => readonly StatementKind[] = kindsAt,
): Promise<Figures> {
  const figures = { ...NONE };
  const statements = new Statements();
  try {
    for (const useCase of WRITING) {
      if (choice.useCase !== undefined && useCase.name !== choice.useCase) continue;
      const points = await pointsOf(useCase, places, statements);
      for (const point of points.found) {
        if (choice.statement !== undefined && point.number !== choice.statement) continue;
        figures.points += 1;
        for (const kind of kinds(point)) {
          if (choice.kind !== undefined && kind !== choice.kind) continue;
          figures.faults += 1;
          const problems = await strikeWith(
            useCase,
            points.recorded,
            inStatement(statements, { point, kind }),
            {
              place: await places.fresh(),
            },
          ).catch((error: unknown) => [`harness: ${error instanceof Error ? error.stack : String(error)}`]);
          if (problems.length === 0) {
            figures.survived += 1;
            continue;
          }
          figures.promisesBroken += 1;
          onFailure(
            [
              `BROKEN: ${useCase.name}, statement ${point.number} (${point.name} of ${point.call}), ${kind}, on PostgreSQL`,
              ...problems.map((problem) => `  ${problem}`),
              `  again: npm run promises -- faults postgres/${useCase.name}/${point.number}/${kind}`,
            ].join('\n'),
          );
        }
      }
    }
    return figures;
  } finally {
    statements.release();
  }
}

async function pointsOf(useCase: UseCase, places: PostgresPlaces, statements: Statements) {
  const recorded = await record(useCase, { place: await places.fresh() });
  const counting: Injection = {
    ...quiet,
    arm: (world) => {
      world.ports.count(null);
      statements.count(null);
    },
    disarm: () => statements.stopCounting(),
    misplaced: () => [],
  };
  const problems = await strikeWith(useCase, recorded, counting, { place: await places.fresh() });
  if (problems.length > 0) throw new Error(`${useCase.name} breaks without faults: ${problems.join('; ')}`);
  return { recorded, found: statements.points };
}

const quiet = { refused: false, mayRepeat: () => false };

function inStatement(statements: Statements, fault: StatementFault): Injection {
  return {
    ...quiet,
    arm: (world) => {
      world.ports.count(null);
      statements.count(fault);
    },
    disarm: () => statements.stopCounting(),
    misplaced: () => (statements.struck ? [] : [`harness: statement ${fault.point.number} never came`]),
    // That it was posted may not have been written.
    mayRepeat: () => fault.point.call === 'posts.markPosted',
  };
}
