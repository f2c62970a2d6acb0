// The sentences about stored data on the Home tab and in the reply to `/django-or-flask privacy`.

/** Returns which data the bot stores, where, and how to delete it. */
export function privacySentence(): string {
  return (
    'What I keep: the project’s name, what the asker and others answered, the advice, votes and reasons, what was decided and why, the ' +
    'channel, who asked, who decides, and where the card is. People are stored as Slack ids, without names. All of it ' +
    'stays in the database of the people who run this bot, and no language model sees it. I receive a message only if ' +
    'it mentions me or you pick me in its menu, and I keep nothing of it. Withdrawing a vote or your answers ' +
    'deletes them. “Delete” in a card’s menu deletes the card and everything people entered.'
  );
}
