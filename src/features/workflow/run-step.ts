import { z } from 'zod';
import { advise } from '../../advice/advise.ts';
import { draftRound } from '../../decision/decision.ts';
import type { PostKey } from '../../decision/post.ts';
import type { Deps } from '../../delivery/deps.ts';
import type { EventOrigin } from '../../delivery/inbox.ts';
import type { Outbox } from '../../delivery/outbox.ts';
import { deliveryFailureOf } from '../../slack/failures.ts';
import { postCard, requestNotice } from '../card/deliver.ts';
import { parseStepInputs } from './step.ts';

const execution = z.object({
  function: z.object({ callback_id: z.string() }),
  function_execution_id: z.string().regex(/^[\x20-\x7e]{1,300}$/),
  inputs: z.unknown().optional(),
});

/**
 * Runs the workflow step "Recommend Django or Flask": stores the decision and posts its card. `completeStep` completes
 * the step after that, however long it takes. Only invalid inputs end the step here.
 *
 * @param callbackId the callback id of the bot's step in the manifest
 */
export async function runStep(
  deps: Deps,
  outbox: Pick<Outbox, 'kick'>,
  callbackId: string,
  place: EventOrigin,
  event: unknown,
): Promise<void> {
  const { rubric, store, clock, newId, logger } = deps;
  const { tenant } = place;
  const run = execution.safeParse(event).data;
  // The event is malformed or for another app's step. A retry wouldn't help.
  if (run?.function.callback_id !== callbackId) {
    logger.warn('a step that is none of ours');
    return;
  }
  const step = run.function_execution_id;
  // This fails for an uninstalled workspace, so it comes first: no one could delete data stored for that workspace.
  const client = await deps.clientFor(tenant);
  const read = parseStepInputs(rubric, run.inputs);
  if (!read.ok) {
    try {
      await client.functions.completeError({ function_execution_id: step, error: read.problem });
    } catch (error) {
      const failure = deliveryFailureOf(error);
      // Slack refuses this if the workflow was stopped. Then no one waits for it.
      if (failure.kind !== 'refused') throw error;
      logger.warn({ code: failure.code }, 'a step could not be ended');
    }
    return;
  }
  const { project, channel, asker, answers } = read.inputs;
  // A workflow that names no person leaves the decision to every member.
  const by = asker ?? place.botUser ?? 'USLACKBOT';
  const submitted = await store.decisions.submit({
    id: newId(),
    tenant,
    workspace: place.workspace,
    submission: `step ${step}`,
    channel,
    thread: null,
    project,
    asker: by,
    deciders: asker === null ? [] : [asker],
    anyoneDecides: asker === null,
    hideUntilDecided: false,
    voteUntil: null,
    supersedes: null,
    step,
    round: draftRound({ answers, advice: advise(rubric, answers), by, at: clock.now() }),
    replyUrl: null,
  });
  // Slack delivered the event twice. The card is posted or on its way.
  if (submitted.kind === 'unchanged') return;
  // Earlier cards of this channel are still queued. This one goes behind them.
  if (!submitted.inTurn) return outbox.kick();
  const key: PostKey = { tenant, decision: submitted.id, kind: 'card' };
  const outcome = await postCard(deps, client, key);
  if (outcome.kind === 'refused') await requestNotice(deps, key);
  outbox.kick();
}
