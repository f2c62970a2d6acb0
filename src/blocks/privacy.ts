import type { Message } from './message.ts';
import { notice } from './notice.ts';

/** What `/django-or-flask privacy` answers, privately. */
export function privacy(): Message {
  return notice(privacySentence());
}

export function privacySentence(): string {
  return (
    'What I keep: the name of the project, what the asker and others answered, the advice, the votes with their ' +
    'reasons, the channel, who asked, who decides, and where the card is. People are kept as Slack ids, without ' +
    'names. It is kept in the database of whoever runs this bot, goes nowhere else, and no language model sees it. ' +
    'I read no messages. A vote that is withdrawn is deleted, and so are added answers that are taken back; to have ' +
    'anything else deleted, ask whoever runs the bot.'
  );
}
