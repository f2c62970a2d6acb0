import { stepError, stepOutputs } from '../blocks/step.ts';
import type { PostKey } from '../core/post.ts';
import type { Deps, WebClient } from '../deps.ts';
import { failureOf, sentenceFor } from '../slack/failures.ts';
import { pause } from './pause.ts';
import { permalinkOf } from './permalink.ts';

const GIVE_UP_AFTER_ATTEMPTS = 20;

/** Tells the workflow's step that asked for a card what became of it. Slack takes that once, so it may be repeated. */
export async function completeStep(deps: Deps, client: WebClient, key: PostKey): Promise<void> {
  const { store, clock, logger } = deps;
  const claimed = await store.posts.claim(key, clock.now());
  if (!claimed) return;
  const [decision, card] = await Promise.all([
    store.decisions.get(key.tenant, key.decision),
    store.posts.get({ ...key, kind: 'card' }),
  ]);
  if (!decision?.step || !card) return store.posts.dropped(key);
  const bot = await deps.botName(key.tenant);
  const error = stepError(card, (code) => sentenceFor(code, bot));
  try {
    if (error === null) {
      const outputs = stepOutputs(decision, await permalinkOf(deps, client, key));
      await client.functions.completeSuccess({ function_execution_id: decision.step, outputs });
    } else {
      await client.functions.completeError({ function_execution_id: decision.step, error });
    }
    await store.posts.posted(key, null, clock.now());
  } catch (thrown) {
    const failure = failureOf(thrown);
    const now = clock.now();
    logger.warn({ decision: key.decision, code: failure.code }, 'a step was not completed');
    if (failure.kind === 'refused' || claimed.attempts >= GIVE_UP_AFTER_ATTEMPTS) {
      await store.posts.refused(key, failure.code, now);
    } else {
      const atLeast = failure.kind === 'later' ? failure.afterMs : 0;
      await store.posts.want(key, now, now + pause(atLeast, claimed.attempts));
    }
  }
}
