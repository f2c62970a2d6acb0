/**
 * `npm run bench:playground`: how long the playground takes from its command to "ready", and to a page that a
 * browser could show. Prints the median and the spread of several starts, after one that is not counted.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const STARTS = Number(process.argv[2] ?? 7);

interface Start {
  /** Milliseconds since the command. */
  readonly ready: number;
  readonly page: number;
}

const starts: Start[] = [];
for (let i = 0; i <= STARTS; i += 1) {
  const start = await measured();
  if (i > 0) starts.push(start); // The first one warms the disk's cache.
}
report(
  '"ready" is printed',
  starts.map(({ ready }) => ready),
);
report(
  'the page has its state',
  starts.map(({ page }) => page),
);

async function measured(): Promise<Start> {
  const from = performance.now();
  const since = (): number => performance.now() - from;
  const child = spawn('npm', ['run', '--silent', 'playground'], {
    env: { ...process.env, CI: '1', PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let start: Start | undefined;
  for await (const line of createInterface(child.stdout)) {
    const url = /ready: (http\S+)$/.exec(line)?.[1];
    if (url === undefined) continue;
    const ready = since();
    await Promise.all(['', 'app.ts', 'state?as=U0ANA'].map(async (path) => (await fetch(url + path)).text()));
    start = { ready, page: since() };
    // The whole group, as Ctrl-C does it: npm alone would leave the playground behind.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
  }
  await ended;
  if (start === undefined) throw new Error('the playground did not start');
  return start;
}

function report(what: string, values: readonly number[]): void {
  const sorted = values.toSorted((a, b) => a - b);
  const seconds = (ms: number | undefined): string => `${((ms ?? Number.NaN) / 1000).toFixed(2)} s`;
  const median = seconds(sorted[Math.floor(sorted.length / 2)]);
  process.stdout.write(
    `${what}: median ${median}, ${seconds(sorted[0])} to ${seconds(sorted.at(-1))}, ${sorted.length} starts\n`,
  );
}
