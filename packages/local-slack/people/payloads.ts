import type {
  BlockAction,
  BlockSuggestion,
  EnvelopedEvent,
  GlobalShortcut,
  MessageShortcut,
  SlashCommand,
} from '@slack/bolt';
import { fileJson } from '../state/files.ts';
import type { ElementInBlock } from '../state/ids.ts';
import type { Json } from '../state/json.ts';
import type { Message } from '../state/messages.ts';
import type { ViewState } from '../state/view-state.ts';
import type { Channel, User, Workspace } from '../state/workspace.ts';

/** Builds Slack's payloads from the local state. `satisfies` checks them against Bolt's types. */

/** Value of the deprecated field `token`. Apps verify signatures instead. */
const VERIFICATION = 'verification-token';

/** Returns the fields that every interaction payload has. */
export const interactionFields = ({ team, bot }: Workspace, user: User) => ({
  token: VERIFICATION,
  api_app_id: bot.appId,
  team: { id: team.id, domain: team.domain },
  user: { id: user.id, name: user.name, username: user.name, team_id: user.teamId ?? team.id },
  is_enterprise_install: false,
});

/** Returns a channel's name as Slack shows it to apps: the names of private conversations are hidden. */
const visibleName = ({ kind, name }: Channel): string =>
  kind === 'public' ? name : kind === 'private' ? 'privategroup' : 'directmessage';

export interface InteractionGrants {
  readonly triggerId: string;
  readonly responseUrl: string;
}

export function commandPayload(
  workspace: Workspace,
  user: User,
  channel: Channel,
  command: string,
  text: string,
  granted: InteractionGrants,
) {
  return {
    token: VERIFICATION,
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: visibleName(channel),
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: workspace.bot.appId,
    is_enterprise_install: 'false',
    response_url: granted.responseUrl,
    trigger_id: granted.triggerId,
  } satisfies SlashCommand;
}

export function shortcutPayload(
  workspace: Workspace,
  user: User,
  channel: Channel,
  message: Message,
  callbackId: string,
  granted: InteractionGrants,
) {
  return {
    type: 'message_action',
    ...interactionFields(workspace, user),
    callback_id: callbackId,
    action_ts: workspace.newTs(),
    trigger_id: granted.triggerId,
    response_url: granted.responseUrl,
    message_ts: message.ts,
    channel: { id: channel.id, name: visibleName(channel) },
    message: messageJson(message, workspace),
  } satisfies MessageShortcut;
}

/** Builds a global shortcut's payload. It has no response_url, and its dialog has no channel. */
export function globalShortcutPayload(
  workspace: Workspace,
  user: User,
  callbackId: string,
  triggerId: string,
) {
  return {
    type: 'shortcut',
    ...interactionFields(workspace, user),
    callback_id: callbackId,
    action_ts: workspace.newTs(),
    trigger_id: triggerId,
  } satisfies GlobalShortcut;
}

/** A click or a change: the element's fields that Slack repeats, and the value. */
export interface Action {
  readonly type: string;
  readonly block_id: string;
  readonly action_id: string;
  readonly action_ts: string;
  readonly [field: string]: unknown;
}

/**
 * Builds the payload of a click in a message. `shown` is null for ephemeral messages, because Slack sends no copy of
 * them.
 */
export function messageActionPayload(
  workspace: Workspace,
  user: User,
  channel: Channel,
  at: { readonly ts: string; readonly threadTs?: string; readonly shown: Message | null },
  actions: Action[],
  state: ViewState,
  granted: InteractionGrants,
) {
  const { ts, threadTs, shown } = at;
  return {
    type: 'block_actions',
    ...interactionFields(workspace, user),
    trigger_id: granted.triggerId,
    response_url: granted.responseUrl,
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel.id,
      is_ephemeral: shown === null,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    },
    channel: { id: channel.id, name: visibleName(channel) },
    ...(shown === null ? {} : { message: messageJson(shown, workspace) }),
    state: { values: state },
    actions,
  } satisfies BlockAction<Action>;
}

/** Builds the payload of a query in a message's external select. */
export function messageSuggestionPayload(
  workspace: Workspace,
  user: User,
  channel: Channel,
  { ts, shown }: { readonly ts: string; readonly shown: Message | null },
  { block, element }: ElementInBlock,
  value: string,
) {
  return {
    type: 'block_suggestion',
    ...interactionFields(workspace, user),
    action_id: element.action_id,
    block_id: block.block_id,
    value,
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel.id,
      is_ephemeral: shown === null,
    },
    channel: { id: channel.id, name: visibleName(channel) },
    ...(shown === null ? {} : { message: messageJson(shown, workspace) }),
  } satisfies BlockSuggestion;
}

export function eventPayload(
  workspace: Workspace,
  event: Json & { readonly type: string },
  channel?: Channel,
) {
  const { team, bot } = workspace;
  return {
    token: VERIFICATION,
    team_id: team.id,
    context_team_id: team.id,
    api_app_id: bot.appId,
    event,
    type: 'event_callback',
    event_id: workspace.newId('Ev'),
    event_time: Math.floor(workspace.now() / 1000),
    is_ext_shared_channel: channel?.shared === true,
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
  } satisfies EnvelopedEvent;
}

/** Returns a message as Slack shows it in payloads and responses. */
export function messageJson(message: Message, workspace: Workspace) {
  const { team, bot } = workspace;
  const { ts, user, text, blocks, botId, threadTs, metadata } = message;
  return {
    type: 'message' as const,
    user,
    ts,
    text,
    team: team.id,
    blocks: [...blocks],
    ...(botId === undefined ? {} : { bot_id: botId, app_id: bot.appId }),
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    ...(message.broadcast === true ? { subtype: 'thread_broadcast' } : {}),
    ...(metadata === undefined ? {} : { metadata }),
    ...(message.files === undefined ? {} : { files: message.files.map((file) => fileJson(file, workspace)) }),
  };
}
