import { useState } from 'preact/hooks';

interface Notices {
  readonly problem: string | null;
  /** Number of requests without a response. */
  readonly waiting: number;
}

const NO_NOTICES: Notices = { problem: null, waiting: 0 };

/** Keeps each person's error message and pending requests, so that no person sees another's. */
export function useNotices() {
  const [all, setAll] = useState<Readonly<Record<string, Notices>>>({});
  const change = (person: string, how: (before: Notices) => Partial<Notices>): void =>
    setAll((before) => {
      const mine = before[person] ?? NO_NOTICES;
      return { ...before, [person]: { ...mine, ...how(mine) } };
    });
  return {
    to: (person: string): Notices => all[person] ?? NO_NOTICES,
    say: (person: string, problem: string | null) => change(person, () => ({ problem })),
    wait: (person: string, more: 1 | -1) => change(person, ({ waiting }) => ({ waiting: waiting + more })),
  };
}
