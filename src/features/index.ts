import type { App } from '@slack/bolt';
import { STEP } from '../blocks/ids.ts';
import type { CardUpdates } from '../delivery/card-updates.ts';
import type { Deps } from '../delivery/deps.ts';
import type { InboxWork } from '../delivery/inbox.ts';
import type { Outbox } from '../delivery/outbox.ts';
import { cardMenu } from '../interactions/card-menu.ts';
import type { ListenerDeps } from '../interactions/deps.ts';
import { aroundEveryInteraction } from '../interactions/on-error.ts';
import type { Payload } from '../interactions/payload.ts';
import { refuseNotInstalled, refuseUnknown } from '../interactions/refusals.ts';
import { type Args, Routes } from '../interactions/routes.ts';
import { throwWhyNobody } from '../slack/who-acts.ts';
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
import { showReasons } from './card/reasons-button.ts';
import { unpostedCard } from './card/unposted-button.ts';
import { decide } from './decide/button.ts';
import { deleteDecision } from './decide/delete-button.ts';
import { deleteSubmitted } from './decide/delete-submit.ts';
import { reopen } from './decide/reopen-button.ts';
import { decideSubmitted } from './decide/submit.ts';
import { historyPage } from './overview/history-button.ts';
import { homeOpened } from './overview/home-event.ts';
import { myData } from './privacy/button.ts';
import { forgetJob } from './privacy/forget-person.ts';
import { forgetMeSubmitted } from './privacy/forget-submit.ts';
import { mentioned } from './question/mention.ts';
import { exportRecord } from './record/export-button.ts';
import { revisit } from './revisit/button.ts';
import { checkJob } from './revisit/check-deliver.ts';
import { revisitSubmitted } from './revisit/submit.ts';
import { votes } from './vote/button.ts';
import { voteReasonSubmitted } from './vote/reason-submit.ts';
import { runStep } from './workflow/run-step.ts';

/** The bot's table of contents: every command, button, dialog, menu entry and event, in the order people meet them. */
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
    voteReasonSubmitted,
    addAnswers,
    ownAnswersSubmitted,
    decide,
    decideSubmitted,
    // Dialogs that the card's menu opens.
    editAnswersSubmitted,
    deleteSubmitted,
    // Later: the review, questions in the thread, cards that are missing.
    revisit,
    revisitSubmitted,
    mentioned,
    unpostedCard,
    // Lists, and people's own data.
    homeOpened,
    historyPage,
    myData,
    forgetMeSubmitted,
  ]) {
    listen(on, deps);
  }
  cardMenu(on, deps, [showReasons, editAnswers, exportRecord, reopen, askAgain, deleteDecision]);

  const handle = (args: Args, payload: Payload): Promise<void> => {
    throwWhyNobody(args.context);
    if (args.context.notInstalled === true) return refuseNotInstalled(args);
    const { botToken, teamId } = args.context;
    if (botToken !== undefined) args.client = deps.clientWith(botToken, teamId);
    const listener = on.find(payload);
    return listener?.(args) ?? refuseUnknown(deps, args, payload);
  };
  app.use(aroundEveryInteraction(deps, handle));
}

/** What the features do with stored events and jobs. */
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
