import type { ElementInBlock } from '../state/ids.ts';
import type { Json } from '../state/json.ts';
import { messageStateKey } from '../state/message-state.ts';
import type { Ephemeral, Message } from '../state/messages.ts';
import { Refusal } from '../state/refusal.ts';
import { checkQuery } from '../state/suggestions.ts';
import type { OpenView } from '../state/views.ts';
import type { Channel, User } from '../state/workspace.ts';
import { messageSuggestionPayload } from './payloads.ts';
import type { PersonDeps } from './person-options.ts';
import { suggestionPayload } from './view-payloads.ts';

/** Asks the app for the options of a view's external select. */
export async function suggestInView(
  options: PersonDeps,
  user: User,
  view: OpenView,
  placed: ElementInBlock,
  typed: string,
): Promise<readonly Json[]> {
  const payload = suggestionPayload(options.world.workspace, user, view, placed, typed);
  return askApp(options, view.id, placed, typed, payload);
}

/**
 * Asks the app for the options of a message's external select. `shown` is null for ephemeral messages, because Slack
 * sends no copy of them.
 */
export async function suggestInMessage(
  options: PersonDeps,
  user: User,
  at: {
    readonly channel: Channel;
    readonly message: Message | Ephemeral;
    readonly shown: Message | null;
  },
  placed: ElementInBlock,
  typed: string,
): Promise<readonly Json[]> {
  const { channel, message, shown } = at;
  const where = { ts: message.ts, shown };
  const payload = messageSuggestionPayload(options.world.workspace, user, channel, where, placed, typed);
  return askApp(options, messageStateKey(user.id, message), placed, typed, payload);
}

async function askApp(
  { world, deliveries, onChange, onComplaint }: PersonDeps,
  place: string,
  placed: ElementInBlock,
  typed: string,
  payload: Json,
): Promise<readonly Json[]> {
  checkQuery(placed, typed);
  const answer = await deliveries.send('interactive', payload);
  try {
    return world.suggestions.store(place, placed, answer, typed);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    onComplaint(`${error.code} ${JSON.stringify(error.more)}`);
    return [];
  } finally {
    onChange();
  }
}
