import { onTestFinished } from 'vitest';
import { startInstance } from '../../bench/instances/instance.ts';
import { startRoundRobin } from '../../bench/instances/round-robin.ts';
import type { LocalSlack } from '../../packages/local-slack/server/slack-server.ts';
import { freshSchema } from './postgres.ts';

export interface ThreeInstances {
  /** How many each of them has had. */
  requests(): readonly number[];
  /** Lines of their logs that are errors. */
  errors(): readonly unknown[];
}

const SIGNING_SECRET = 'three-instances-secret';

/**
 * Three processes of the bot on one PostgreSQL, behind something that sends each request to the next one; the local
 * Slack sends to that from now on.
 */
export async function threeInstances(slack: LocalSlack): Promise<ThreeInstances> {
  const balancer = await startRoundRobin();
  onTestFinished(() => balancer.close());
  const env = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: await freshSchema(),
    HOST: '127.0.0.1',
    PORT: '0',
  };
  const instances = await Promise.all([1, 2, 3].map(() => startInstance(env)));
  onTestFinished(async () => {
    await Promise.all(instances.map((instance) => instance.kill('SIGTERM')));
  });
  for (const { port } of instances) balancer.ports.add(port);
  slack.sendTo({ url: `${balancer.url}/slack/events`, signingSecret: SIGNING_SECRET });
  return {
    requests: () => [...balancer.passed.values()],
    errors: () => instances.flatMap((instance) => instance.errors()),
  };
}
