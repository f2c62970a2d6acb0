import type { App } from '@slack/bolt';
import { STEP } from '../blocks/ids.ts';
import type { CardUpdates } from '../delivery/card-updates.ts';
import type { Deps } from '../delivery/deps.ts';
import type { InboxWork } from '../delivery/inbox.ts';
import type { Outbox } from '../delivery/outbox.ts';
import { onCardMenu } from '../interactions/card-button.ts';
import { withErrorHandling } from '../interactions/on-error.ts';
import type { Payload } from '../interactions/payload.ts';
import { refuseNotInstalled, refuseUnknown } from '../interactions/refusals.ts';
import { type ListenerArgs, type ListenerDeps, Routes } from '../interactions/routes.ts';
import { throwAuthorizationError } from '../slack/installation.ts';
import { registerAddAnswersSubmit } from './answers/add-submit.ts';
import { editAnswersEntry, registerAddAnswersButton } from './answers/button.ts';
import { registerEditAnswersSubmit } from './answers/edit-submit.ts';
import {
  askAgainEntry,
  registerAdviceButton,
  registerMoreQuestionsButton,
  registerVotingOptionsButton,
} from './ask/button.ts';
import { registerCommand } from './ask/command.ts';
import { registerShortcut } from './ask/shortcut.ts';
import { registerIntakeSubmit } from './ask/submit.ts';
import { reasonsEntry, registerKeepCardButton, registerPostAgainButton } from './card/button.ts';
import { deleteEntry, registerDecideButton, reopenEntry } from './decide/button.ts';
import { registerDeleteSubmit } from './decide/delete-submit.ts';
import { registerDecideSubmit } from './decide/submit.ts';
import { registerHistoryButtons } from './overview/history-button.ts';
import { registerHomeEvent } from './overview/home-deliver.ts';
import { registerForgetButton, registerMyDataButton } from './privacy/button.ts';
import { createForgetJob } from './privacy/forget-person.ts';
import { registerForgetSubmit } from './privacy/forget-submit.ts';
import { registerMention } from './question/mention.ts';
import { exportEntry } from './record/button.ts';
import { registerCheckButton, registerSnoozeButton } from './revisit/button.ts';
import { createCheckResultJob } from './revisit/deliver.ts';
import { registerCheckSubmit } from './revisit/submit.ts';
import { registerVoteButtons, registerWhoVotedButton, whoVotedEntry } from './vote/button.ts';
import { registerReasonSubmit } from './vote/reason-submit.ts';
import { runStep } from './workflow/step.ts';

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
    registerAdviceButton,
    registerMoreQuestionsButton,
    registerVotingOptionsButton,
    registerIntakeSubmit,
    // The card's buttons, from left to right.
    registerVoteButtons,
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
    who_voted: whoVotedEntry,
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
