// Loaded into the bot's process: its timers named in OUTSIDE_TIMERS end sooner. '{"setTimeout 5000": 500}': every
// setTimeout of 5,000 ms ends after 500 ms.
import { env } from 'node:process';

const sooner: Readonly<Record<string, number>> = JSON.parse(env.OUTSIDE_TIMERS ?? '{}');

for (const name of ['setTimeout', 'setInterval'] as const) {
  const start = globalThis[name];
  const startSooner = (call: () => void, ms = 0, ...args: unknown[]): unknown =>
    Reflect.apply(start, globalThis, [call, sooner[`${name} ${ms}`] ?? ms, ...args]);
  Object.defineProperty(globalThis, name, { value: Object.assign(startSooner, start) });
}
const abortAfter = AbortSignal.timeout;
AbortSignal.timeout = (ms) => abortAfter.call(AbortSignal, sooner[`AbortSignal.timeout ${ms}`] ?? ms);
