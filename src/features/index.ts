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
import { throwAuthorizationError } from '../slack/installation.ts';
import { registerAddAnswersButton } from './answers/add-button.ts';
import { registerAddAnswersSubmit } from './answers/add-submit.ts';
import { editAnswersEntry } from './answers/edit-button.ts';
import { registerEditAnswersSubmit } from './answers/edit-submit.ts';
import { askAgainEntry } from './ask/again-button.ts';
import { registerCommand } from './ask/command.ts';
import { registerHomeButton } from './ask/home-button.ts';
import { registerMoreQuestionsButton } from './ask/more-button.ts';
import { registerShortcut } from './ask/shortcut.ts';
import { registerIntakeSubmit } from './ask/submit.ts';
import { registerKeepCardButton } from './card/keep-button.ts';
import { registerPostAgainButton } from './card/post-again-button.ts';
import { reasonsEntry } from './card/reasons-button.ts';
import { registerDecideButton } from './decide/button.ts';
import { deleteEntry } from './decide/delete-button.ts';
import { registerDeleteSubmit } from './decide/delete-submit.ts';
import { reopenEntry } from './decide/reopen-button.ts';
import { registerDecideSubmit } from './decide/submit.ts';
import { registerHistoryButtons } from './overview/history-button.ts';
import { registerHomeEvent } from './overview/home-event.ts';
import { registerMyDataButton } from './privacy/button.ts';
import { registerForgetButton } from './privacy/forget-button.ts';
import { createForgetJob } from './privacy/forget-person.ts';
import { registerForgetSubmit } from './privacy/forget-submit.ts';
import { registerMention } from './question/mention.ts';
import { exportEntry } from './record/export-button.ts';
import { registerCheckButton } from './revisit/check-button.ts';
import { createCheckResultJob } from './revisit/check-deliver.ts';
import { registerSnoozeButton } from './revisit/snooze-button.ts';
import { registerCheckSubmit } from './revisit/submit.ts';
import { registerVoteButtons } from './vote/button.ts';
import { registerReasonButton } from './vote/reason-button.ts';
import { registerReasonSubmit } from './vote/reason-submit.ts';
import { registerWhoVotedButton } from './vote/who-voted-button.ts';
import { runStep } from './workflow/run-step.ts';

/**
 * Registers every command, button, dialog, menu entry and event, in the order people meet them. Two events about the
 * app itself, `app_uninstalled` and `tokens_revoked`, are in bot.ts.
 */
export function registerListeners(app: App, deps: ListenerDeps): void {
  const on = new Routes();
  for (const register of [
    // Ask: the command, the message menu, Home's button, the dialog.
    registerCommand,
    registerShortcut,
    registerHomeButton,
    registerMoreQuestionsButton,
    registerIntakeSubmit,
    // The card's buttons, from left to right.
    registerVoteButtons,
    registerReasonButton,
    registerReasonSubmit,
    registerWhoVotedButton,
    registerAddAnswersButton,
    registerAddAnswersSubmit,
    registerDecideButton,
    registerDecideSubmit,
    // Dialogs that the card's menu opens.
    registerEditAnswersSubmit,
    registerDeleteSubmit,
    // After the card: the review, questions in the thread, cards that Slack didn't post.
    registerCheckButton,
    registerCheckSubmit,
    registerSnoozeButton,
    registerMention,
    registerPostAgainButton,
    registerKeepCardButton,
    // Lists, and a person's own data.
    registerHomeEvent,
    registerHistoryButtons,
    registerMyDataButton,
    registerForgetButton,
    registerForgetSubmit,
  ]) {
    register(on, deps);
  }
  onCardMenu(on, deps, {
    reasons: reasonsEntry,
    edit: editAnswersEntry,
    export: exportEntry,
    reopen: reopenEntry,
    supersede: askAgainEntry,
    delete: deleteEntry,
  });

  const handle = (args: ListenerArgs, payload: Payload): Promise<void> => {
    throwAuthorizationError(args.context);
    if (args.context.notInstalled === true) return refuseNotInstalled(args);
    const { botToken, teamId } = args.context;
    if (botToken !== undefined) args.client = deps.clientWith(botToken, teamId);
    const listener = on.find(payload);
    return listener?.(args) ?? refuseUnknown(deps, args, payload);
  };
  app.use(withErrorHandling(deps, handle));
}

/** Creates the handlers of stored events and jobs. */
export function createInboxWork(
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
      createCheckResultJob(deps),
      createForgetJob(deps, () => {
        outbox.kick();
        cardUpdates.kick();
      }),
    ],
  };
}
