import { type CardPress, type MenuEntry, tellOutcome } from '../../interactions/card-button.ts';
import { REPLACED_SENTENCE } from '../../interactions/refusals.ts';
import type { ListenerDeps } from '../../interactions/routes.ts';

/** "Export record" in a decided card's menu. */
export const exportEntry: MenuEntry = { act: 'export', choose: postFile };

async function postFile(deps: ListenerDeps, { args, key, ack }: CardPress): Promise<void> {
  const changed = await deps.store.records.exportFile(key, deps.clock.now());
  await ack();
  deps.outbox.kick();
  await tellOutcome(deps, { args, key, changed }, 'The record will be in the thread in a moment.', {
    same: 'The record is already in the thread.',
    open: 'There is no record, because this isn’t decided.',
    superseded: `${REPLACED_SENTENCE} Its record is in the thread.`,
  });
}
