/** The time, passed in so that tests can move it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once after `ms`; the returned function cancels. */
  after(ms: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves to `'late'` if `work` takes longer than `ms`; the work goes on. */
export async function withDeadline<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | 'late'> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const cancel = clock.after(ms, () => resolve('late'));
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
