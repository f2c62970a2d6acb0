import type { App } from '@slack/bolt';
import { STEP } from '../blocks/ids.ts';
import type { CardUpdates } from '../delivery/card-updates.ts';
import type { Deps } from '../delivery/deps.ts';
import type { InboxWork } from '../delivery/inbox.ts';
import type { Outbox } from '../delivery/outbox.ts';
import { onCardMenu } from '../interactions/card-menu.ts';
import type { ListenerDeps } from '../interactions/deps.ts';
import { withErrorHandling } from '../interactions/on-error.ts';
import type { Payload } from '../interactions/payload.ts';
import { refuseNotInstalled, refuseUnknown } from '../interactions/refusals.ts';
import { type ListenerArgs, Routes } from '../interactions/routes.ts';
import { throwAuthorizationError } from '../slack/authorization-errors.ts';
import { addAnswers } from './answers/add-button.ts';
import { ownAnswersSubmitted } from './answers/add-submit.ts';
import { editAnswers } from './answers/edit-button.ts';
import { editAnswersSubmitted } from './answers/edit-submit.ts';
import { askAgain } from './ask/again-button.ts';
import { djangoOrFlask } from './ask/command.ts';
import { homeStart } from './ask/home-button.ts';
import { moreQuestions } from './ask/more-button.ts';
import { djangoOrFlaskShortcut } from './ask/shortcut.ts';
import { intakeSubmitted } from './ask/submit.ts';
import { keepCard } from './card/keep-button.ts';
import { postAgain } from './card/post-again-button.ts';
import { showReasons } from './card/reasons-button.ts';
import { decide } from './decide/button.ts';
import { deleteDecision } from './decide/delete-button.ts';
import { deleteSubmitted } from './decide/delete-submit.ts';
import { reopen } from './decide/reopen-button.ts';
import { decideSubmitted } from './decide/submit.ts';
import { historyPage } from './overview/history-button.ts';
import { homeOpened } from './overview/home-event.ts';
import { myData } from './privacy/button.ts';
import { forgetMe } from './privacy/forget-button.ts';
import { forgetJob } from './privacy/forget-person.ts';
import { forgetMeSubmitted } from './privacy/forget-submit.ts';
import { mentioned } from './question/mention.ts';
import { exportRecord } from './record/export-button.ts';
import { checkDecision } from './revisit/check-button.ts';
import { checkJob } from './revisit/check-deliver.ts';
import { snooze } from './revisit/snooze-button.ts';
import { revisitSubmitted } from './revisit/submit.ts';
import { votes } from './vote/button.ts';
import { addReason } from './vote/reason-button.ts';
import { voteReasonSubmitted } from './vote/reason-submit.ts';
import { whoVoted } from './vote/who-voted-button.ts';
import { runStep } from './workflow/run-step.ts';

/**
 * The bot's table of contents: every command, button, dialog and menu entry, in the order people meet them. Two events
 * about the app itself, `app_uninstalled` and `tokens_revoked`, are in bot.ts.
 */
export function registerListeners(app: App, deps: ListenerDeps): void {
  const on = new Routes();
  for (const listen of [
    // Asking: the command, the message menu, Home's button, the dialog.
    djangoOrFlask,
    djangoOrFlaskShortcut,
    homeStart,
    moreQuestions,
    intakeSubmitted,
    // The card: its buttons, in their order.
    votes,
    addReason,
    voteReasonSubmitted,
    whoVoted,
    addAnswers,
    ownAnswersSubmitted,
    decide,
    decideSubmitted,
    // Dialogs that the card's menu opens.
    editAnswersSubmitted,
    deleteSubmitted,
    // Later: the review, questions in the thread, cards that are missing.
    checkDecision,
    revisitSubmitted,
    snooze,
    mentioned,
    postAgain,
    keepCard,
    // Lists, and people's own data.
    homeOpened,
    historyPage,
    myData,
    forgetMe,
    forgetMeSubmitted,
  ]) {
    listen(on, deps);
  }
  onCardMenu(on, deps, {
    reasons: showReasons,
    edit: editAnswers,
    export: exportRecord,
    reopen,
    supersede: askAgain,
    delete: deleteDecision,
  });

  const handle = (args: ListenerArgs, payload: Payload): Promise<void> => {
    throwAuthorizationError(args.context);
    if (args.context.notInstalled === true) return refuseNotInstalled(args);
    const { botToken, teamId } = args.context;
    if (botToken !== undefined) args.client = deps.clients.for(botToken, teamId);
    const listener = on.find(payload);
    return listener?.(args) ?? refuseUnknown(deps, args, payload);
  };
  app.use(withErrorHandling(deps, handle));
}

/** Returns the handlers for stored events and jobs. */
export function featureWork(
  deps: Deps,
  outbox: Outbox,
  cardUpdates: CardUpdates,
): {
  readonly events: Pick<InboxWork['events'], 'function_executed'>;
  readonly jobs: InboxWork['jobs'];
} {
  return {
    events: {
      function_executed: (place, { event }) => runStep(deps, outbox, STEP.callback, place, event),
    },
    jobs: [
      checkJob(deps),
      forgetJob(deps, () => {
        outbox.kick();
        cardUpdates.kick();
      }),
    ],
  };
}
