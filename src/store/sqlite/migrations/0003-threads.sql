-- A card that was asked for from a message goes into that message's thread: its parent's ts.
ALTER TABLE decisions ADD COLUMN thread TEXT;
