import { z } from 'zod';
import { messageJson } from '../../people/payloads.ts';
import { checkMessage, MAX_TEXT, MAX_UPDATE_TEXT, textLength } from '../../rules/limits.ts';
import { arrayItems, type Json } from '../../state/json.ts';
import type { Message } from '../../state/messages.ts';
import { Refusal } from '../../state/refusal.ts';
import {
  booleanArgument,
  defineMethod,
  type Method,
  metadataArgument,
  optionalJsonArgument,
  optionalString,
  parseBlockList,
  prepareBlocks,
  refuseProblems,
  requireWritableChannel,
  type World,
} from './method.ts';

const MAX_ATTACHMENTS = 100;

const content = { channel: z.string(), text: optionalString, blocks: optionalJsonArgument };

const postMessage = defineMethod(
  z.looseObject({
    ...content,
    thread_ts: optionalString,
    reply_broadcast: booleanArgument,
    metadata: metadataArgument,
    markdown_text: optionalString,
    attachments: optionalJsonArgument,
  }),
  (args, world) => {
    const { messages, workspace } = world;
    const channel = requireWritableChannel(args.channel, world);
    const hasMarkdown = args.markdown_text !== undefined;
    if (hasMarkdown && (args.text !== undefined || args.blocks !== undefined)) {
      throw new Refusal('markdown_text_conflict');
    }
    if (arrayItems(args.attachments).length > MAX_ATTACHMENTS) throw new Refusal('too_many_attachments');
    const blocks = parseBlockList(args.blocks);
    // Slack silently truncates longer text.
    const shown = [...(args.markdown_text ?? args.text ?? '')].slice(0, MAX_TEXT).join('');
    refuseProblems(checkMessage({ text: shown, blocks }));
    const threadTs = args.thread_ts === '' ? undefined : args.thread_ts;
    if (threadTs !== undefined) messages.checkParent(channel.id, threadTs);
    const posted = messages.post({
      channel: channel.id,
      ts: workspace.newTs(),
      user: workspace.bot.userId,
      botId: workspace.bot.botId,
      text: shown,
      blocks: prepareBlocks(blocks, world),
      ...(threadTs === undefined ? {} : { threadTs }),
      ...(threadTs !== undefined && args.reply_broadcast ? { broadcast: true } : {}),
      ...(args.metadata === undefined ? {} : { metadata: args.metadata }),
    });
    return { channel: channel.id, ts: posted.ts, message: messageJson(posted, world.workspace) };
  },
);

/** Returns one of the bot's own messages. Throws a Refusal if it isn't the bot's or can't be changed. */
function requireOwnMessage(channelId: string, ts: string, foreign: string, world: World): Message {
  const { messages, workspace } = world;
  const channel = workspace.visibleTo(workspace.bot.userId, channelId);
  const message = messages.get(channel.id, ts);
  if (message.botId !== workspace.bot.botId) throw new Refusal(foreign);
  if (channel.archived === true) throw new Refusal('is_inactive');
  return message;
}

const update = defineMethod(
  z.looseObject({ ...content, ts: z.string(), metadata: metadataArgument }),
  (args, world) => {
    const message = requireOwnMessage(args.channel, args.ts, 'cant_update_message', world);
    const blocks = parseBlockList(args.blocks);
    if (textLength(args.text ?? '') > MAX_UPDATE_TEXT) throw new Refusal('msg_too_long');
    if (args.text === undefined && blocks === undefined) throw new Refusal('no_text');
    refuseProblems(checkMessage({ text: args.text ?? message.text, blocks: blocks ?? [] }));
    const updated = world.messages.update(args.channel, args.ts, {
      text: args.text ?? message.text,
      // Slack removes the old blocks if an update has only text.
      blocks: prepareBlocks(blocks, world),
      ...(args.metadata === undefined ? {} : { metadata: args.metadata }),
    });
    const json = messageJson(updated, world.workspace);
    return { channel: args.channel, ts: args.ts, text: updated.text, message: json };
  },
);

const remove = defineMethod(z.looseObject({ channel: z.string(), ts: z.string() }), (args, world) => {
  requireOwnMessage(args.channel, args.ts, 'cant_delete_message', world);
  world.messages.delete(args.channel, args.ts);
  return { channel: args.channel, ts: args.ts };
});

const postEphemeral = defineMethod(
  z.looseObject({ ...content, user: z.string(), thread_ts: optionalString }),
  (args, world): Json => {
    const { messages, workspace } = world;
    const channel = requireWritableChannel(args.channel, world);
    if (!workspace.hasUser(args.user) || !channel.members.has(args.user)) {
      throw new Refusal('user_not_in_channel');
    }
    const blocks = parseBlockList(args.blocks);
    // Slack counts bytes here, but characters elsewhere.
    if (Buffer.byteLength(args.text ?? '') > MAX_UPDATE_TEXT) throw new Refusal('msg_too_long');
    refuseProblems(checkMessage({ text: args.text, blocks }));
    const { ts } = messages.postEphemeral({
      channel: channel.id,
      user: args.user,
      ts: workspace.newTs(),
      text: args.text ?? '',
      blocks: prepareBlocks(blocks, world),
      ...(args.thread_ts === undefined ? {} : { threadTs: args.thread_ts }),
    });
    return { message_ts: ts };
  },
);

const getPermalink = defineMethod(
  z.looseObject({ channel: z.string(), message_ts: z.string() }),
  (args, { messages, workspace }) => {
    const channel = workspace.visibleTo(workspace.bot.userId, args.channel);
    const { ts, threadTs } = messages.get(channel.id, args.message_ts);
    const link = `https://${workspace.team.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
    const inThread = threadTs === undefined ? '' : `?thread_ts=${threadTs}&cid=${channel.id}`;
    return { channel: channel.id, permalink: link + inThread };
  },
);

export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': remove,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
};
