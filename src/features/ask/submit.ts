import type { ViewOutput, ViewResponseAction } from '@slack/bolt';
import { z } from 'zod';
import type { Advice } from '../../advice/advice.ts';
import { advise } from '../../advice/advise.ts';
import { FIELDS, VIEWS } from '../../blocks/ids.ts';
import { draftRound } from '../../decision/decision.ts';
import type { PostKey } from '../../decision/post.ts';
import type { WebClient } from '../../delivery/deps.ts';
import {
  findDecision,
  findRefusal,
  type MissingReason,
  refusalForAnyDecision,
  tenantOf,
} from '../../interactions/permissions.ts';
import { refusalOutcome, refuse, refuseWith } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { submissionErrorResponse } from '../../interactions/tell.ts';
import { withTimeout } from '../../runtime/clock.ts';
import { cardFailureSentence } from '../../slack/failures.ts';
import { decisionFromDraft } from '../../store/draft.ts';
import type { Draft, SubmitResult } from '../../store/store.ts';
import {
  type CardOutcome,
  callOutcomeOf,
  postNewCard,
  requestNotice,
  waitForConcurrentPost,
} from '../card/deliver.ts';
import { type IntakeDraft, intakeModal } from './dialog.ts';
import { findIntakeErrors, parseIntakeDialog } from './parse-dialog.ts';

/** Longest wait for the card, in ms. Slack waits three seconds for a response, so one second is left for the rest. */
const POST_WITHIN_MS = 2_000;

const STALE =
  'I was updated while this dialog was open. Open a new one with the command, and copy your answers over.';

/** The dialog no longer names a decision to replace, so its next submission posts a card that replaces nothing. */
const SUBMIT_AGAIN = 'Submit again to post a separate card.';
const NOTHING_TO_REPLACE: Readonly<Record<MissingReason, string>> = {
  deleted: `The decision to replace was deleted. ${SUBMIT_AGAIN}`,
  gone: `I can’t find the decision to replace. ${SUBMIT_AGAIN}`,
};

/** Response URLs for private messages to the asker. They work even if the bot isn't in the channel. */
const replyUrls = z.array(z.object({ response_url: z.url() })).catch([]);

/**
 * Registers submissions of the dialog that asks about a project. Stores the decision and posts the card before the
 * dialog closes, so that the asker can pick another channel if Slack refuses the card.
 */
export function registerIntakeSubmit(on: Routes, deps: ListenerDeps): void {
  const { rubric, store, clock, newId } = deps;

  on.view(VIEWS.intake, async (args) => {
    const { ack, body, client, context } = args;
    const intake = parseIntakeDialog(rubric, body.view);
    if (!intake) {
      deps.logger.warn('a dialog that this version never made was submitted');
      return refuseWith(args, 'stale', STALE);
    }
    const { draft, viewId } = intake;
    const refusedOutright = refusalForAnyDecision('start', args);
    if (refusedOutright !== null) return refuse(args, refusedOutright);
    const errors = findIntakeErrors(draft, clock.now());
    const channel = draft.channel;
    if (channel === undefined || Object.keys(errors).length > 0) {
      context.outcome = 'invalid';
      return ack(submissionErrorResponse(body, errors));
    }

    const { tenant, workspace } = tenantOf(context);
    const begun = clock.monotonic();
    const found =
      draft.supersedes === undefined
        ? null
        : await findDecision(deps, { tenant, decision: draft.supersedes });
    const whyNotReplace = found && (await findRefusal(clock, 'supersede', args, found));
    const asking = clock.monotonic() - begun;
    if (whyNotReplace === 'deleted' || whyNotReplace === 'gone') {
      context.outcome = refusalOutcome(whyNotReplace);
      // Shows the same dialog with the values entered so far. Its card will replace nothing.
      const { supersedes: _, ...afresh } = draft;
      return ack({
        response_action: 'update',
        view: intakeModal(rubric, { ...afresh, problem: NOTHING_TO_REPLACE[whyNotReplace] }),
      });
    }
    if (whyNotReplace !== null) return refuse(args, whyNotReplace, found);
    const replaced = typeof found === 'string' ? null : found;
    if (replaced && replaced.channel !== channel) {
      // Members of the other channel may not be allowed to read the earlier decision.
      context.outcome = 'other_channel';
      const sentence = `The card that this replaces is in another channel. Pick that channel, or type ${deps.slashCommand} to post a separate card.`;
      return ack(submissionErrorResponse(body, { [FIELDS.channel.block]: sentence }));
    }
    const asker = body.user.id;
    const advice = advise(rubric, draft.answers);
    const wanted: Draft = {
      id: newId(),
      tenant,
      workspace,
      submission: viewId,
      channel,
      thread: draft.thread?.channel === channel ? draft.thread.ts : null,
      project: draft.project,
      asker,
      deciders: draft.deciders.length > 0 ? draft.deciders : [asker],
      anyoneDecides: false,
      hideUntilDecided: draft.hide ?? false,
      voteUntil: draft.voteUntil ?? null,
      supersedes: replaced ? replaced.id : null,
      step: null,
      round: draftRound({ answers: draft.answers, advice, by: asker, at: clock.now() }),
      replyUrl: replyUrls.parse(body.response_urls)[0]?.response_url ?? draft.thread?.replyUrl ?? null,
    };
    const attempt = begin(client, wanted, advice);
    try {
      const { kind, id } = await attempt.submitted;
      context.outcome = kind;
      const outcome = await withTimeout(clock, POST_WITHIN_MS - asking, attempt.posting);
      if (outcome !== 'late' && outcome.kind === 'refused') {
        context.outcome = outcome.code;
        const sentence = cardFailureSentence(outcome.code, await deps.botName(tenant));
        await ack(refusal(body.view, draft, sentence));
        // The dialog has shown the refusal, so the private message isn't needed. If the ack fails, it still is.
        await store.posts.dropNotice({ tenant, decision: id }, clock.now());
      } else {
        attempt.dialogClosed = true;
        await ack();
      }
    } finally {
      await attempt.finished;
    }
  });

  /**
   * Shows the refusal at the channel field. A dialog that was opened for a thread has no such field: it stays open with
   * the sentence at the top and the values entered so far.
   */
  function refusal(view: ViewOutput, draft: IntakeDraft, sentence: string): ViewResponseAction {
    const asked = view.blocks.some((block) => block.block_id === FIELDS.channel.block);
    if (asked) return { response_action: 'errors', errors: { [FIELDS.channel.block]: sentence } };
    return { response_action: 'update', view: intakeModal(rubric, { ...draft, problem: sentence }) };
  }

  /** Stores the submission and posts its card. The outbox sends everything after that. */
  function begin(client: WebClient, draft: Draft, advice: Advice): Attempt {
    // While Slack is failing for this tenant, the outbox posts the card once Slack has recovered.
    const isFailing = deps.outbox.isFailing(draft.tenant);
    const submitted = store.decisions.submit(draft, isFailing ? undefined : clock.now());
    const post = async (): Promise<CardOutcome> => {
      const { id, ...written } = await submitted;
      // Earlier cards of this channel are still queued, for example after an outage. This one goes behind them.
      if (written.kind !== 'unchanged' && (isFailing || !written.inTurn)) return { kind: 'later' };
      const outcome =
        written.kind === 'unchanged'
          ? null
          : await postNewCard(deps, client, decisionFromDraft(draft, id, advice));
      // Slack may resend a submission while this or another process is still handling the first delivery.
      return outcome === null || outcome.kind === 'taken'
        ? waitForConcurrentPost(deps, cardOf(draft, id))
        : outcome;
    };
    const posting = post();
    const settle = async (): Promise<void> => {
      const outcome = await posting;
      const { kind, id } = await submitted;
      if (outcome.kind === 'refused' && attempt.dialogClosed) await requestNotice(deps, cardOf(draft, id));
      const { tenant, channel } = draft;
      if (kind === 'unchanged') deps.outbox.kick();
      else await deps.outbox.recordCall({ tenant, channel, about: id }, callOutcomeOf(outcome));
    };
    const attempt: Attempt = { submitted, posting, finished: settle(), dialogClosed: false };
    // Prevents an unhandled rejection: the listener awaits this promise, but perhaps only after it has rejected.
    attempt.finished.catch(() => {});
    return attempt;
  }
}

/** The handling of one delivery of a submission. */
interface Attempt {
  readonly submitted: Promise<SubmitResult>;
  readonly posting: Promise<CardOutcome>;
  readonly finished: Promise<void>;
  /** True once the dialog may have closed, so that it can no longer show an error. */
  dialogClosed: boolean;
}

const cardOf = ({ tenant }: Draft, id: string): PostKey => ({ tenant, decision: id, kind: 'card' });
