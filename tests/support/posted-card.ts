import { startBot, type TestBot } from './bot.ts';
import { press, type Submission, submit } from './payloads.ts';

/** Slack's id of the first card that the recorded Slack takes. */
export const CARD_TS = '1795424400.000001';

/** A bot with one posted card, asked for by U1; the calls of posting it are forgotten. */
export async function withCard(submission: Submission = {}): Promise<{ bot: TestBot; block: string }> {
  const bot = await startBot();
  await bot.deliver(submit(submission));
  const block = blockOf(bot.slack.of('chat.postMessage')[0]?.blocks);
  bot.slack.calls.length = 0;
  return { bot, block };
}

/** The block id of a card's buttons. */
export const blockOf = (blocks: unknown): string =>
  /decision:[\w-]+/.exec(JSON.stringify(blocks) ?? '')?.[0] ?? '';

/** A press on one of its buttons. */
export const pressed = (actionId: string, block: string, user = 'U1') =>
  press({ actionId, blockId: block, user, ts: CARD_TS });

/** A choice in its menu. */
export const menu = (option: string, block: string, user = 'U1') =>
  press({ actionId: 'card_menu', blockId: block, option, user, ts: CARD_TS });

/** Private answers by reply address. */
export const told = (bot: TestBot) =>
  bot.slack.calls.filter(({ method }) => method.includes('hooks.slack.test')).map(({ args }) => args);

/** The dialog that was opened last. */
export const openedView = (bot: TestBot) => bot.slack.of('views.open').at(-1)?.view;
