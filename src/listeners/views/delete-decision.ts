import { VIEWS } from '../../blocks/ids.ts';
import { decodeDecisionView } from '../../blocks/metadata.ts';
import { refreshHomesOf } from '../../jobs/refresh-homes.ts';
import type { ListenerDeps } from '../deps.ts';
import { whyNotWith } from '../may.ts';
import { outcomeOf, refusalInWords } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { dialogSaying } from '../tell.ts';
import { tenantOf } from '../tenant.ts';

/** "Delete" was confirmed. */
export function deleteSubmitted(on: Routes, deps: ListenerDeps): void {
  on.view(VIEWS.deleteDecision, async (args) => {
    const { ack, client, context, view } = args;
    const id = decodeDecisionView(view.private_metadata);
    const { tenant } = tenantOf(context);
    const decision = id === null ? null : await deps.store.decisions.get(tenant, id);
    const whyNot = await whyNotWith(deps.clock, 'delete', args, decision);
    if (!decision || whyNot !== null) {
      context.outcome = outcomeOf(whyNot ?? 'gone');
      const sentence =
        decision && whyNot !== null
          ? refusalInWords(whyNot, decision, 'dialog')
          : 'This was deleted already; there is nothing left to do.';
      // A dialog without fields cannot show an error, so it becomes the sentence.
      return ack({
        response_action: 'update',
        view: dialogSaying(sentence, { title: 'Delete?', close: 'Close' }),
      });
    }
    // Who has said something is known only until then.
    const discussion = await deps.store.discussions.get({ tenant, decision: decision.id });
    context.outcome = await deps.store.records.remove({ tenant, decision: decision.id }, deps.clock.now());
    await ack();
    deps.outbox.kick();
    // The one before it may hold again.
    deps.cardUpdates.kick();
    if (discussion) await refreshHomesOf(deps, client, discussion);
  });
}
