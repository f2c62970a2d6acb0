// Loaded into the bot's process: its time of day is OUTSIDE_AHEAD_MS ahead until it gets SIGUSR2.
import { env } from 'node:process';

const now = Date.now;
let aheadMs = Number(env.OUTSIDE_AHEAD_MS ?? 0);

Date.now = () => now() + aheadMs;
process.on('SIGUSR2', () => {
  aheadMs = 0;
});
