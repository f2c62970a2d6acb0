/** Current time and timers, passed in so that tests can move the time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once after `ms`. The returned function cancels the call. */
  after(ms: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves to `'late'` if `work` takes longer than `ms`. Doesn't cancel `work`. */
export async function withDeadline<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | 'late'> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const cancel = clock.after(ms, () => resolve('late'));
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
