-- Votes, reasons and own answers stay off the card until it is decided.
ALTER TABLE decisions ADD COLUMN hide_until_decided INTEGER NOT NULL DEFAULT 0;
-- What the group says together: advice and disagreements, as computed when somebody last answered.
ALTER TABLE decisions ADD COLUMN group_view TEXT CHECK (json_valid(group_view));

-- One vote a person: the key says so.
CREATE TABLE votes (
  tenant   TEXT NOT NULL,
  decision TEXT NOT NULL,
  person   TEXT NOT NULL,
  choice   TEXT NOT NULL CHECK (choice IN ('django', 'flask', 'both')),
  reason   TEXT,
  -- The round of answers that was on the card.
  round    INTEGER NOT NULL CHECK (round >= 1),
  cast_at  INTEGER NOT NULL,
  PRIMARY KEY (tenant, decision, person),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What others than the asker answered: the latest of each.
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

-- Cards that Slack shows otherwise than the database has them, and how bringing them up to date goes.
CREATE TABLE card_updates (
  tenant       TEXT NOT NULL,
  decision     TEXT NOT NULL,
  -- Changes so far, and the last of them that Slack has taken.
  revision     INTEGER NOT NULL DEFAULT 1,
  shown        INTEGER NOT NULL DEFAULT 0,
  unseen_since INTEGER NOT NULL,
  due_at       INTEGER NOT NULL,
  attempts     INTEGER NOT NULL DEFAULT 0,
  -- Slack's word that it can never succeed, and whether the asker has been told once.
  stuck        TEXT,
  told         INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, decision),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX card_updates_stale ON card_updates (unseen_since) WHERE shown < revision AND stuck IS NULL;
