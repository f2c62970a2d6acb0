import { createHmac } from 'node:crypto';
import { systemClock } from '../../../src/runtime/clock.ts';
import { HttpReceiver } from '../../../src/slack/http/receiver.ts';
import { spoiled } from './parsers.ts';
import { Random } from './random.ts';
import { CANARY, createScene } from './scene.ts';
import { seedsOf } from './seeds.ts';

const SECRET = 'test-signing-secret';
const FORM = 'application/x-www-form-urlencoded';
const TYPES: readonly string[] = [
  FORM,
  `${FORM}; charset=utf-8`,
  'application/json',
  'application/json;charset=latin1',
  'text/plain',
  'multipart/form-data; boundary=x',
  '',
];
/** A 500 is for what nobody has acknowledged: Slack itself then tells the person. */
const STATUSES: readonly number[] = [200, 400, 500];

/** Sends whole requests whose bytes are spoiled before they are signed, over a real connection. */
export async function request(
  { seed, cases }: { readonly seed: number; readonly cases: number },
  onBroken: (words: string) => void,
): Promise<{ readonly requests: number; readonly taken: number; readonly broken: number }> {
  const scene = await createScene();
  const { world } = scene;
  const now = world.clock.now();
  const receiver = new HttpReceiver({
    signingSecret: SECRET,
    host: '127.0.0.1',
    port: 0,
    logger: world.log.logger,
    // As it was at the beginning, for which all is signed.
    clock: { ...systemClock, now: () => now },
  });
  receiver.init(world.app);
  const { port } = await receiver.start();
  const seeds = seedsOf(scene);
  let broken = 0;
  /** Those that were still good enough to be acknowledged. */
  let taken = 0;
  try {
    for (let i = 0; i < cases; i++) {
      const random = new Random('request', seed, i);
      const { name, body } = random.pick(seeds);
      const isForm = 'command' in body;
      const sent = isForm
        ? new URLSearchParams(Object.entries(body).map(([key, value]) => [key, String(value)])).toString()
        : 'event' in body
          ? JSON.stringify(body)
          : new URLSearchParams({ payload: JSON.stringify(body) }).toString();
      const bytes = Buffer.from(
        random.isHit(0.8) ? spoiled(random, sent) : sent,
        random.isHit(0.2) ? 'latin1' : 'utf8',
      );
      const type = random.isHit(0.7) ? ('event' in body ? 'application/json' : FORM) : random.pick(TYPES);
      world.restore();
      const { status, problems } = await answered(port, bytes, type, now);
      if (status === 200) taken += 1;
      await world.pass(0);
      const log = JSON.stringify(world.log.lines);
      if (world.log.lines.some(({ level }) => level === 'error'))
        problems.push(`logged as an error: ${log.slice(0, 600)}`);
      if (log.includes(CANARY))
        problems.push(`what somebody has entered is in the log: ${log.slice(0, 300)}`);
      if (problems.length === 0) continue;
      broken += 1;
      onBroken(`request ${seed}/${i}, ${name} as ${type}: ${problems.join('; ')}`);
    }
  } finally {
    await receiver.stop();
    world.end();
  }
  return { requests: cases, taken, broken };
}

async function answered(
  port: number,
  bytes: Buffer<ArrayBuffer>,
  type: string,
  now: number,
): Promise<{ readonly status: number; readonly problems: string[] }> {
  const timestamp = String(Math.floor(now / 1_000));
  const signature = createHmac('sha256', SECRET).update(`v0:${timestamp}:`).update(bytes).digest('hex');
  const response = await fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: 'POST',
    body: bytes,
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
  });
  const body = await response.text();
  const problems = STATUSES.includes(response.status) ? [] : [`answered with ${response.status}`];
  if (response.headers.get('content-type')?.startsWith('application/json') && !isJson(body))
    problems.push('an answer that is no JSON');
  return { status: response.status, problems };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
