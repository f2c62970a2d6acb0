import { ACTIONS, CARD_MENU } from '../../blocks/ids.ts';
import type { Act } from '../../decision/access.ts';
import type { Status } from '../../decision/decision.ts';
import { shownGroup } from '../../decision/discussion.ts';
import {
  type CardPress,
  isRefused,
  missing,
  onCard,
  onPress,
  openDialog,
  type Press,
} from '../../interactions/card-button.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { whyMissing } from '../../interactions/find-decision.ts';
import { refuse } from '../../interactions/refusals.ts';
import type { Routes } from '../../interactions/routes.ts';
import { tell } from '../../interactions/tell.ts';
import type { Exported } from '../../store/store.ts';
import { editAnswersModal } from '../answers/edit-dialog.ts';
import { intakeModal } from '../ask/dialog.ts';
import { REPLACED } from '../decide/button.ts';
import { deleteModal } from '../decide/message.ts';
import { reasonsModal } from './reasoning-message.ts';

/** The menu on a card. */
export function cardMenu(on: Routes, deps: ListenerDeps): void {
  const withDecision = async (choice: string, press: CardPress): Promise<void> => {
    const entry = ENTRIES.get(choice);
    if (entry) return entry.work(deps, press);
    press.args.context.outcome = 'unknown';
    deps.logger.warn('unknown choice in the menu of a card');
    await tell(press.args, 'I don’t know this menu entry any more; I was probably updated.');
  };
  const chosen = async (press: Press): Promise<void> => {
    const choice = chosenIn(press.args);
    if (choice === CARD_MENU.article) return; // A link: the browser has opened it.
    await onCard(deps, press, (found) => withDecision(choice, found));
  };
  onPress(on, deps, ACTIONS.cardMenu, (args) => ENTRIES.get(chosenIn(args))?.act ?? null, chosen);
}

function chosenIn({ action }: Press['args']): string {
  return action.type === 'overflow' ? (action.selected_option.value ?? '') : '';
}

interface Entry {
  readonly act: Act;
  readonly work: (deps: ListenerDeps, press: CardPress) => Promise<void>;
}

/** What is chosen comes from outside. */
const ENTRIES: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  [CARD_MENU.reasons, { act: 'reasons', work: showReasons }],
  [CARD_MENU.edit, { act: 'edit', work: editAnswers }],
  [CARD_MENU.export, { act: 'export', work: exportRecord }],
  [CARD_MENU.reopen, { act: 'reopen', work: reopen }],
  [CARD_MENU.supersede, { act: 'supersede', work: askAgain }],
  [CARD_MENU.delete, { act: 'delete', work: askWhetherToDelete }],
]);

async function showReasons({ rubric, store }: ListenerDeps, press: CardPress): Promise<void> {
  const discussion = await store.discussions.get(press.key);
  await openDialog(press, reasonsModal(rubric, press.decision, discussion && shownGroup(discussion)));
}

async function editAnswers(deps: ListenerDeps, press: CardPress): Promise<void> {
  const { args, decision, key } = press;
  if (await isRefused(deps, press, 'edit')) return;
  if (decision.status !== 'open') {
    args.context.outcome = 'closed';
    const how = decision.status === 'superseded' ? REPLACED : 'To change the answers, reopen it first.';
    return void (await tell(args, `This is decided already. ${how}`));
  }
  const discussion = await deps.store.discussions.get(key);
  if (!discussion) return missing(deps, press);
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

async function reopen(deps: ListenerDeps, press: CardPress): Promise<void> {
  const { args, key, person, ack } = press;
  if (await isRefused(deps, press, 'reopen')) return;
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
  const { args, decision } = press;
  if (decision.status !== 'decided') {
    args.context.outcome = 'elsewhere';
    const why =
      decision.status === 'superseded'
        ? `${REPLACED} Ask again from that one.`
        : 'This is not decided at the moment, so there is nothing to replace.';
    return void (await tell(args, why));
  }
  if (await isRefused(deps, press, 'supersede')) return;
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
  if (await isRefused(deps, press, 'delete')) return;
  const discussion = await deps.store.discussions.get(press.key);
  if (!discussion) return missing(deps, press);
  await openDialog(press, deleteModal(discussion));
}

/** What was to be done, or by what the decision is now why it was not. */
async function answer(
  deps: ListenerDeps,
  { args, key, changed }: Pick<CardPress, 'args' | 'key'> & { readonly changed: Exported },
  done: string,
  otherwise: Readonly<Partial<Record<Status | 'same', string>>>,
): Promise<void> {
  args.context.outcome = changed;
  if (changed === 'done') return void (await tell(args, done));
  const now =
    changed === 'same' ? 'same' : (await deps.store.decisions.get(key.tenant, key.decision))?.status;
  const sentence = now && otherwise[now];
  await (sentence ? tell(args, sentence) : refuse(args, await whyMissing(deps, key)));
}
