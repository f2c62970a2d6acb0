import { ACTIONS, CARD_MENU } from '../blocks/ids.ts';
import type { Act } from '../decision/access.ts';
import type { Status } from '../decision/decision.ts';
import type { ExportResult } from '../store/store.ts';
import { type CardPress, onCard, onPress, type Press } from './card-button.ts';
import type { ListenerDeps } from './deps.ts';
import { whyMissing } from './find-decision.ts';
import { refuse } from './refusals.ts';
import type { Routes } from './routes.ts';
import { tell } from './tell.ts';

/** An entry of the menu (•••) on a card. Each feature supplies its own. */
export interface MenuEntry {
  /** The value of its option, from `CARD_MENU`. */
  readonly value: string;
  /** What a person must be allowed to do to choose it. */
  readonly act: Act;
  readonly choose: (deps: ListenerDeps, press: CardPress) => Promise<void>;
}

/** Listens to the menu on every card. */
export function cardMenu(on: Routes, deps: ListenerDeps, entries: readonly MenuEntry[]): void {
  const byValue = new Map(entries.map((entry) => [entry.value, entry]));
  const choose = async (value: string, press: CardPress): Promise<void> => {
    const entry = byValue.get(value);
    if (entry) return entry.choose(deps, press);
    press.args.context.outcome = 'unknown';
    deps.logger.warn('unknown choice in the menu of a card');
    await tell(press.args, 'I don’t know this menu entry any more; I was probably updated.');
  };
  const chosen = async (press: Press): Promise<void> => {
    const value = valueIn(press.args);
    if (value === CARD_MENU.article) return; // A link: the browser opened it.
    await onCard(deps, press, (found) => choose(value, found));
  };
  onPress(on, deps, ACTIONS.cardMenu, (args) => byValue.get(valueIn(args))?.act ?? null, chosen);
}

function valueIn({ action }: Press['args']): string {
  return action.type === 'overflow' ? (action.selected_option.value ?? '') : '';
}

/**
 * Tells the person that it is done, or why it could not be done in the decision's present state.
 *
 * @param otherwise what to say in each state
 */
export async function tellOutcome(
  deps: ListenerDeps,
  { args, key, changed }: Pick<CardPress, 'args' | 'key'> & { readonly changed: ExportResult },
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
