import { type CardPress, refuseUnlessAllowed } from '../../interactions/card-button.ts';
import { type MenuEntry, tellOutcome } from '../../interactions/card-menu.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { REPLACED_SENTENCE } from '../../interactions/refusals.ts';

/** "Reopen" in a decided card's menu. */
export const reopenEntry: MenuEntry = { act: 'reopen', choose: openAgain };

async function openAgain(deps: ListenerDeps, press: CardPress): Promise<void> {
  const { args, key, person, ack } = press;
  if (await refuseUnlessAllowed(deps, press, 'reopen')) return;
  const changed = await deps.store.records.reopen(key, person, deps.clock.now());
  await ack();
  deps.cardUpdates.kick();
  deps.outbox.kick();
  await tellOutcome(
    deps,
    { args, key, changed },
    'It is open again: people can vote, and you can decide anew. The thread is told.',
    { open: 'This is open already.', superseded: `${REPLACED_SENTENCE} Reopen that one instead.` },
  );
}
