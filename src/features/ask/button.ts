// The buttons that open the dialog or extend it.
import { ACTIONS } from '../../blocks/ids.ts';
import {
  type CardPress,
  type MenuEntry,
  openDialog,
  refuseUnlessAllowed,
} from '../../interactions/card-button.ts';
import { refusalForAnyDecision, tenantOf } from '../../interactions/permissions.ts';
import {
  REPLACED_SENTENCE,
  refusalOutcome,
  refusalSentence,
  refuseWith,
  UPDATED_SENTENCE,
} from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { tell } from '../../interactions/tell.ts';
import { dialogFailureSentence, failureOf } from '../../slack/failures.ts';
import { publishHome } from '../overview/home-deliver.ts';
import { type IntakeDraft, intakeModal } from './dialog.ts';
import { parseIntakeDialog } from './parse-dialog.ts';

/** Registers "Ask for advice…" on the Home tab and under answers. On the Home tab, the asker picks the channel. */
export function registerAdviceButton(on: Routes, deps: ListenerDeps): void {
  on.action(ACTIONS.homeStart, async (args) => {
    const { ack, body, client, context } = args;
    await ack();
    const channel = body.channel?.id;
    // Slack has no private replies on the Home tab, so the tab itself shows errors.
    const say = async (sentence: string): Promise<void> => {
      if (channel === undefined) {
        await publishHome(deps, client, tenantOf(context).tenant, body.user.id, sentence);
      } else {
        await tell(args, sentence);
      }
    };
    const refusal = refusalForAnyDecision('start', args);
    if (refusal !== null) {
      context.outcome = refusalOutcome(refusal);
      return say(refusalSentence(refusal));
    }
    const draft = {
      page: 'first',
      project: '',
      answers: {},
      deciders: [body.user.id],
      ...(channel === undefined ? {} : { place: { channel, replyUrl: body.response_url ?? null } }),
    } as const;
    try {
      await client.views.open({ trigger_id: body.trigger_id, view: intakeModal(deps.rubric, draft) });
    } catch (error) {
      const { code } = failureOf(error);
      context.outcome = code;
      await say(dialogFailureSentence(code, 'Press the button again.'));
    }
  });
}

/** Registers the button that shows all questions. */
export function registerMoreQuestionsButton(on: Routes, deps: ListenerDeps): void {
  registerReveal(on, deps, ACTIONS.moreQuestions, { page: 'all' }, 'the other questions');
}

/** Registers "Voting options", which shows channel, deciders, deadline and hidden votes. */
export function registerVotingOptionsButton(on: Routes, deps: ListenerDeps): void {
  registerReveal(on, deps, ACTIONS.votingOptions, { votingShown: true }, 'the voting options');
}

/** Registers a button that adds fields to the dialog and keeps the values entered so far. */
function registerReveal(
  on: Routes,
  deps: ListenerDeps,
  action: string,
  change: Partial<IntakeDraft>,
  what: string,
): void {
  on.action(action, async (args) => {
    const { ack, body, client, context } = args;
    await ack();
    const intake = parseIntakeDialog(deps.rubric, body.view);
    if (!intake) {
      deps.logger.warn('a dialog that this version never made asked for more fields');
      return refuseWith(args, 'stale', `${UPDATED_SENTENCE} Close it and type ${deps.slashCommand} again.`);
    }
    try {
      await client.views.update({
        view_id: intake.viewId,
        ...(intake.hash === undefined ? {} : { hash: intake.hash }),
        view: intakeModal(deps.rubric, { ...intake.draft, ...change }),
      });
    } catch (error) {
      const { code } = failureOf(error);
      context.outcome = code;
      // A second click: the first one has already changed the view.
      if (code === 'hash_conflict') return;
      await tell(args, `Slack didn’t show ${what}. Press the button again, or submit without them.`);
    }
  });
}

/** "Ask again, to replace it" in a decided card's menu. */
export const askAgainEntry: MenuEntry = { act: 'supersede', choose: openFilledDialog };

/** Opens the dialog, prefilled with this decision's answers. Its card will replace this decision. */
async function openFilledDialog(deps: ListenerDeps, press: CardPress): Promise<void> {
  const { args, decision } = press;
  if (decision.status !== 'decided') {
    const why =
      decision.status === 'superseded'
        ? `${REPLACED_SENTENCE} Ask again from that one.`
        : 'This decision is open, so there is nothing to replace.';
    return refuseWith(args, 'elsewhere', why);
  }
  if (await refuseUnlessAllowed(deps, press, 'supersede')) return;
  const { channel, deciders, hideUntilDecided, id, project, round, thread } = decision;
  const draft = { page: 'all', project, deciders, answers: round.answers } as const;
  // If the decision's card is in a message's thread, the new card goes there too.
  const place =
    thread === null
      ? { place: { channel, replyUrl: args.body.response_url ?? null } }
      : { thread: { channel, ts: thread, replyUrl: args.body.response_url ?? null } };
  await openDialog(
    press,
    intakeModal(deps.rubric, { ...draft, ...place, hide: hideUntilDecided, supersedes: id }),
  );
}
