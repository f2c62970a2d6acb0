import { z } from 'zod';
import type { Json } from '../../state/json.ts';
import { Refusal } from '../../state/refusal.ts';
import type { Channel } from '../../state/workspace.ts';
import { defineMethod, type Method, optionalString } from './method.ts';

const channelJson = (channel: Channel): Json => ({
  id: channel.id,
  name: channel.name,
  is_channel: channel.kind !== 'im',
  is_im: channel.kind === 'im',
  is_private: channel.kind === 'private',
  is_archived: channel.archived === true,
  is_ext_shared: channel.shared === true,
});

const join = defineMethod(z.looseObject({ channel: z.string() }), ({ channel: id }, { workspace }) => {
  const channel = workspace.visibleTo(workspace.bot.userId, id);
  if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
  if (channel.archived === true) throw new Refusal('is_archived');
  const already = channel.members.has(workspace.bot.userId);
  channel.members.add(workspace.bot.userId);
  const warnings = {
    warning: 'already_in_channel',
    response_metadata: { warnings: ['already_in_channel'] },
  };
  return { channel: channelJson(channel), ...(already ? warnings : {}) };
});

const open = defineMethod(
  z.looseObject({ users: optionalString, channel: optionalString }),
  ({ users, channel }, { workspace }) => {
    if (channel !== undefined) {
      return { channel: channelJson(workspace.visibleTo(workspace.bot.userId, channel)) };
    }
    const ids = (users ?? '').split(',').filter((id) => id !== '');
    const only = ids[0];
    if (only === undefined) throw new Refusal('users_list_not_supplied');
    // Conversations with several people need `mpim:write`.
    if (ids.length > 1) throw new Refusal('missing_scope', { needed: 'mpim:write' });
    return { channel: channelJson(workspace.directMessage(only)) };
  },
);

export const conversationsMethods: Readonly<Record<string, Method>> = {
  'conversations.join': join,
  'conversations.open': open,
};
