-- CHECKs with OR instead of IN. For a list of more than two values, SQLite fills a temporary table on every write of a
-- row, which takes longer than writing the row. SQLite can't change a CHECK, so this creates new tables.
CREATE TABLE votes_new (
  tenant   TEXT NOT NULL,
  decision TEXT NOT NULL,
  person   TEXT NOT NULL,
  choice   TEXT NOT NULL CHECK (choice = 'django' OR choice = 'flask' OR choice = 'both'),
  reason   TEXT,
  -- The round of the asker's answers that the card showed.
  round    INTEGER NOT NULL CHECK (round >= 1),
  cast_at  INTEGER NOT NULL,
  PRIMARY KEY (tenant, decision, person),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO votes_new SELECT * FROM votes;
DROP TABLE votes;
ALTER TABLE votes_new RENAME TO votes;
CREATE INDEX votes_by_person ON votes (tenant, person);

CREATE TABLE posts_new (
  tenant    TEXT NOT NULL,
  decision  TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (
    kind = 'card' OR kind = 'reasoning' OR kind = 'notice' OR kind = 'announcement' OR kind = 'file' OR
    kind = 'revisit' OR kind = 'edited' OR kind = 'deadline_soon' OR kind = 'deadline' OR kind = 'completion'
  ),
  state     TEXT NOT NULL CHECK (
    state = 'posted' OR state = 'sent' OR state = 'wanted' OR state = 'refused' OR state = 'unknown' OR
    state = 'dropped' OR state = 'unwanted'
  ),
  channel   TEXT NOT NULL,
  ts        TEXT,
  permalink TEXT,
  error     TEXT,
  attempts  INTEGER NOT NULL DEFAULT 0,
  due_at    INTEGER NOT NULL,
  wanted_at INTEGER NOT NULL,
  sent_at   INTEGER,
  reply_url TEXT,
  earlier   TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(earlier)),
  -- Time at which the post is wanted again, set while an earlier one is in flight.
  again_at  INTEGER,
  PRIMARY KEY (tenant, decision, kind),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO posts_new SELECT * FROM posts;
DROP TABLE posts;
ALTER TABLE posts_new RENAME TO posts;
CREATE INDEX posts_wanted ON posts (tenant, due_at) WHERE state IN ('wanted', 'unwanted');
CREATE INDEX posts_sent ON posts (sent_at) WHERE state = 'sent';

-- Queued posts by tenant and line, so that a query skips a rate-limited line without scanning its posts.
CREATE INDEX posts_by_line ON posts (tenant, (CASE WHEN state = 'unwanted' THEN 'remove' WHEN kind = 'file' THEN 'file'
  WHEN kind = 'notice' THEN 'whisper' WHEN kind = 'completion' THEN 'step' ELSE 'say' END), due_at)
  WHERE state IN ('wanted', 'unwanted');
-- Waiting cards by channel: a new card of the channel comes after them.
CREATE INDEX posts_waiting_cards ON posts (tenant, channel, wanted_at) WHERE state = 'wanted' AND kind = 'card';
