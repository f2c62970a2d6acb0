import { notice } from '../../blocks/notice.ts';
import { clamp, oneLine, quoted, unescapeIncoming } from '../../blocks/text.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { tenantOf } from '../../interactions/find-decision.ts';
import { whyNotAtAll } from '../../interactions/may.ts';
import { outcomeOf, refusalInWords } from '../../interactions/refusals.ts';
import type { Routes } from '../../interactions/routes.ts';
import { answerPrivately } from '../../interactions/tell.ts';
import { failureOf, whyNoDialog } from '../../slack/failures.ts';
import { HISTORY_PAGE_SIZE, history } from '../overview/history-message.ts';
import { privacy } from '../privacy/message.ts';
import { intakeModal } from './dialog.ts';
import { help } from './help-message.ts';
import { readWords } from './parse-command.ts';

/** Characters of what was typed that are worth repeating: the longest name, and a word before it. */
const MOST_REPEATED = 100;

/** `/django-or-flask [project name]`: opens the dialog. Nothing happens before the dialog is asked for. */
export function djangoOrFlask(on: Routes, deps: ListenerDeps): void {
  const { rubric, store, slashCommand } = deps;

  on.command(slashCommand, async (args) => {
    const { command, ack, client, context } = args;
    const words = readWords(command.text ?? '');
    if (words.kind === 'help') return ack(help(rubric, slashCommand));
    if (words.kind === 'privacy') return ack(privacy());
    if (words.kind === 'history') {
      const page = { offset: 0, words: [...words.words] };
      const { tenant } = tenantOf(context);
      const found = await store.decisions.inChannel(tenant, command.channel_id, {
        ...page,
        viewer: command.user_id,
        limit: HISTORY_PAGE_SIZE + 1,
      });
      return ack(history(found, page, command.user_id));
    }

    const refusal = whyNotAtAll('start', args);
    if (refusal !== null) {
      context.outcome = outcomeOf(refusal);
      return ack({ response_type: 'ephemeral', ...notice(refusalInWords(refusal)) });
    }
    await ack();
    try {
      const draft = {
        page: 'first',
        project: words.project,
        answers: {},
        deciders: [command.user_id],
      } as const;
      await client.views.open({ trigger_id: command.trigger_id, view: intakeModal(rubric, draft) });
    } catch (error) {
      const { code } = failureOf(error);
      context.outcome = code;
      // As it was typed: with “new” where that was needed to keep the name from being a word of ours.
      const typed = clamp(oneLine(unescapeIncoming(command.text ?? '')), MOST_REPEATED);
      const again = `${slashCommand} ${typed === '' ? '' : quoted(typed)}`.trim();
      const sentence = whyNoDialog(code, `Please type it again: ${again}`, ` Then type it again: ${again}`);
      await answerPrivately(args, notice(sentence), 'below');
    }
  });
}
