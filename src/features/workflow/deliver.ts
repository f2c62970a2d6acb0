import type { PostKey } from '../../decision/post.ts';
import { fetchPermalink, recordFailure } from '../../delivery/card-thread.ts';
import { type CallOutcome, NOT_CALLED, outcomeOfFailure, RESPONDED } from '../../delivery/deliver.ts';
import type { Deps, WebClient } from '../../delivery/deps.ts';
import { cardFailureSentence, deliveryFailureOf } from '../../slack/failures.ts';
import { buildStepOutputs, describeStepError, STEP_DELETED } from './message.ts';

/** Completes the workflow's step that asked for a card. Slack accepts only one completion, so retries are safe. */
export async function completeStep(deps: Deps, client: WebClient, key: PostKey): Promise<CallOutcome> {
  const { store, clock, logger } = deps;
  const claimed = await store.posts.claim(key, clock.now());
  if (!claimed) return NOT_CALLED;
  const [step, decision, card] = await Promise.all([
    store.posts.getStep(key),
    store.decisions.get(key.tenant, key.decision),
    store.posts.get({ ...key, kind: 'card' }),
  ]);
  if (step === null || !card) {
    await store.posts.drop(key);
    return NOT_CALLED;
  }
  const bot = await deps.botName(key.tenant);
  try {
    const error =
      decision === null ? STEP_DELETED : describeStepError(card, (code) => cardFailureSentence(code, bot));
    if (decision !== null && error === null) {
      const outputs = buildStepOutputs(decision, await fetchPermalink(deps, client, key));
      await client.functions.completeSuccess({ function_execution_id: step, outputs });
    } else {
      await client.functions.completeError({ function_execution_id: step, error: error ?? STEP_DELETED });
    }
    await store.posts.markPosted(key, null, clock.now());
    return RESPONDED;
  } catch (thrown) {
    const failure = deliveryFailureOf(thrown);
    logger.warn({ decision: key.decision, code: failure.code }, 'a step was not completed');
    await recordFailure(deps, key, claimed, failure);
    return outcomeOfFailure(failure);
  }
}
