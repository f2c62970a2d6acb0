-- 1 if the card hides votes, reasons and other people's answers until it is decided.
ALTER TABLE decisions ADD COLUMN hide_until_decided INTEGER NOT NULL DEFAULT 0;
-- The group's advice and disagreements, computed whenever a person's answers change.
ALTER TABLE decisions ADD COLUMN group_view TEXT CHECK (json_valid(group_view));

-- One vote for each person and decision.
CREATE TABLE votes (
  tenant   TEXT NOT NULL,
  decision TEXT NOT NULL,
  person   TEXT NOT NULL,
  choice   TEXT NOT NULL CHECK (choice IN ('django', 'flask', 'both')),
  reason   TEXT,
  -- The round of the asker's answers that the card showed.
  round    INTEGER NOT NULL CHECK (round >= 1),
  cast_at  INTEGER NOT NULL,
  PRIMARY KEY (tenant, decision, person),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The latest answers of each person other than the asker.
CREATE TABLE own_answers (
  tenant      TEXT NOT NULL,
  decision    TEXT NOT NULL,
  person      TEXT NOT NULL,
  answers     TEXT NOT NULL CHECK (json_valid(answers)),
  round       INTEGER NOT NULL CHECK (round >= 1),
  answered_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, decision, person),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The queue of card updates.
CREATE TABLE card_updates (
  tenant       TEXT NOT NULL,
  decision     TEXT NOT NULL,
  -- Number of changes, and the number of the last change that Slack shows.
  revision     INTEGER NOT NULL DEFAULT 1,
  shown        INTEGER NOT NULL DEFAULT 0,
  unseen_since INTEGER NOT NULL,
  due_at       INTEGER NOT NULL,
  attempts     INTEGER NOT NULL DEFAULT 0,
  -- Slack's error code if it will never accept an update, and how often this card got stuck.
  stuck        TEXT,
  told         INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, decision),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX card_updates_stale ON card_updates (unseen_since) WHERE shown < revision AND stuck IS NULL;
