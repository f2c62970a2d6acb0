import type { Fault, Kind, Point } from './point.ts';
import { type Recorded, record, strike } from './run.ts';
import { USE_CASES, type UseCase } from './use-cases.ts';

export interface Failure {
  readonly useCase: string;
  readonly fault: Fault;
  readonly problems: readonly string[];
}

export interface Figures {
  readonly points: number;
  readonly faults: number;
  readonly survived: number;
  readonly promisesBroken: number;
  /** Faults that could not be tried: when they were played, their moment never came. */
  readonly unreached: number;
}

export const NONE: Figures = { points: 0, faults: 0, survived: 0, promisesBroken: 0, unreached: 0 };

/** Which one: `vote/7/lost`; parts may be left out from the end. */
export interface Choice {
  readonly useCase?: string | undefined;
  readonly call?: number | undefined;
  readonly kind?: string | undefined;
}

/** Puts every fault into every call of every use case, one at a time. */
export async function enumerate(
  kinds: (point: Point) => readonly Kind[],
  { useCase: only, call, kind: onlyKind }: Choice,
  onFailure: (failure: Failure) => void,
): Promise<Figures> {
  const figures = { ...NONE };
  for (const useCase of USE_CASES) {
    if (only !== undefined && useCase.name !== only) continue;
    const recorded = await record(useCase);
    for (const point of recorded.points) {
      if (call !== undefined && point.call !== call) continue;
      figures.points += 1;
      for (const kind of kinds(point)) {
        if (onlyKind !== undefined && kind !== onlyKind) continue;
        figures.faults += 1;
        const problems = await struck(useCase, recorded, { point, kind });
        if (problems.length === 0) {
          figures.survived += 1;
          continue;
        }
        figures.promisesBroken += 1;
        onFailure({ useCase: useCase.name, fault: { point, kind }, problems });
      }
    }
  }
  return figures;
}

async function struck(useCase: UseCase, recorded: Recorded, fault: Fault): Promise<readonly string[]> {
  try {
    return await strike(useCase, recorded, fault);
  } catch (error) {
    return [`harness: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** For whoever is to look into it: what, where, and how to see it once more. */
export function inWords({ useCase, fault: { point, kind }, problems }: Failure): string {
  return [
    `BROKEN: ${useCase}, call ${point.call} (${point.port} ${point.name}), ${kind}`,
    ...problems.map((problem) => `  ${problem}`),
    `  again: npm run promises -- faults ${useCase}/${point.call}/${kind}`,
  ].join('\n');
}
