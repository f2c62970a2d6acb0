// Listens to the buttons and the menu (•••) on cards, and to the buttons on private messages about them.
import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs, types } from '@slack/bolt';
import { ACTIONS, CARD_MENU } from '../blocks/ids.ts';
import type { GuardedAction } from '../decision/access.ts';
import type { Decision, DecisionKey, DecisionStatus } from '../decision/decision.ts';
import type { PostKey } from '../decision/post.ts';
import type { ExportResult } from '../store/store.ts';
import { decisionKeyIn, findMissingReason, findRefusal, refusalForAnyDecision } from './permissions.ts';
import { openOrRefuse, refuse, refuseWith } from './refusals.ts';
import type { ListenerDeps, Routes } from './routes.ts';
import { tell } from './tell.ts';

/** A press of a button on a card, or on a private message about a card. */
export interface Press {
  readonly args: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;
  /** The decision that the button names. It may have been deleted. */
  readonly key: DecisionKey;
  /** Slack user id of the person who pressed the button. */
  readonly person: string;
  /** Acknowledges the press once. Slack never resends a press, so store its change first. */
  ack(): Promise<void>;
}

export interface CardPress extends Press {
  readonly decision: Decision;
}

/** The permission that a press needs, or a function that reads it from the payload. Null if it needs none. */
type ActOf = GuardedAction | ((args: Press['args']) => GuardedAction | null);

/** When the bot acknowledges a slow press that changes nothing. Slack waits three seconds. */
const ACK_AFTER_MS = 2_000;

/**
 * Acts that only show something or open a dialog. Every other press changes data, and the bot acknowledges it only
 * after the change is on disk. If that takes too long, Slack shows an error and the person presses again.
 */
const READ_ONLY_ACTS: ReadonlySet<GuardedAction> = new Set<GuardedAction>([
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
 * Listens to a button whose work needs the decision. Refuses people who may never press it, and decisions that are
 * gone. Acknowledges after `work`, unless `work` does so earlier.
 */
export function onCardButton(
  on: Routes,
  deps: ListenerDeps,
  action: string,
  act: ActOf,
  work: (press: CardPress) => Promise<void>,
): void {
  onPress(on, deps, action, act, (press) => withDecision(deps, press, work));
}

/** Loads the decision and calls `work` with it. If the decision is gone, tells the person. */
export async function withDecision(
  deps: ListenerDeps,
  press: Press,
  work: (press: CardPress) => Promise<void>,
): Promise<void> {
  const { args, key } = press;
  const decision = await deps.store.decisions.get(key.tenant, key.decision);
  if (!decision) return refuseMissing(deps, press);
  await recordCardTs(deps, key, args.body);
  await work({ ...press, decision });
}

/**
 * Records where a card is when a person uses it, if the bot doesn't know. Slack may have posted the card without a
 * response, or a restored backup may be older than the card. From then on the bot updates the card and posts the
 * reasoning in its thread.
 */
export async function recordCardTs(
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

/** Like onCardButton, but doesn't load the decision. */
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
    const key = decisionKeyIn(body, context);
    const pressedFor = typeof act === 'string' ? act : act(args);
    const refusal = key === null ? 'gone' : pressedFor && refusalForAnyDecision(pressedFor, args);
    const isReadOnly = refusal !== null || pressedFor === null || READ_ONLY_ACTS.has(pressedFor);
    const cancel = isReadOnly ? scheduleAck(deps, ack) : () => {};
    try {
      if (refusal) await refuse(args, refusal);
      else if (key) await work({ args, key, person: body.user.id, ack });
      await ack();
    } finally {
      cancel();
    }
  });
}

/** Schedules the ack; the result cancels it. Ignores a failed ack, because onPress awaits the same promise. */
function scheduleAck({ clock }: ListenerDeps, ack: () => Promise<void>): () => void {
  return clock.after(ACK_AFTER_MS, () => void ack().catch(() => {}));
}

/** Refuses the press if the person may not do this to the decision. Returns true if it did. */
export async function refuseUnlessAllowed(
  deps: ListenerDeps,
  press: CardPress,
  act: GuardedAction,
): Promise<boolean> {
  const { args, ack, decision } = press;
  const refusal = await findRefusal(deps.clock, act, args, decision);
  if (refusal === null) return false;
  await ack();
  await refuse(args, refusal, decision);
  return true;
}

/** Tells the person why the pressed button's decision can't be found. */
export async function refuseMissing(deps: ListenerDeps, { args, key, ack }: Press): Promise<void> {
  const why = await findMissingReason(deps, key);
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

/** Opens a dialog for a press, or tells the person why Slack didn't open it. */
export async function openDialog({ args, ack }: Press, view: types.ModalView): Promise<void> {
  await ack();
  await openOrRefuse(args, view, 'Press the button again.');
}

type MenuValue = Exclude<(typeof CARD_MENU)[keyof typeof CARD_MENU], 'article'>;

/** An entry in a card's menu. Each feature supplies its own. */
export interface MenuEntry {
  /** Permission needed to choose the entry. */
  readonly act: GuardedAction;
  readonly choose: (deps: ListenerDeps, press: CardPress) => Promise<void>;
}

/** An entry for each value of `CARD_MENU`. A new value without an entry doesn't compile. */
export type MenuEntries = Readonly<Record<MenuValue, MenuEntry>>;

export function onCardMenu(on: Routes, deps: ListenerDeps, entries: MenuEntries): void {
  const byValue: ReadonlyMap<string, MenuEntry> = new Map(Object.entries(entries));
  const choose = async (value: string, press: CardPress): Promise<void> => {
    const entry = byValue.get(value);
    if (entry) return entry.choose(deps, press);
    deps.logger.warn('unknown choice in the menu of a card');
    const sentence = 'This menu entry no longer works.';
    await refuseWith(press.args, 'unknown', sentence);
  };
  const chosen = async (press: Press): Promise<void> => {
    const value = valueIn(press.args);
    if (value === CARD_MENU.article) return; // This entry is a link, which the browser opened.
    await withDecision(deps, press, (found) => choose(value, found));
  };
  onPress(on, deps, ACTIONS.cardMenu, (args) => byValue.get(valueIn(args))?.act ?? null, chosen);
}

function valueIn({ action }: Press['args']): string {
  return action.type === 'overflow' ? (action.selected_option.value ?? '') : '';
}

/**
 * Tells the person that the change is done, or why the decision's state doesn't allow it.
 *
 * @param otherwise sentences by the decision's status; `same` if the change was already made
 */
export async function tellOutcome(
  deps: ListenerDeps,
  { args, key, changed }: Pick<CardPress, 'args' | 'key'> & { readonly changed: ExportResult },
  done: string,
  otherwise: Readonly<Partial<Record<DecisionStatus | 'same', string>>>,
): Promise<void> {
  args.context.outcome = changed;
  if (changed === 'done') return void (await tell(args, done));
  const now =
    changed === 'same' ? 'same' : (await deps.store.decisions.get(key.tenant, key.decision))?.status;
  const sentence = now && otherwise[now];
  await (sentence ? tell(args, sentence) : refuse(args, await findMissingReason(deps, key)));
}
