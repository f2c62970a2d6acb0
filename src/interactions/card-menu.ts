// Listens to the menu (•••) on cards.
import { ACTIONS, CARD_MENU } from '../blocks/ids.ts';
import type { GuardedAction } from '../decision/access.ts';
import type { DecisionStatus } from '../decision/decision.ts';
import type { ExportResult } from '../store/store.ts';
import { type CardPress, onPress, type Press, withDecision } from './card-button.ts';
import { findMissingReason } from './permissions.ts';
import { refuse } from './refusals.ts';
import type { ListenerDeps, Routes } from './routes.ts';
import { tell } from './tell.ts';

type MenuValue = Exclude<(typeof CARD_MENU)[keyof typeof CARD_MENU], 'article'>;

/** An entry in the menu. Each feature supplies its own. */
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
    press.args.context.outcome = 'unknown';
    deps.logger.warn('unknown choice in the menu of a card');
    await tell(press.args, 'This menu entry no longer works.');
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
