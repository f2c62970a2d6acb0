import { VIEWS } from '../../blocks/ids.ts';
import { readAnswers } from '../../blocks/questions.ts';
import { lookedAgain } from '../../blocks/reminder.ts';
import { plain } from '../../blocks/text.ts';
import { shownAdvice } from '../../core/discussion.ts';
import { lookAgain } from '../../core/revisit.ts';
import { reply } from '../../jobs/post-reply.ts';
import { failureOf } from '../../slack/failures.ts';
import type { ListenerDeps } from '../deps.ts';
import { whyNotWith } from '../may.ts';
import { refuse } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { tell } from '../tell.ts';
import { tenantOf } from '../tenant.ts';

const STALE = 'This dialog is of another version of me. Close it and press “Check it” again.';
const REOPENED = 'This was reopened or deleted in the meantime, so there is nothing to check any more.';

/** "Check": says, in the dialog and in the thread, whether the decision still holds. */
export function revisitSubmitted(on: Routes, deps: ListenerDeps): void {
  const { rubric, store } = deps;
  on.view(VIEWS.revisit, async (args) => {
    const { ack, body, client, context, view } = args;
    const read = readAnswers(rubric, view);
    if (read === null) return void (await tell(args, STALE));
    const { decision: id, answers: again } = read;
    const key = { tenant: tenantOf(context).tenant, decision: id };
    const discussion = await store.discussions.get(key);
    const record = discussion?.record;
    if (!discussion || !record || discussion.decision.status !== 'decided') {
      return void (await tell(args, REOPENED));
    }
    const { decision } = discussion;
    const person = body.user.id;
    const whyNot = await whyNotWith(deps.clock, 'revisit', args, decision);
    if (whyNot !== null) return refuse(args, whyNot, decision);
    const looked = lookAgain(rubric, shownAdvice(discussion), again, record.outcome);
    context.outcome = looked.same ? 'stands' : 'changed';
    const message = lookedAgain(discussion, record, looked, person);
    await ack({
      response_action: 'update',
      view: {
        type: 'modal',
        title: plain('Does it still hold?'),
        close: plain('Close'),
        blocks: message.blocks,
      },
    });
    const card = await store.posts.get({ ...key, kind: 'card' });
    if (!card?.ts) return;
    try {
      const ts = await reply(client, { channel: card.channel, ts: decision.thread ?? card.ts }, message);
      if (ts !== null) await store.posts.replied(key, ts, deps.clock.now());
    } catch (error) {
      // Whoever checked has read it in the dialog.
      deps.logger.warn(
        { decision: id, code: failureOf(error).code },
        'what a check has shown was not posted',
      );
    }
  });
}
