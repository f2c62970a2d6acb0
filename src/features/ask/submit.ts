import type { ViewOutput, ViewResponseAction } from '@slack/bolt';
import { z } from 'zod';
import type { Advice } from '../../advice/advice.ts';
import { advise } from '../../advice/advise.ts';
import { FIELDS, VIEWS } from '../../blocks/ids.ts';
import { draftRound } from '../../decision/decision.ts';
import type { PostKey } from '../../decision/post.ts';
import type { WebClient } from '../../delivery/deps.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { findDecision, type Missing, tenantOf } from '../../interactions/find-decision.ts';
import { whyNotAtAll, whyNotWith } from '../../interactions/may.ts';
import { outcomeOf, refuse } from '../../interactions/refusals.ts';
import type { Routes } from '../../interactions/routes.ts';
import { refusalOn, tell } from '../../interactions/tell.ts';
import { within } from '../../runtime/clock.ts';
import { sentenceFor } from '../../slack/failures.ts';
import { decisionFromDraft } from '../../store/draft.ts';
import type { Draft, SubmitResult } from '../../store/store.ts';
import { type CardOutcome, heardFrom, postNewCard } from '../card/deliver.ts';
import { postedElsewhere } from '../card/posted-elsewhere.ts';
import { type IntakeDraft, intakeModal } from './dialog.ts';
import { intakeErrors, parseIntake } from './parse-dialog.ts';

/** Slack waits three seconds for the answer to a submission; this leaves one for everything else. */
const POST_WITHIN_MS = 2_000;

const STALE =
  'This dialog is of another version of me, so I can’t read it. Your answers are still here to look at: open a new dialog with the command and copy them over.';

/** Submitting the dialog again posts a card that replaces nothing. */
const SUBMIT_AGAIN = 'Submit again to post a new card. Your answers are still here.';
const NOTHING_TO_REPLACE: Readonly<Record<Missing, string>> = {
  deleted: `The decision to replace was deleted. ${SUBMIT_AGAIN}`,
  gone: `I can’t find the decision to replace. ${SUBMIT_AGAIN}`,
};

/** Where Slack lets us speak privately to whoever submitted, although the bot may be in no channel. */
const replyUrls = z.array(z.object({ response_url: z.url() })).catch([]);

/**
 * The dialog is submitted: advise, write to disk, post the card while the dialog still stands, so that a
 * channel that refuses it can be corrected there.
 */
export function intakeSubmitted(on: Routes, deps: ListenerDeps): void {
  const { rubric, store, clock, newId } = deps;

  on.view(VIEWS.intake, async (args) => {
    const { ack, body, client, context } = args;
    const intake = parseIntake(rubric, body.view);
    if (!intake) {
      context.outcome = 'stale';
      deps.logger.warn('a dialog that this version never made was submitted');
      await tell(args, STALE);
      return;
    }
    const { draft, viewId } = intake;
    const refusedOutright = whyNotAtAll('start', args);
    if (refusedOutright !== null) return refuse(args, refusedOutright);
    const errors = intakeErrors(draft, clock.now());
    const channel = draft.channel;
    if (channel === undefined || Object.keys(errors).length > 0) {
      context.outcome = 'invalid';
      return ack(refusalOn(body, errors));
    }

    const { tenant, workspace } = tenantOf(context);
    const begun = clock.monotonic();
    const found =
      draft.supersedes === undefined
        ? null
        : await findDecision(deps, { tenant, decision: draft.supersedes });
    const whyNotReplace = found && (await whyNotWith(clock, 'supersede', args, found));
    const asking = clock.monotonic() - begun;
    if (whyNotReplace === 'deleted' || whyNotReplace === 'gone') {
      context.outcome = outcomeOf(whyNotReplace);
      // The same dialog, which then replaces nothing, with everything that was entered.
      const { supersedes: _, ...afresh } = draft;
      return ack({
        response_action: 'update',
        view: intakeModal(rubric, { ...afresh, problem: NOTHING_TO_REPLACE[whyNotReplace] }),
      });
    }
    if (whyNotReplace !== null) return refuse(args, whyNotReplace, found);
    const replaced = typeof found === 'string' ? null : found;
    if (replaced && replaced.channel !== channel) {
      // What was decided in one channel is not for another to read.
      context.outcome = 'other_channel';
      const sentence = `A card that replaces another goes into the same channel. Pick that one, or type ${deps.slashCommand} to ask afresh.`;
      return ack(refusalOn(body, { [FIELDS.channel.block]: sentence }));
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
      const outcome = await within(clock, POST_WITHIN_MS - asking, attempt.posting);
      if (outcome !== 'late' && outcome.kind === 'refused') {
        context.outcome = outcome.code;
        const sentence = sentenceFor(outcome.code, await deps.botName(tenant));
        await ack(refusal(body.view, draft, sentence));
        // The dialog has said it, so the private word is not needed; where the ack failed, it is.
        await store.posts.dropNotice({ tenant, decision: id }, clock.now());
      } else {
        attempt.closed = true;
        await ack();
      }
    } finally {
      await attempt.over;
    }
  });

  /**
   * Says it on the channel's field. A dialog that was opened for a thread has none: there the same dialog
   * comes back with it, and everything that was entered.
   */
  function refusal(view: ViewOutput, draft: IntakeDraft, sentence: string): ViewResponseAction {
    const asked = view.blocks.some((block) => block.block_id === FIELDS.channel.block);
    if (asked) return { response_action: 'errors', errors: { [FIELDS.channel.block]: sentence } };
    return { response_action: 'update', view: intakeModal(rubric, { ...draft, problem: sentence }) };
  }

  /** Writes the submission to disk and posts its card; what is then still to be said goes through the outbox. */
  function begin(client: WebClient, draft: Draft, advice: Advice): Attempt {
    // Where Slack takes nothing at the moment, the card is left to the outbox, which finds out when it does.
    const isFailing = deps.outbox.isFailing(draft.tenant);
    const submitted = store.decisions.submit(draft, isFailing ? undefined : clock.now());
    const post = async (): Promise<CardOutcome> => {
      const { id, ...written } = await submitted;
      // Others have asked in this channel before and still wait, as in an outage: it follows theirs.
      if (written.kind !== 'unchanged' && (isFailing || !written.inTurn)) return { kind: 'later' };
      const outcome =
        written.kind === 'unchanged'
          ? null
          : await postNewCard(deps, client, decisionFromDraft(draft, id, advice));
      // Slack may bring a submission again while the first delivery is still at it, here or in another process.
      return outcome === null || outcome.kind === 'taken'
        ? postedElsewhere(deps, cardOf(draft, id))
        : outcome;
    };
    const posting = post();
    const settle = async (): Promise<void> => {
      const outcome = await posting;
      const { kind, id } = await submitted;
      if (outcome.kind === 'refused' && attempt.closed) await deps.outbox.tellNow(cardOf(draft, id));
      const { tenant, channel } = draft;
      if (kind === 'unchanged') deps.outbox.kick();
      else await deps.outbox.said({ tenant, channel, about: id }, heardFrom(outcome));
    };
    const attempt: Attempt = { submitted, posting, over: settle(), closed: false };
    // The listener waits for its end and hears of its failure, but maybe later than it fails.
    attempt.over.catch(() => {});
    return attempt;
  }
}

/** One delivery of a submission. */
interface Attempt {
  readonly submitted: Promise<SubmitResult>;
  readonly posting: Promise<CardOutcome>;
  /** Resolves when nothing of it is running any more. */
  readonly over: Promise<void>;
  /** It let the dialog close, so an error can't be shown there any more. */
  closed: boolean;
}

const cardOf = ({ tenant }: Draft, id: string): PostKey => ({ tenant, decision: id, kind: 'card' });
