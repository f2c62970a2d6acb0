import type { App } from '@slack/bolt';
import { editAnswersModal } from '../../blocks/edit-answers.ts';
import { ACTIONS, CARD_MENU } from '../../blocks/ids.ts';
import { intakeModal } from '../../blocks/intake-modal.ts';
import { reasonsModal } from '../../blocks/reasoning.ts';
import { deleteModal } from '../../blocks/record.ts';
import { standsFor } from '../../core/decision.ts';
import { shownGroup } from '../../core/discussion.ts';
import type { Changed } from '../../store/store.ts';
import type { ListenerDeps } from '../deps.ts';
import { isExternal, MEMBERS_ONLY } from '../members.ts';
import { tell } from '../tell.ts';
import { ONLY_THE_ASKER } from '../views/edit-answers.ts';
import { mayDecide } from '../who-decides.ts';
import { onCardButton, openDialog, type Press } from './card-button.ts';
import { notYours } from './decide.ts';
import { DECISION_GONE } from './decision-of.ts';

/** The menu on a card. */
export function cardMenu(app: App, deps: ListenerDeps): void {
  const work = async (press: Press): Promise<void> => {
    const choice = chosenIn(press);
    if (choice === CARD_MENU.article) return; // A link: the browser has opened it.
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
  onCardButton(app, deps, ACTIONS.cardMenu, work, 'everybody');
}

function chosenIn({ args }: Press): string {
  const { action } = args;
  return action.type === 'overflow' ? (action.selected_option.value ?? '') : '';
}

type Entry = (deps: ListenerDeps, press: Press) => Promise<void>;

const ENTRIES: Readonly<Record<string, Entry>> = {
  [CARD_MENU.reasons]: showReasons,
  [CARD_MENU.edit]: editAnswers,
  [CARD_MENU.export]: exportRecord,
  [CARD_MENU.reopen]: reopen,
  [CARD_MENU.supersede]: askAgain,
  [CARD_MENU.delete]: askWhetherToDelete,
};

async function showReasons({ rubric, store }: ListenerDeps, press: Press): Promise<void> {
  const discussion = await store.discussions.get(press.key);
  await openDialog(press, reasonsModal(rubric, press.decision, discussion && shownGroup(discussion)));
}

async function editAnswers(deps: ListenerDeps, press: Press): Promise<void> {
  const { args, decision, key, person } = press;
  if (!standsFor(decision, person)) {
    args.context.outcome = 'not_asker';
    return void (await tell(args, ONLY_THE_ASKER));
  }
  if (decision.status !== 'open') {
    args.context.outcome = 'closed';
    return void (await tell(args, 'This is decided already. To change the answers, reopen it first.'));
  }
  const discussion = await deps.store.discussions.get(key);
  if (!discussion) return void (await tell(args, DECISION_GONE));
  await openDialog(press, editAnswersModal(deps.rubric, discussion));
}

async function exportRecord(deps: ListenerDeps, { args, key, ack }: Press): Promise<void> {
  const changed = await deps.store.records.exportFile(key, deps.clock.now());
  await ack();
  deps.outbox.kick();
  await answer(
    { args, changed },
    {
      done: 'The record is on its way into the thread, as a file.',
      elsewhere: 'Nothing is decided here at the moment, so there is no record.',
    },
  );
}

async function reopen(deps: ListenerDeps, { args, decision, key, person, ack }: Press): Promise<void> {
  if (!(await mayDecide(deps.clock, args.client, decision, person))) {
    args.context.outcome = 'not_decider';
    return void (await tell(args, notYours(decision)));
  }
  const changed = await deps.store.records.reopen(key, person, deps.clock.now());
  await ack();
  deps.cardUpdates.kick();
  deps.outbox.kick();
  await answer(
    { args, changed },
    {
      done: 'It is open again: people can vote, and you can decide anew. The thread is told.',
      elsewhere: 'This is open already.',
    },
  );
}

/** The same questions anew, in a card that is to replace this decision. */
async function askAgain(deps: ListenerDeps, press: Press): Promise<void> {
  const { args, decision, person } = press;
  if (decision.status !== 'decided') {
    args.context.outcome = 'elsewhere';
    return void (await tell(args, 'This is not decided at the moment, so there is nothing to replace.'));
  }
  if (!(await mayDecide(deps.clock, args.client, decision, person))) {
    args.context.outcome = 'not_decider';
    return void (await tell(args, notYours(decision)));
  }
  const { channel, deciders, hideUntilDecided, id, project, round } = decision;
  const draft = { page: 'all', project, channel, deciders, answers: round.answers } as const;
  await openDialog(press, intakeModal(deps.rubric, { ...draft, hide: hideUntilDecided, supersedes: id }));
}

async function askWhetherToDelete(deps: ListenerDeps, press: Press): Promise<void> {
  const { args, decision, key, person } = press;
  if (!standsFor(decision, person)) {
    args.context.outcome = 'not_asker';
    return void (await tell(args, 'Only the person who asked can delete this.'));
  }
  const discussion = await deps.store.discussions.get(key);
  if (!discussion) return void (await tell(args, DECISION_GONE));
  await openDialog(press, deleteModal(discussion));
}

async function answer(
  { args, changed }: { readonly args: Press['args']; readonly changed: Changed },
  words: { readonly done: string; readonly elsewhere: string },
): Promise<void> {
  args.context.outcome = changed;
  await tell(args, changed === 'gone' ? DECISION_GONE : words[changed]);
}
