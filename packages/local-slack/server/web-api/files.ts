import { z } from 'zod';
import { checkBlocks, textLength } from '../../rules/limits.ts';
import { fileJson, MAX_FILE_BYTES, type UploadedFile } from '../../state/files.ts';
import type { Json } from '../../state/json.ts';
import { Refusal } from '../../state/refusal.ts';
import type { Channel } from '../../state/workspace.ts';
import {
  defineMethod,
  jsonArgument,
  type Method,
  optionalJsonArgument,
  optionalString,
  parseBlockList,
  prepareBlocks,
  refuseProblems,
  type World,
} from './method.ts';

const MAX_ALT_TEXT = 1000;
const MAX_SNIPPET_BYTES = 1024 * 1024;

const getUploadUrl = defineMethod(
  z.looseObject({
    filename: z.string().min(1),
    length: z.coerce.number().int().min(0),
    // Slack documents `alt_txt`, but its own client sends `alt_text`.
    alt_txt: optionalString,
    alt_text: optionalString,
    snippet_type: optionalString,
  }),
  ({ filename, length, ...more }, { files, newUploadUrl }) => {
    // Slack treats a length of 0 as missing.
    if (length === 0) throw new Refusal('missing_argument');
    if (length > MAX_FILE_BYTES) throw new Refusal('file_upload_size_restricted');
    if (more.snippet_type !== undefined && length > MAX_SNIPPET_BYTES) throw new Refusal('snippet_too_large');
    const altText = more.alt_txt ?? more.alt_text;
    if (altText !== undefined && textLength(altText) > MAX_ALT_TEXT) throw new Refusal('alt_txt_too_large');
    const alt = altText === undefined ? {} : { altText };
    const { id, path } = files.announce({ name: filename, length, ...alt });
    return { upload_url: newUploadUrl(path), file_id: id };
  },
);

const fileList = z.array(z.looseObject({ id: z.string(), title: optionalString })).min(1);

const completeUpload = defineMethod(
  z.looseObject({
    files: jsonArgument.pipe(fileList),
    channel_id: optionalString,
    channels: optionalString,
    thread_ts: optionalString,
    initial_comment: optionalString,
    blocks: optionalJsonArgument,
  }),
  (args, world) => {
    const { files, messages, workspace } = world;
    const ids = [args.channel_id, ...(args.channels ?? '').split(',')].filter((id) => id !== undefined);
    const channels = ids.filter((id) => id !== '').map((id) => requireShareableChannel(id, world));
    const threadTs = args.thread_ts;
    if (threadTs !== undefined) {
      const [only, ...others] = channels;
      if (only === undefined || others.length > 0) throw new Refusal('invalid_arguments');
      messages.checkParent(only.id, threadTs);
    }
    const comment = args.initial_comment ?? '';
    // Slack ignores the blocks if there is a comment.
    const blocks = comment === '' ? parseBlockList(args.blocks) : undefined;
    refuseProblems(blocks === undefined ? [] : checkBlocks(blocks, 'message'));
    // Check all files first, so that either all are completed or none.
    for (const { id } of args.files) files.getUploaded(id);
    const done = args.files.map(({ id, title }) => files.complete(id, title));
    for (const channel of channels) {
      const thread = threadTs === undefined ? {} : { threadTs };
      const { ts } = messages.post({
        channel: channel.id,
        ts: workspace.newTs(),
        user: workspace.bot.userId,
        botId: workspace.bot.botId,
        text: comment,
        blocks: prepareBlocks(blocks, world),
        files: done,
        ...thread,
      });
      for (const { id } of done) files.share(id, { channel: channel.id, ts, ...thread });
    }
    // Slack shares files later: `files.info` lists the shares, this response never does.
    return { files: done.map((file) => fileJson(file, workspace)) };
  },
);

/** Returns a channel in which the bot may share files. Unlike for messages, the bot must be a member. */
function requireShareableChannel(id: string, { workspace }: World): Channel {
  const { userId } = workspace.bot;
  const channel = workspace.hasUser(id) ? workspace.directMessage(id) : workspace.visibleTo(userId, id);
  if (!channel.members.has(userId)) throw new Refusal('not_in_channel');
  if (channel.archived === true || channel.readOnly === true) throw new Refusal('posting_to_channel_denied');
  return channel;
}

const info = defineMethod(z.looseObject({ file: z.string() }), ({ file: id }, { files, workspace }) => {
  const file = files.getCompleted(id);
  return { file: { ...fileJson(file, workspace), shares: sharesJson(file, workspace) }, comments: [] };
});

function sharesJson({ shares }: UploadedFile, workspace: World['workspace']): Json {
  const of = (isPublic: boolean): Json => {
    const found = shares.filter(({ channel }) => (workspace.channel(channel).kind === 'public') === isPublic);
    const byChannel = Object.groupBy(found, ({ channel }) => channel);
    return Object.fromEntries(
      Object.entries(byChannel).map(([channel, list = []]) => [
        channel,
        list.map(({ ts, threadTs }) => ({ ts, ...(threadTs === undefined ? {} : { thread_ts: threadTs }) })),
      ]),
    );
  };
  return { public: of(true), private: of(false) };
}

const remove = defineMethod(z.looseObject({ file: z.string() }), ({ file: id }, { files, messages }) => {
  for (const { channel, ts } of files.getCompleted(id).shares) messages.removeFile(channel, ts, id);
  files.delete(id);
  return {};
});

export const filesMethods: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'files.info': info,
  'files.delete': remove,
};
