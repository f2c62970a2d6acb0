import { z } from 'zod';
import { checkBlocks } from '../rules/limits.ts';
import type { ResponseTarget } from '../state/grants.ts';
import type { Json } from '../state/json.ts';
import { Refusal } from '../state/refusal.ts';
import { parseBlockList, prepareBlocks, refuseProblems, type World } from './web-api/method.ts';

const response = z.looseObject({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
  replace_original: z.boolean().default(false),
  delete_original: z.boolean().default(false),
  thread_ts: z.string().optional(),
});

/** Applies an app's request to a response_url, or the body of its ack to a command. */
export function respond(target: ResponseTarget, body: Json, world: World): void {
  const parsed = response.safeParse(body);
  if (!parsed.success) throw new Refusal('invalid_payload');
  const { source } = target;
  if (parsed.data.delete_original) {
    // Slack ignores this after a command, because there is no message to delete.
    if (source !== undefined) removeOriginal(target, source, world);
    return;
  }
  const blocks = parseBlockList(parsed.data.blocks);
  const text = parsed.data.text ?? '';
  if (text === '' && (blocks === undefined || blocks.length === 0)) throw new Refusal('no_text');
  // The limit for all of a message's text was only observed with chat.postMessage.
  refuseProblems(blocks === undefined ? [] : checkBlocks(blocks, 'message'));
  const content = { text, blocks: prepareBlocks(blocks, world) };
  if (parsed.data.replace_original && source !== undefined) {
    if (source.ephemeral) world.messages.updateEphemeral(target.user, source.ts, content);
    else world.messages.update(target.channel, source.ts, content);
    return;
  }
  const { workspace, messages } = world;
  // Slack ignores thread_ts in ephemeral responses.
  const threadTs = parsed.data.response_type === 'in_channel' ? parsed.data.thread_ts : undefined;
  const message = {
    channel: target.channel,
    ts: workspace.newTs(),
    ...content,
    ...(threadTs === undefined ? {} : { threadTs }),
  };
  if (parsed.data.response_type === 'ephemeral') messages.postEphemeral({ ...message, user: target.user });
  else messages.post({ ...message, user: workspace.bot.userId, botId: workspace.bot.botId });
}

function removeOriginal(
  target: ResponseTarget,
  source: NonNullable<ResponseTarget['source']>,
  world: World,
): void {
  if (source.ephemeral) world.messages.updateEphemeral(target.user, source.ts, { gone: 'deleted' });
  else world.messages.delete(target.channel, source.ts);
}
