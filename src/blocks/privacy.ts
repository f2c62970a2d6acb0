import type { Message } from './message.ts';
import { notice } from './notice.ts';

/** What `/django-or-flask privacy` answers, privately. */
export function privacy(): Message {
  return notice(privacySentence());
}

export function privacySentence(): string {
  return (
    'What I keep: the name of the project, the answers given, the advice, the channel, who asked and who decides ' +
    '(Slack ids, no names), and where the card is. It is kept in the database of whoever runs this bot, goes nowhere ' +
    'else, and no language model sees it. Of messages I get only those that mention me; I answer them and keep nothing of them. To have something deleted, ask whoever runs the bot.'
  );
}
