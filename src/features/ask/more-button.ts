import { ACTIONS } from '../../blocks/ids.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import type { Routes } from '../../interactions/routes.ts';
import { tell } from '../../interactions/tell.ts';
import { failureOf } from '../../slack/failures.ts';
import { intakeModal } from './dialog.ts';
import { parseIntakeDialog } from './parse-dialog.ts';

/** Registers "Answer the other five", which shows all questions and keeps the values entered so far. */
export function registerMoreQuestionsButton(on: Routes, deps: ListenerDeps): void {
  on.action(ACTIONS.moreQuestions, async (args) => {
    const { ack, body, client, context } = args;
    await ack();
    const intake = parseIntakeDialog(deps.rubric, body.view);
    if (!intake) {
      context.outcome = 'stale';
      deps.logger.warn('a dialog that this version never made asked for more questions');
      await tell(args, 'This dialog is of another version of me. Close it and type the command again.');
      return;
    }
    try {
      await client.views.update({
        view_id: intake.viewId,
        ...(intake.hash === undefined ? {} : { hash: intake.hash }),
        view: intakeModal(deps.rubric, { ...intake.draft, page: 'all' }),
      });
    } catch (error) {
      const { code } = failureOf(error);
      context.outcome = code;
      // A second click: the first one has already changed the view to show all questions.
      if (code === 'hash_conflict') return;
      await tell(
        args,
        'Slack did not show the other questions. Press the button again, or submit without them.',
      );
    }
  });
}
