import { FIELDS, VIEWS } from '../../blocks/ids.ts';
import { decodeDecisionView } from '../../blocks/metadata.ts';
import { dayIn, daysBetween, timeAtHour } from '../../decision/days.ts';
import { LONGEST_RATIONALE, REMIND_AT_HOUR } from '../../decision/record.ts';
import { findMissingReason, tenantOf } from '../../interactions/permissions.ts';
import { findOrRefuse, refuse, UPDATED_SENTENCE } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { submissionErrorResponse } from '../../interactions/tell.ts';
import { fetchTimeZone } from '../../interactions/time-zone.ts';
import { refreshParticipantHomes } from '../overview/home-deliver.ts';
import { parseDecideDialog } from './dialog.ts';

const MOST_DAYS_AHEAD = 3_660;

/** Registers submissions of the dialog that records a decision. */
export function registerDecideSubmit(on: Routes, deps: ListenerDeps): void {
  const { clock, store } = deps;
  on.view(VIEWS.decide, async (args) => {
    const { ack, body, client, context, view } = args;
    const correct = (block: string, sentence: string): Promise<void> =>
      ack(submissionErrorResponse(body, { [block]: sentence }));
    const id = decodeDecisionView(view.private_metadata);
    const entered = parseDecideDialog(view.state.values);
    if (id === null || entered === null) {
      context.outcome = 'stale';
      return correct(
        FIELDS.rationale.block,
        `${UPDATED_SENTENCE} Copy your reason, close it and press “Decide” again.`,
      );
    }
    const key = { tenant: tenantOf(context).tenant, decision: id };
    const by = body.user.id;
    if (!(await findOrRefuse(deps, 'decide', args, key))) return;
    const { outcome, rationale, revisit } = entered;
    if ([...rationale].length > LONGEST_RATIONALE) {
      return correct(FIELDS.rationale.block, `Use at most ${LONGEST_RATIONALE} characters.`);
    }
    const zone = revisit === null ? 'UTC' : await fetchTimeZone(clock, client, by);
    if (revisit !== null) {
      const ahead = daysBetween(dayIn(zone, clock.now()), revisit);
      if (ahead < 1) return correct(FIELDS.revisit.block, 'Pick a day in the future, or clear the field.');
      if (ahead > MOST_DAYS_AHEAD) return correct(FIELDS.revisit.block, 'Pick a day within ten years.');
    }
    const revisitAt = revisit === null ? null : timeAtHour(revisit, REMIND_AT_HOUR, zone);
    const changed = await store.records.decide(
      key,
      { outcome, rationale, revisit, revisitAt, by },
      clock.now(),
    );
    context.outcome = changed;
    if (changed === 'gone') return refuse(args, await findMissingReason(deps, key));
    if (changed === 'elsewhere') {
      return correct(
        FIELDS.outcome.block,
        'This was decided in the meantime. Copy your reason if you need it.',
      );
    }
    await ack();
    deps.cardUpdates.kick();
    deps.outbox.kick();
    const discussion = await store.discussions.get(key);
    if (discussion) await refreshParticipantHomes(deps, client, discussion);
  });
}
