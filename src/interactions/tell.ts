// Private replies to the person behind an interaction.
import type { RespondFn, types } from '@slack/bolt';
import { z } from 'zod';
import { type Message, sentenceMessage } from '../blocks/message.ts';
import { plain } from '../blocks/text.ts';
import { failureOf } from '../slack/failures.ts';
import { type Payload, payloadOf } from './payload.ts';
import type { ListenerArgs } from './routes.ts';

/**
 * Shows a sentence only to the person behind an interaction: on the dialog they submitted, above the dialog they
 * clicked in, or privately in the channel. Among events, only a mention has a person to tell.
 *
 * @returns false if the sentence couldn't be shown
 */
export async function tell(args: ListenerArgs, sentence: string): Promise<boolean> {
  const payload = payloadOf(args.body);
  if (payload.kind === 'view_submission') return tellOnSubmittedDialog(args, payload, sentence);
  if (payload.kind === 'action' && payload.inModal) return tellAboveDialog(args, payload, sentence);
  if (payload.kind === 'event') return tellMentioner(args, sentence);
  return (await replyPrivately(args, sentenceMessage(sentence))) || tellInChannel(args, sentence);
}

/** Returns true if the payload has an address for private replies. */
export function canReplyPrivately(args: ListenerArgs): boolean {
  return respondOf(args) !== null;
}

/** Sends a message that only the person behind the interaction sees. Returns false if it couldn't. */
export async function replyPrivately(
  args: ListenerArgs,
  message: Message,
  where: 'in its place' | 'below' = 'below',
): Promise<boolean> {
  try {
    return await answerPrivately(args, message, where);
  } catch {
    return false; // The reply address has expired or is used up.
  }
}

/**
 * Answers a press in a private message, in its place or below it. Throws if the reply can't be sent.
 *
 * @returns false if the payload has no address for private replies
 */
export async function answerPrivately(
  args: ListenerArgs,
  message: Message,
  where: 'in its place' | 'below',
): Promise<boolean> {
  const respond = respondOf(args);
  if (!respond) return false;
  await respond({ response_type: 'ephemeral', replace_original: where === 'in its place', ...message });
  return true;
}

/** Acknowledges a payload of any kind, unless it is acknowledged already. */
export async function acknowledge(args: ListenerArgs): Promise<void> {
  if (!('ack' in args) || typeof args.ack !== 'function') return;
  try {
    await args.ack();
  } catch {
    // Already acknowledged.
  }
}

async function tellOnSubmittedDialog(
  args: ListenerArgs,
  payload: Payload,
  sentence: string,
): Promise<boolean> {
  if (!('ack' in args) || typeof args.ack !== 'function') return false;
  const answer = submissionErrorResponse(args.body, { [payload.inputBlocks[0] ?? '']: sentence });
  try {
    await Reflect.apply(args.ack, undefined, [answer]);
    return true;
  } catch {
    return false; // Already acknowledged, so the dialog is closed.
  }
}

/**
 * Returns the ack that rejects a submitted dialog. An error on a field that the dialog doesn't have goes to its first
 * field, because Slack would ignore it silently.
 *
 * @param errors sentences by block id; at least one
 */
export function submissionErrorResponse(
  body: unknown,
  errors: Readonly<Record<string, string>>,
):
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update'; view: types.ModalView } {
  const { inputBlocks } = payloadOf(body);
  const [first] = inputBlocks;
  // Without fields, a dialog can't show errors and would close as if it had succeeded. Replace it by the sentence.
  if (first === undefined) {
    return { response_action: 'update', view: sentenceDialog(Object.values(errors).join(' '), 'Close') };
  }
  const shown = Object.entries(errors).map(([block, sentence]) => [
    inputBlocks.includes(block) ? block : first,
    sentence,
  ]);
  return { response_action: 'errors', errors: Object.fromEntries(shown) };
}

async function tellAboveDialog(args: ListenerArgs, payload: Payload, sentence: string): Promise<boolean> {
  if (payload.triggerId === undefined) return false;
  return succeeds(
    args.client.views.push({ trigger_id: payload.triggerId, view: sentenceDialog(sentence, 'Back') }),
  );
}

/** Returns false if Slack refuses the call or can't be reached. */
async function succeeds(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    failureOf(error); // Rethrows errors that aren't from Slack or the network.
    return false;
  }
}

/** Returns a dialog that only shows a sentence. */
function sentenceDialog(sentence: string, close: 'Back' | 'Close'): types.ModalView {
  return {
    type: 'modal',
    title: plain('That didn’t work'),
    close: plain(close),
    blocks: sentenceMessage(sentence).blocks,
  };
}

const pressed = z.object({
  channel: z.object({ id: z.string() }),
  user: z.object({ id: z.string() }),
  container: z.object({ thread_ts: z.string().optional() }).optional(),
});

/** Tells the person privately in the channel, for payloads without an address for private replies. */
async function tellInChannel(args: ListenerArgs, sentence: string): Promise<boolean> {
  const { channel, user, container } = pressed.safeParse(args.body).data ?? {};
  return channel !== undefined && user !== undefined
    ? postPrivately(args, { channel: channel.id, user: user.id, thread: container?.thread_ts }, sentence)
    : false;
}

const mention = z.object({
  event: z.object({
    type: z.literal('app_mention'),
    user: z.string(),
    channel: z.string(),
    thread_ts: z.string().optional(),
  }),
});

/** Uses a thread only if the mention is in one: Slack hides private messages in a thread that has no reply yet. */
async function tellMentioner(args: ListenerArgs, sentence: string): Promise<boolean> {
  const parsed = mention.safeParse(args.body).data;
  if (!parsed) return false;
  const { user, channel, thread_ts: thread } = parsed.event;
  return postPrivately(args, { channel, user, thread }, sentence);
}

interface Recipient {
  readonly channel: string;
  readonly user: string;
  readonly thread: string | undefined;
}

async function postPrivately(
  { client }: ListenerArgs,
  { channel, user, thread }: Recipient,
  sentence: string,
): Promise<boolean> {
  const place = { channel, user, ...(thread === undefined ? {} : { thread_ts: thread }) };
  return succeeds(client.chat.postEphemeral({ ...place, ...sentenceMessage(sentence) }));
}

function respondOf(args: ListenerArgs): RespondFn | null {
  return 'respond' in args && typeof args.respond === 'function' ? args.respond : null;
}
