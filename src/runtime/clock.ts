/** The time, passed in, so that tests can set it. */
export interface Clock {
  /** Milliseconds since 1970. Can go back when the machine's clock is set. For times that are shown or stored. */
  now(): number;
  /** Milliseconds since an arbitrary moment. Never goes back. For durations and waits within the process. */
  monotonic(): number;
  /** Calls once after `ms` milliseconds. The returned function cancels the call. */
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

/** Resolves to the result of `work`, or to `'late'` after `ms` milliseconds. The work itself continues. */
export async function withTimeout<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | 'late'> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const cancel = clock.after(ms, () => resolve('late'));
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
