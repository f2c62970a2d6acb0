import type { Kind, Point } from './point.ts';

/** What is known not to hold, and why it is left so for now. */
interface Known {
  readonly why: string;
  covers(useCase: string, point: Point, kind: Kind): boolean;
}

export const KNOWN: readonly Known[] = [
  {
    why: 'what a check has shown is read in its dialog; the copy for the thread is sent once and kept nowhere',
    covers: (useCase, { call, port }, kind) =>
      useCase === 'check-again' && call <= 3 && (port === 'slack' || !kind.startsWith('clock')),
  },
];
