import type { GuardedAction } from '../../decision/access.ts';
import type { DecisionStatus } from '../../decision/decision.ts';
import { onCardButton, type Press, refuseUnlessAllowed } from '../../interactions/card-button.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { REPLACED_SENTENCE } from '../../interactions/refusals.ts';
import type { Routes } from '../../interactions/routes.ts';
import { tell } from '../../interactions/tell.ts';

const NOT_DECIDED = 'This decision was reopened, so there is nothing to check.';

/** Registers a button of the reminder, which works only for deciders and until the decision is reopened or replaced. */
export function onDecidedButton(
  on: Routes,
  deps: ListenerDeps,
  action: string,
  act: GuardedAction,
  work: (press: Press) => Promise<void>,
): void {
  onCardButton(on, deps, action, act, async (press) => {
    if (press.decision.status !== 'decided') return tellNotDecided(press, press.decision.status);
    if (await refuseUnlessAllowed(deps, press, act)) return;
    await work(press);
  });
}

/** Tells the person that the decision was reopened or replaced. */
export async function tellNotDecided({ args }: Press, status: DecisionStatus): Promise<void> {
  args.context.outcome = 'closed';
  await tell(args, status === 'superseded' ? REPLACED_SENTENCE : NOT_DECIDED);
}
