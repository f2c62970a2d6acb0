-- Slack's ts of the thread's parent, if the card goes into a thread.
ALTER TABLE decisions ADD COLUMN thread TEXT;
