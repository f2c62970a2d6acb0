import { z } from 'zod';
import { advise } from '../../advice/advise.ts';
import { draftRound } from '../../decision/decision.ts';
import type { PostKey } from '../../decision/post.ts';
import type { Deps } from '../../delivery/deps.ts';
import type { EventOrigin } from '../../delivery/inbox.ts';
import type { Outbox } from '../../delivery/outbox.ts';
import { deliveryFailureOf } from '../../slack/failures.ts';
import { postCard, wantNotice } from '../card/deliver.ts';
import { readStep } from './step.ts';

const execution = z.object({
  function: z.object({ callback_id: z.string() }),
  function_execution_id: z.string().regex(/^[\x20-\x7e]{1,300}$/),
  inputs: z.unknown().optional(),
});

/**
 * A workflow has come to the step "Recommend Django or Flask": writes its decision and posts its card. The step is
 * completed when that is posted, however long it takes; here only if there is nothing to post.
 *
 * @param callbackId the function that is ours
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
  // Tried again it would be no better, and there is nothing that could be ended.
  if (run?.function.callback_id !== callbackId) {
    logger.warn('a step that is none of ours');
    return;
  }
  const step = run.function_execution_id;
  // Before anything is written: for a workspace that has left there would be nobody to delete it.
  const client = await deps.clientFor(tenant);
  const read = readStep(rubric, run.inputs);
  if (!read.ok) {
    try {
      await client.functions.completeError({ function_execution_id: step, error: read.problem });
    } catch (error) {
      const failure = deliveryFailureOf(error);
      // The workflow has been stopped meanwhile: nobody waits for this any more.
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
  // Delivered again: its card is posted, or on its way.
  if (submitted.kind === 'unchanged') return;
  // Others have asked in this channel before and still wait: it follows theirs.
  if (!submitted.inTurn) return outbox.kick();
  const key: PostKey = { tenant, decision: submitted.id, kind: 'card' };
  const outcome = await postCard(deps, client, key);
  if (outcome.kind === 'refused') await wantNotice(deps, key);
  outbox.kick();
}
