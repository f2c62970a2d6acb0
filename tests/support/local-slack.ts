/** A local Slack for this repository's app. */
import { readFileSync } from 'node:fs';
import { readApp } from '../../packages/local-slack/app-manifest.ts';
import { sampleWorkspace } from '../../packages/local-slack/sample-workspace.ts';
import {
  type LocalSlack,
  type SlackOptions,
  startSlack as start,
} from '../../packages/local-slack/server/slack-server.ts';

export type { LocalSlack, SlackOptions } from '../../packages/local-slack/server/slack-server.ts';

const read = readApp(readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8'));
if (!read.ok) throw new Error(read.problems.join('\n'));

/** The app that `manifest.yml` describes. */
export const { app } = read;

/** The sample workspace with the app. */
export const workspace = sampleWorkspace(app.bot);

export function startSlack(options: SlackOptions = {}): Promise<LocalSlack> {
  return start({ workspace, ...options });
}
