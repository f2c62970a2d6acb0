import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Transport } from '../../packages/local-slack/run/command-line.ts';
import { type Playground, startPlayground } from '../../packages/local-slack/run/playground.ts';
import { countingIds } from '../../packages/local-slack/state/ids.ts';
import { temporaryFolder } from './folder.ts';
import { app, type LocalSlack } from './local-slack.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export const TRANSPORTS = ['socket', 'http'] as const satisfies readonly Transport[];

/** What `npm run playground` starts. */
export async function playground(
  transport: Transport = 'socket',
  folder = temporaryFolder(),
): Promise<Playground> {
  const started = await startPlayground({
    app,
    command: [process.execPath, MAIN],
    folder,
    transport,
    port: 0,
    newId: countingIds(),
    onAppExit: (code) => {
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
