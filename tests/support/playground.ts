import { onTestFinished } from 'vitest';
import { type Playground, startPlayground } from '../../packages/local-slack/playground.ts';
import type { LocalSlack } from '../../packages/local-slack/server/slack-server.ts';
import type { Transport } from '../../packages/local-slack/stage.ts';
import { countingIds } from '../../packages/local-slack/state/ids.ts';
import { temporaryFolder } from './folder.ts';

export const TRANSPORTS = ['socket', 'http'] as const satisfies readonly Transport[];

/** What `npm run playground` starts. */
export async function playground(
  transport: Transport = 'socket',
  folder = temporaryFolder(),
): Promise<Playground> {
  const started = await startPlayground({
    folder,
    transport,
    port: 0,
    newId: countingIds(),
    onBotGone: (code) => {
      throw new Error(`the bot ended by itself: ${code}`);
    },
  });
  onTestFinished(() => started.stop());
  return started;
}

/** Its Slack, which is there unless everything is just starting over. */
export function slackOf({ slack }: Playground): LocalSlack {
  const current = slack();
  if (current === null) throw new Error('everything is starting over');
  return current;
}
