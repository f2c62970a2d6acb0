/** Time, passed in wherever it matters, so that tests decide what time it is. */
export interface Clock {
  /** Milliseconds since 1970. Can go back when the machine's clock is set. For times that are shown or stored. */
  now(): number;
  /** Milliseconds since an arbitrary moment. Never goes back. For durations and waits within the process. */
  monotonic(): number;
  /** Calls once after `ms`; the returned function cancels. */
  after(ms: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves to `'late'` when `work` takes longer; the work itself goes on. */
export async function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | 'late'> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const cancel = clock.after(ms, () => resolve('late'));
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
