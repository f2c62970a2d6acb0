import type { Message } from '../state/messages.ts';
import type { DeliveryResult } from '../state/record.ts';
import type { Channel } from '../state/workspace.ts';
import { eventPayload, messageJson } from './payloads.ts';
import type { PersonDeps } from './person-options.ts';
import { UserFacingError } from './user-facing-error.ts';

/** A person's message, and the delivery of its mention; null without a mention. */
export interface PostedMessage {
  readonly message: Message;
  readonly delivered: DeliveryResult | null;
}

/** Posts a person's message. Slack sends `app_mention` if the text mentions the bot and the bot is a member. */
export async function say(
  { world: { workspace, messages }, deliveries, onChange }: PersonDeps,
  user: string,
  channel: Channel,
  text: string,
  threadTs: string | undefined,
): Promise<PostedMessage> {
  const refused = workspace.postingProblem(user, channel);
  if (refused !== null) throw new UserFacingError(refused);
  const thread = threadTs === undefined ? {} : { threadTs };
  const ts = workspace.newTs();
  const message = messages.post({ channel: channel.id, ts, user, text, blocks: [], ...thread });
  onChange();
  const { userId } = workspace.bot;
  if (!text.includes(`<@${userId}>`) || !channel.members.has(userId)) return { message, delivered: null };
  const json = messageJson(message, workspace);
  const { teamId: team = workspace.team.id } = workspace.user(user);
  // For a sender from another workspace, Slack repeats that workspace in two more fields.
  const foreign = team === workspace.team.id ? {} : { user_team: team, source_team: team };
  const event = { ...json, type: 'app_mention', channel: channel.id, event_ts: ts, team, ...foreign };
  return { message, delivered: await deliveries.send('event', eventPayload(workspace, event, channel)) };
}
