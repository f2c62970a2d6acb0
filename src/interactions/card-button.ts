import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Dialog } from '../blocks/message.ts';
import type { Act } from '../decision/access.ts';
import type { Decision, DecisionKey } from '../decision/decision.ts';
import type { PostKey } from '../decision/post.ts';
import { failureOf, whyNoDialog } from '../slack/failures.ts';
import type { ListenerDeps } from './deps.ts';
import { keyIn, whyMissing } from './find-decision.ts';
import { whyNotAtAll, whyNotWith } from './may.ts';
import { refuse } from './refusals.ts';
import type { Routes } from './routes.ts';
import { tell } from './tell.ts';

/** Somebody pressed a button of a card, or of a private message about it. */
export interface Press {
  readonly args: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;
  /** Which decision it is for; maybe there is none any more. */
  readonly key: DecisionKey;
  /** Slack user id of who pressed it. */
  readonly person: string;
  /** Tells Slack that the press has arrived, once: what it asks for is on disk, since Slack never sends it again. */
  ack(): Promise<void>;
}

export interface CardPress extends Press {
  readonly decision: Decision;
}

/** Null for what nobody has to be asked about. */
type ActOf = Act | ((args: Press['args']) => Act | null);

/** Slack waits three seconds; a press that changes nothing is acknowledged in the meantime where it takes longer. */
const ACK_AFTER_MS = 2_000;

/**
 * What is only shown, or asked in a dialog. Every other press changes something, and is never acknowledged before that
 * is on disk: where it takes too long, Slack itself tells the person that it failed, and they press again.
 */
const CHANGES_NOTHING: ReadonlySet<Act> = new Set<Act>([
  'add_answers',
  'decide',
  'delete',
  'edit',
  'give_reason',
  'reasons',
  'revisit',
  'supersede',
  'who_voted',
]);

/**
 * Listens to a button: tells those who may not press it whatever the decision, and those whose decision is gone, and
 * finds cards again that Slack took without telling us. Acknowledges at the end, or when the work says so.
 *
 * @param act what it is pressed for, or how to see that
 */
export function onCardButton(
  on: Routes,
  deps: ListenerDeps,
  action: string,
  act: ActOf,
  work: (press: CardPress) => Promise<void>,
): void {
  onPress(on, deps, action, act, (press) => onCard(deps, press, work));
}

/** With the decision; says so where there is none any more. */
export async function onCard(
  deps: ListenerDeps,
  press: Press,
  work: (press: CardPress) => Promise<void>,
): Promise<void> {
  const { args, key } = press;
  const decision = await deps.store.decisions.get(key.tenant, key.decision);
  if (!decision) return missing(deps, press);
  await adoptCard(deps, key, args.body);
  await work({ ...press, decision });
}

/**
 * Records where a card is when a person uses it. The bot doesn't know if Slack posted it without a response, or if a
 * backup was made before it was posted. From then on the bot updates the card and posts the reasoning in its thread.
 */
export async function adoptCard(
  deps: ListenerDeps,
  { tenant, decision }: DecisionKey,
  body: BlockAction,
): Promise<void> {
  const ts = body.container?.message_ts;
  if (typeof ts !== 'string') return;
  // A private message about the card is not the card.
  if (body.container?.is_ephemeral === true) return;
  const key: PostKey = { tenant, decision, kind: 'card' };
  const card = await deps.store.posts.get(key);
  if (
    card?.ts === null &&
    card.channel === body.channel?.id &&
    ['unknown', 'posted', 'refused'].includes(card.state)
  ) {
    await deps.store.posts.markPosted(key, ts, deps.clock.now());
    deps.outbox.kick();
  }
}

/** The same for work that reads what it needs of the decision itself. */
export function onPress(
  on: Routes,
  deps: ListenerDeps,
  action: string,
  act: ActOf,
  work: (press: Press) => Promise<void>,
): void {
  on.action(action, async (args) => {
    const { body, context } = args;
    const ack = once(() => args.ack());
    const key = keyIn(body, context);
    const pressedFor = typeof act === 'string' ? act : act(args);
    const refusal = key === null ? 'gone' : pressedFor && whyNotAtAll(pressedFor, args);
    const changesNothing = refusal !== null || pressedFor === null || CHANGES_NOTHING.has(pressedFor);
    const cancel = changesNothing ? ackInTime(deps, ack) : () => {};
    try {
      if (refusal) await refuse(args, refusal);
      else if (key) await work({ args, key, person: body.user.id, ack });
      await ack();
    } finally {
      cancel();
    }
  });
}

/** A failure to do so is met where the work is done. */
function ackInTime({ clock }: ListenerDeps, ack: () => Promise<void>): () => void {
  return clock.after(ACK_AFTER_MS, () => void ack().catch(() => {}));
}

/** Whether this person may not do that to this decision; then they are told. */
export async function isRefused(deps: ListenerDeps, press: CardPress, act: Act): Promise<boolean> {
  const { args, ack, decision } = press;
  const refusal = await whyNotWith(deps.clock, act, args, decision);
  if (refusal === null) return false;
  await ack();
  await refuse(args, refusal, decision);
  return true;
}

/** Tells the person why the pressed button's decision can't be found. */
export async function missing(deps: ListenerDeps, { args, key, ack }: Press): Promise<void> {
  const why = await whyMissing(deps, key);
  await ack();
  await refuse(args, why);
}

function once(work: () => Promise<void>): () => Promise<void> {
  let begun: Promise<void> | undefined;
  return () => {
    begun ??= work();
    return begun;
  };
}

/** Opens a dialog for a press, or says why it can't. */
export async function openDialog({ args, ack }: Press, view: Dialog): Promise<void> {
  const { body, client, context } = args;
  await ack();
  try {
    await client.views.open({ trigger_id: body.trigger_id, view });
  } catch (error) {
    const { code } = failureOf(error);
    context.outcome = code;
    await tell(args, whyNoDialog(code, 'Please press the button again.'));
  }
}
