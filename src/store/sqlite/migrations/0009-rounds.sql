-- Answers and advice are long, and SQLite finds long rows slowly in a table without rowid: reading the number of the
-- latest round took as long as the rest of a vote.
CREATE TABLE rounds_new (
  tenant         TEXT NOT NULL,
  decision       TEXT NOT NULL,
  number         INTEGER NOT NULL CHECK (number >= 1),
  answers        TEXT NOT NULL CHECK (json_valid(answers)),
  advice         TEXT NOT NULL CHECK (json_valid(advice)),
  rubric_version TEXT NOT NULL,
  asked_by       TEXT NOT NULL,
  asked_at       INTEGER NOT NULL,
  PRIMARY KEY (tenant, decision, number),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
) STRICT;
INSERT INTO rounds_new SELECT tenant, decision, number, answers, advice, rubric_version, asked_by, asked_at FROM rounds;
DROP TABLE rounds;
ALTER TABLE rounds_new RENAME TO rounds;
