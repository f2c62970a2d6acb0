import type { SlashCommand } from '@slack/bolt';
import { sentenceMessage } from '../../blocks/message.ts';
import { quoteText, toOneLine, truncate, unescapeCommandText } from '../../blocks/text.ts';
import { refusalForAnyDecision, tenantOf } from '../../interactions/permissions.ts';
import { refusalOutcome, refusalSentence } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { answerPrivately } from '../../interactions/tell.ts';
import { dialogFailureSentence, failureOf } from '../../slack/failures.ts';
import { loadHistory } from '../overview/history-message.ts';
import { privacyMessage } from '../privacy/message.ts';
import { intakeModal } from './dialog.ts';
import { helpMessage } from './help-message.ts';

/** Characters of the command that an error repeats: the longest project name and a word before it. */
const MOST_REPEATED = 100;

/** Registers `/django-or-flask`, which opens the dialog or replies with help, a list of cards or privacy. */
export function registerCommand(on: Routes, deps: ListenerDeps): void {
  const { rubric, store, slashCommand } = deps;

  on.command(slashCommand, async (args) => {
    const { command, ack, client, context } = args;
    const parsed = parseCommand(command.text ?? '');
    if (parsed.kind === 'help') return ack(helpMessage(rubric, slashCommand));
    if (parsed.kind === 'privacy') return ack(privacyMessage());
    if (parsed.kind === 'history') {
      const place = { ...tenantOf(context), channel: command.channel_id, viewer: command.user_id };
      return ack(await loadHistory(store, place, { offset: 0, words: [...parsed.words] }));
    }

    const refusal = refusalForAnyDecision('start', args);
    if (refusal !== null) {
      context.outcome = refusalOutcome(refusal);
      return ack({ response_type: 'ephemeral', ...sentenceMessage(refusalSentence(refusal)) });
    }
    await ack();
    try {
      const draft = {
        page: 'first',
        project: parsed.project,
        answers: {},
        deciders: [command.user_id],
        ...(canHoldCard(command)
          ? { place: { channel: command.channel_id, replyUrl: command.response_url } }
          : {}),
      } as const;
      await client.views.open({ trigger_id: command.trigger_id, view: intakeModal(rubric, draft) });
    } catch (error) {
      const { code } = failureOf(error);
      context.outcome = code;
      // Repeats the whole command, because a project called “history” needs the “new” before it.
      const typed = truncate(toOneLine(unescapeCommandText(command.text ?? '')), MOST_REPEATED);
      const again = `${slashCommand} ${typed === '' ? '' : quoteText(typed)}`.trim();
      const sentence = dialogFailureSentence(
        code,
        `Type it again: ${again}`,
        `, then type it again: ${again}`,
      );
      await answerPrivately(args, sentenceMessage(sentence), 'below');
    }
  });
}

/** Names of direct messages in Slack's commands. */
const DIRECT_MESSAGE = /^(directmessage$|mpdm-)/;

/** Returns false for direct messages, where the bot can't post. */
function canHoldCard({ channel_id: id, channel_name: name }: SlashCommand): boolean {
  return !id.startsWith('D') && !DIRECT_MESSAGE.test(name);
}

/** The meaning of the text after the command. */
export type ParsedCommand =
  | { readonly kind: 'new'; readonly project: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'history'; readonly words: readonly string[] }
  | { readonly kind: 'privacy' };

const MOST_SEARCH_WORDS = 10;

/**
 * Parses the text after the command. A first word of `help`, `history`, `privacy` or `new`, in any letter case, selects
 * what to do. All other text is the project's name.
 */
export function parseCommand(text: string): ParsedCommand {
  const typed = toOneLine(unescapeCommandText(text));
  const [first = '', ...rest] = typed.split(' ');
  switch (first.toLowerCase()) {
    case 'help':
      return { kind: 'help' };
    case 'privacy':
      return { kind: 'privacy' };
    case 'history':
      return {
        kind: 'history',
        words: rest.slice(0, MOST_SEARCH_WORDS).map((word) => [...word].slice(0, 80).join('')),
      };
    case 'new':
      return { kind: 'new', project: rest.join(' ') };
    default:
      return { kind: 'new', project: typed };
  }
}
