import type { Message } from './message.ts';
import { notice } from './notice.ts';

/** What `/django-or-flask privacy` answers, privately. */
export function privacy(): Message {
  return notice(privacySentence());
}

export function privacySentence(): string {
  return (
    'What I keep: the name of the project, what the asker and others answered, the advice, the votes with their ' +
    'reasons, what was decided and why, the channel, who asked, who decides, and where the card is. People are kept ' +
    'as Slack ids, without names. It is kept in the database of whoever runs this bot, goes nowhere else, and no ' +
    'language model sees it. Of messages I get only those that mention me; I answer them and keep nothing of them. ' +
    'A vote that is withdrawn is deleted, and so are added answers that are taken back; “Delete” in a card’s menu ' +
    'removes everything about it.'
  );
}
