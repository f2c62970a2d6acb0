import type { App } from '@slack/bolt';
import { throwWhyNobody } from '../slack/who-acts.ts';
import { addAnswers } from './actions/add-answers.ts';
import { cardMenu } from './actions/card-menu.ts';
import { decide } from './actions/decide.ts';
import { historyPage } from './actions/history-page.ts';
import { homeStart } from './actions/home-start.ts';
import { moreQuestions } from './actions/more-questions.ts';
import { myData } from './actions/my-data.ts';
import { revisit } from './actions/revisit.ts';
import { unpostedCard } from './actions/unposted-card.ts';
import { votes } from './actions/vote.ts';
import { djangoOrFlask } from './commands/django-or-flask.ts';
import type { ListenerDeps } from './deps.ts';
import { homeOpened } from './events/home-opened.ts';
import { mentioned } from './events/mentioned.ts';
import type { Interaction } from './interaction.ts';
import { refuseNotInstalled } from './not-installed.ts';
import { aroundEveryInteraction } from './on-error.ts';
import { type Args, Routes } from './routes.ts';
import { djangoOrFlaskShortcut } from './shortcuts/django-or-flask.ts';
import { refuseUnknown } from './unknown.ts';
import { decideSubmitted } from './views/decide.ts';
import { deleteSubmitted } from './views/delete-decision.ts';
import { editAnswersSubmitted } from './views/edit-answers.ts';
import { forgetMeSubmitted } from './views/forget-me.ts';
import { intakeSubmitted } from './views/intake.ts';
import { ownAnswersSubmitted } from './views/own-answers.ts';
import { revisitSubmitted } from './views/revisit.ts';
import { voteReasonSubmitted } from './views/vote-reason.ts';

/** The bot's table of contents: everything that somebody in Slack can do to it. */
export function registerListeners(app: App, deps: ListenerDeps): void {
  const on = new Routes();

  djangoOrFlask(on, deps);
  djangoOrFlaskShortcut(on, deps);
  moreQuestions(on, deps);
  intakeSubmitted(on, deps);
  cardMenu(on, deps);
  votes(on, deps);
  voteReasonSubmitted(on, deps);
  addAnswers(on, deps);
  ownAnswersSubmitted(on, deps);
  editAnswersSubmitted(on, deps);
  decide(on, deps);
  decideSubmitted(on, deps);
  deleteSubmitted(on, deps);
  revisit(on, deps);
  revisitSubmitted(on, deps);
  historyPage(on, deps);
  unpostedCard(on, deps);
  myData(on, deps);
  forgetMeSubmitted(on, deps);
  homeOpened(on, deps);
  homeStart(on, deps);
  mentioned(on, deps);

  const handle = (args: Args, interaction: Interaction): Promise<void> => {
    throwWhyNobody(args.context);
    if (args.context.notInstalled === true) return refuseNotInstalled(args);
    const { botToken, teamId } = args.context;
    if (botToken !== undefined) args.client = deps.clients.for(botToken, teamId);
    const listener = on.find(interaction);
    return listener?.(args) ?? refuseUnknown(deps, args, interaction);
  };
  app.use(aroundEveryInteraction(deps, handle));
}
