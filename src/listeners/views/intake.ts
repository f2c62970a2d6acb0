import type { App, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import { FIELDS, VIEWS } from '../../blocks/ids.ts';
import { intakeErrors, parseIntake } from '../../blocks/intake-modal.ts';
import { within } from '../../clock.ts';
import { advise } from '../../core/advise.ts';
import type { PostKey } from '../../core/post.ts';
import { type CardOutcome, postCard } from '../../jobs/post-card.ts';
import { sentenceFor } from '../../slack/failures.ts';
import type { ListenerDeps } from '../deps.ts';
import { tell } from '../tell.ts';
import { tenantOf } from '../tenant.ts';

/** Slack waits three seconds for the answer to a submission; this leaves one for everything else. */
const POST_WITHIN_MS = 2_000;

const STALE =
  'This dialog is of another version of me, so I can’t read it. Your answers are still here to look at: open a new dialog with the command and copy them over.';

/** Where Slack lets us speak privately to whoever submitted, although the bot may be in no channel. */
const replyUrls = z.array(z.object({ response_url: z.url() })).catch([]);

/**
 * The dialog is submitted: advise, write to disk, post the card while the dialog still stands, so that a
 * channel that refuses it can be corrected there.
 */
export function intakeSubmitted(app: App, deps: ListenerDeps): void {
  const { rubric, store, clock, newId } = deps;

  app.view<ViewSubmitAction>(VIEWS.intake, async (args) => {
    const { ack, body, client, context } = args;
    const intake = parseIntake(rubric, body.view);
    if (!intake) {
      context.outcome = 'stale';
      deps.logger.warn('a dialog that this version never made was submitted');
      await tell(args, STALE);
      return;
    }
    const { draft, viewId } = intake;
    const errors = intakeErrors(draft);
    const channel = draft.channel;
    if (channel === undefined || Object.keys(errors).length > 0) {
      context.outcome = 'invalid';
      return ack({ response_action: 'errors', errors });
    }

    const { tenant, workspace } = tenantOf(context);
    const asker = body.user.id;
    const submitted = await store.decisions.submit({
      id: newId(),
      tenant,
      workspace,
      submission: viewId,
      channel,
      project: draft.project,
      asker,
      deciders: draft.deciders.length > 0 ? draft.deciders : [asker],
      round: { answers: draft.answers, advice: advise(rubric, draft.answers), by: asker, at: clock.now() },
      replyUrl: replyUrls.parse(body.response_urls)[0]?.response_url ?? null,
    });
    context.outcome = submitted.kind;
    if (submitted.kind === 'unchanged') return ack();

    const key: PostKey = { tenant, decision: submitted.decision.id, kind: 'card' };
    const posting = postCard(deps, client, key);
    const outcome = await within(clock, POST_WITHIN_MS, posting);
    if (outcome !== 'late' && outcome.kind === 'refused') {
      context.outcome = outcome.code;
      const errors = { [FIELDS.channel.block]: sentenceFor(outcome.code, deps.botName()) };
      return ack({ response_action: 'errors', errors });
    }
    await ack();
    await afterwards(deps, key, outcome === 'late' ? await posting : outcome);
  });
}

/** The dialog is closed: what is still to be said goes through the outbox. */
async function afterwards(deps: ListenerDeps, key: PostKey, outcome: CardOutcome): Promise<void> {
  if (outcome.kind === 'refused' || outcome.kind === 'unknown') await deps.outbox.tellLater(key);
  else deps.outbox.kick();
}
