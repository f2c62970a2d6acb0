import { editAnswersModal } from '../../blocks/edit-answers.ts';
import { ACTIONS, CARD_MENU } from '../../blocks/ids.ts';
import { intakeModal } from '../../blocks/intake-modal.ts';
import { reasonsModal } from '../../blocks/reasoning.ts';
import { deleteModal } from '../../blocks/record.ts';
import { type Status, standsFor } from '../../core/decision.ts';
import { shownGroup } from '../../core/discussion.ts';
import type { Exported } from '../../store/store.ts';
import type { ListenerDeps } from '../deps.ts';
import { isExternal, MEMBERS_ONLY } from '../members.ts';
import type { Routes } from '../routes.ts';
import { tell } from '../tell.ts';
import { ONLY_THE_ASKER } from '../views/edit-answers.ts';
import { mayDecide } from '../who-decides.ts';
import { type CardPress, onCard, onPress, openDialog, type Press } from './card-button.ts';
import { notYours, REPLACED } from './decide.ts';
import { DECISION_GONE } from './decision-of.ts';

/** The menu on a card. */
export function cardMenu(on: Routes, deps: ListenerDeps): void {
  const withDecision = async (choice: string, press: CardPress): Promise<void> => {
    const entry = ENTRIES[choice];
    if (entry && choice !== CARD_MENU.reasons && isExternal(press.args.body, press.args.context)) {
      press.args.context.outcome = 'external';
      return void (await tell(press.args, MEMBERS_ONLY));
    }
    if (entry) return entry(deps, press);
    press.args.context.outcome = 'unknown';
    deps.logger.warn('unknown choice in the menu of a card');
    await tell(press.args, 'I don’t know this menu entry any more; I was probably updated.');
  };
  const chosen = async (press: Press): Promise<void> => {
    const choice = chosenIn(press);
    if (choice === CARD_MENU.article) return; // A link: the browser has opened it.
    await onCard(deps, press, (found) => withDecision(choice, found));
  };
  onPress(on, deps, ACTIONS.cardMenu, chosen, 'everybody');
}

function chosenIn({ args }: Press): string {
  const { action } = args;
  return action.type === 'overflow' ? (action.selected_option.value ?? '') : '';
}

type Entry = (deps: ListenerDeps, press: CardPress) => Promise<void>;

const ENTRIES: Readonly<Record<string, Entry>> = {
  [CARD_MENU.reasons]: showReasons,
  [CARD_MENU.edit]: editAnswers,
  [CARD_MENU.export]: exportRecord,
  [CARD_MENU.reopen]: reopen,
  [CARD_MENU.supersede]: askAgain,
  [CARD_MENU.delete]: askWhetherToDelete,
};

async function showReasons({ rubric, store }: ListenerDeps, press: CardPress): Promise<void> {
  const discussion = await store.discussions.get(press.key);
  await openDialog(press, reasonsModal(rubric, press.decision, discussion && shownGroup(discussion)));
}

async function editAnswers(deps: ListenerDeps, press: CardPress): Promise<void> {
  const { args, decision, key, person } = press;
  if (!standsFor(decision, person)) {
    args.context.outcome = 'not_asker';
    return void (await tell(args, ONLY_THE_ASKER));
  }
  if (decision.status !== 'open') {
    args.context.outcome = 'closed';
    const how = decision.status === 'superseded' ? REPLACED : 'To change the answers, reopen it first.';
    return void (await tell(args, `This is decided already. ${how}`));
  }
  const discussion = await deps.store.discussions.get(key);
  if (!discussion) return void (await tell(args, DECISION_GONE));
  await openDialog(press, editAnswersModal(deps.rubric, discussion));
}

async function exportRecord(deps: ListenerDeps, { args, key, ack }: CardPress): Promise<void> {
  const changed = await deps.store.records.exportFile(key, deps.clock.now());
  await ack();
  deps.outbox.kick();
  await answer(deps, { args, key, changed }, 'The record is on its way into the thread, as a file.', {
    same: 'The record is in the thread already: it came a few minutes ago.',
    open: 'Nothing is decided here at the moment, so there is no record.',
    superseded: `${REPLACED} Its own record is in the thread, from when it was decided.`,
  });
}

async function reopen(deps: ListenerDeps, { args, decision, key, person, ack }: CardPress): Promise<void> {
  if (!(await mayDecide(deps.clock, args.client, decision, person))) {
    args.context.outcome = 'not_decider';
    return void (await tell(args, notYours(decision)));
  }
  const changed = await deps.store.records.reopen(key, person, deps.clock.now());
  await ack();
  deps.cardUpdates.kick();
  deps.outbox.kick();
  await answer(
    deps,
    { args, key, changed },
    'It is open again: people can vote, and you can decide anew. The thread is told.',
    { open: 'This is open already.', superseded: `${REPLACED} Reopen that one instead.` },
  );
}

/** The same questions anew, in a card that is to replace this decision. */
async function askAgain(deps: ListenerDeps, press: CardPress): Promise<void> {
  const { args, decision, person } = press;
  if (decision.status !== 'decided') {
    args.context.outcome = 'elsewhere';
    const why =
      decision.status === 'superseded'
        ? `${REPLACED} Ask again from that one.`
        : 'This is not decided at the moment, so there is nothing to replace.';
    return void (await tell(args, why));
  }
  if (!(await mayDecide(deps.clock, args.client, decision, person))) {
    args.context.outcome = 'not_decider';
    return void (await tell(args, notYours(decision)));
  }
  const { channel, deciders, hideUntilDecided, id, project, round, thread } = decision;
  const draft = { page: 'all', project, channel, deciders, answers: round.answers } as const;
  // A card in a message's thread is replaced by one in the same thread.
  const place = thread === null ? {} : { thread: { channel, ts: thread, replyUrl: null } };
  await openDialog(
    press,
    intakeModal(deps.rubric, { ...draft, ...place, hide: hideUntilDecided, supersedes: id }),
  );
}

async function askWhetherToDelete(deps: ListenerDeps, press: CardPress): Promise<void> {
  const { args, decision, key, person } = press;
  if (!standsFor(decision, person)) {
    args.context.outcome = 'not_asker';
    return void (await tell(args, 'Only the person who asked can delete this.'));
  }
  const discussion = await deps.store.discussions.get(key);
  if (!discussion) return void (await tell(args, DECISION_GONE));
  await openDialog(press, deleteModal(discussion));
}

/** What was to be done, or by what the decision is now why it was not. */
async function answer(
  { store }: ListenerDeps,
  { args, key, changed }: Pick<CardPress, 'args' | 'key'> & { readonly changed: Exported },
  done: string,
  otherwise: Readonly<Partial<Record<Status | 'same', string>>>,
): Promise<void> {
  args.context.outcome = changed;
  if (changed === 'done') return void (await tell(args, done));
  const now = changed === 'same' ? 'same' : (await store.decisions.get(key.tenant, key.decision))?.status;
  await tell(args, (now && otherwise[now]) ?? DECISION_GONE);
}
