import { VIEWS } from '../../blocks/ids.ts';
import { decodeDecisionView } from '../../blocks/metadata.ts';
import { findMissingReason, tenantOf } from '../../interactions/permissions.ts';
import { findOrRefuse, refuse, refuseWith } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { refreshParticipantHomes } from '../overview/home-deliver.ts';

const STALE =
  'I can’t tell which card to delete. Close this dialog and pick “Delete” in the card’s menu again.';

/** Registers the confirmation of "Delete". */
export function registerDeleteSubmit(on: Routes, deps: ListenerDeps): void {
  on.view(VIEWS.deleteDecision, async (args) => {
    const { ack, client, context, view } = args;
    const id = decodeDecisionView(view.private_metadata);
    if (id === null) return refuseWith(args, 'stale', STALE);
    const key = { tenant: tenantOf(context).tenant, decision: id };
    if (!(await findOrRefuse(deps, 'delete', args, key))) return;
    // Read first: after the deletion the database no longer knows whose Home tabs show this decision.
    const discussion = await deps.store.discussions.get(key);
    const removed = await deps.store.records.remove(key, deps.clock.now());
    if (removed === 'gone') return refuse(args, await findMissingReason(deps, key));
    context.outcome = removed;
    await ack();
    deps.outbox.kick();
    // If the decision had replaced another, that one may stand again, and its card changes.
    deps.cardUpdates.kick();
    if (discussion) await refreshParticipantHomes(deps, client, discussion);
  });
}
