import type { GuardedAction } from '../../decision/access.ts';
import type { Decision } from '../../decision/decision.ts';
import type { Press } from '../../interactions/card-button.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { decisionKeyIn, findDecision } from '../../interactions/find-decision.ts';
import { findRefusal } from '../../interactions/permissions.ts';
import { refuse } from '../../interactions/refusals.ts';

/** Returns the decision whose card isn't posted, for buttons of its asker. Refuses other people and returns null. */
export async function findUnpostedDecision(
  deps: ListenerDeps,
  args: Press['args'],
  act: GuardedAction,
): Promise<Decision | null> {
  const { ack, body, context } = args;
  const found = await findDecision(deps, decisionKeyIn(body, context));
  const refusal = await findRefusal(deps.clock, act, args, found);
  if (refusal === null && typeof found !== 'string') return found;
  await ack();
  await refuse(args, refusal ?? 'gone', found);
  return null;
}
