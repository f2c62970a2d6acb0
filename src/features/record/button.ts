import { type CardPress, type MenuEntry, tellOutcome } from '../../interactions/card-button.ts';
import { REPLACED_SENTENCE } from '../../interactions/refusals.ts';
import type { ListenerDeps } from '../../interactions/routes.ts';

/** "Export the record" in a decided card's menu. */
export const exportEntry: MenuEntry = { act: 'export', choose: postFile };

async function postFile(deps: ListenerDeps, { args, key, ack }: CardPress): Promise<void> {
  const changed = await deps.store.records.exportFile(key, deps.clock.now());
  await ack();
  deps.outbox.kick();
  await tellOutcome(deps, { args, key, changed }, 'The record is on its way into the thread, as a file.', {
    same: 'The record is in the thread already: it came a few minutes ago.',
    open: 'Nothing is decided here at the moment, so there is no record.',
    superseded: `${REPLACED_SENTENCE} Its own record is in the thread, from when it was decided.`,
  });
}
