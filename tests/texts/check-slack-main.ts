/**
 * `npm run check:slack`: asks Slack about every message and view of the story. Prints the refused ones with Slack's
 * reasons. Exits 1 if there are any, or if Slack can't be asked. Uses SLACK_BOT_TOKEN if it is set; Slack needs none.
 */
import { setTimeout } from 'node:timers/promises';
import { checkedAmong, checkWithSlack, SLACK_API, SlackUnavailable } from './check-slack.ts';
import { playStory } from './story.ts';

const payloads = checkedAmong(await playStory());
process.stderr.write(`Asking Slack about ${payloads.length} messages and views.\n`);
try {
  const refused = await checkWithSlack(payloads, {
    api: process.env.SLACK_API_URL ?? SLACK_API,
    token: process.env.SLACK_BOT_TOKEN,
    fetch,
    wait: (ms) => setTimeout(ms),
  });
  for (const { name, reasons } of refused)
    process.stdout.write(`${[`${name}:`, ...reasons.map((reason) => `  ${reason}`)].join('\n')}\n`);
  process.stdout.write(`Slack accepts ${payloads.length - refused.length} of ${payloads.length}.\n`);
  process.exitCode = refused.length > 0 ? 1 : 0;
} catch (error) {
  if (!(error instanceof SlackUnavailable)) throw error;
  process.stderr.write(`check:slack: ${error.message}\n`);
  process.exitCode = 1;
}
