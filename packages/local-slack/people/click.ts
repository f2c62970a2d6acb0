import { messageStateKey } from '../state/message-state.ts';
import { type Ephemeral, isEphemeral, type Message } from '../state/messages.ts';
import type { DeliveryResult } from '../state/record.ts';
import type { OpenView } from '../state/views.ts';
import type { Channel, User } from '../state/workspace.ts';
import { messageActionPayload } from './payloads.ts';
import type { Click, PersonDeps } from './person-options.ts';
import { buildAction, findElement, requireDispatch } from './press.ts';
import { grantForChannel, newViewTrigger } from './triggers.ts';
import { viewActionPayload } from './view-payloads.ts';

/**
 * Clicks or changes an element of a message. `seen` is the current message, `message` the one that the person was
 * shown.
 */
export async function clickMessage(
  { world, deliveries, responseUrl }: PersonDeps,
  user: User,
  channel: Channel,
  { message, seen }: { readonly message: Message | Ephemeral; readonly seen: Message | Ephemeral },
  actionId: string,
  click: Click,
): Promise<DeliveryResult> {
  const { blocks } = click.stale === true ? message : seen;
  const state = world.messageStates.of(user.id, { ...message, blocks });
  const pressed = findElement(blocks, actionId, click.blockId);
  requireDispatch(pressed);
  const offered = world.suggestions.allOffered(messageStateKey(user.id, message), pressed);
  const action = buildAction(pressed, click.value, state, world.workspace.newTs(), offered);
  world.messageStates.keep(user.id, message, state);
  const shown = isEphemeral(seen) ? null : seen;
  const source = { ts: message.ts, ephemeral: shown === null };
  const grants = grantForChannel(user.id, channel.id, world, responseUrl, source);
  const thread = message.threadTs === undefined ? {} : { threadTs: message.threadTs };
  const at = { ts: message.ts, shown, ...thread };
  const payload = messageActionPayload(world.workspace, user, channel, at, [action], state, grants);
  return deliveries.send('interactive', payload);
}

/** Clicks or changes an element in a modal or in the Home tab. */
export async function clickView(
  { world, deliveries }: PersonDeps,
  user: User,
  view: OpenView,
  actionId: string,
  click: Click,
): Promise<DeliveryResult> {
  const pressed = findElement(view.blocks, actionId, click.blockId);
  requireDispatch(pressed);
  const state = structuredClone(view.state);
  const offered = world.suggestions.allOffered(view.id, pressed);
  const action = buildAction(pressed, click.value, state, world.workspace.newTs(), offered);
  world.views.setState(view.id, state);
  const trigger = newViewTrigger(view, world);
  const after = world.views.get(view.id);
  return deliveries.send('interactive', viewActionPayload(world.workspace, user, after, [action], trigger));
}
