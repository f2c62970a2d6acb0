import type { WorkspaceOptions } from '../../packages/local-slack/state/workspace.ts';
import { workspace } from '../../tests/support/local-slack.ts';

/** The sample workspace with more people, all of them in this channel. */
export function crowd(people: readonly string[], into: string): WorkspaceOptions {
  const users = people.map((id) => ({ id, name: id.toLowerCase(), timeZone: 'Europe/Berlin' }));
  return {
    ...workspace,
    users: [...workspace.users, ...users],
    channels: workspace.channels.map((channel) =>
      channel.id === into ? { ...channel, members: [...channel.members, ...people] } : channel,
    ),
  };
}
