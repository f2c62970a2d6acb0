-- For a list of more than two values SQLite fills a table of its own each time a row is written, which takes longer
-- than writing the row. One comparison after the other says the same. A CHECK cannot be changed, so the tables are
-- made anew.
CREATE TABLE votes_new (
  tenant   TEXT NOT NULL,
  decision TEXT NOT NULL,
  person   TEXT NOT NULL,
  choice   TEXT NOT NULL CHECK (choice = 'django' OR choice = 'flask' OR choice = 'both'),
  reason   TEXT,
  -- The round of answers that was on the card.
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
  -- Wanted anew at this time, while an earlier one is still on its way.
  again_at  INTEGER,
  PRIMARY KEY (tenant, decision, kind),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO posts_new SELECT * FROM posts;
DROP TABLE posts;
ALTER TABLE posts_new RENAME TO posts;
CREATE INDEX posts_wanted ON posts (tenant, due_at) WHERE state IN ('wanted', 'unwanted');
CREATE INDEX posts_sent ON posts (sent_at) WHERE state = 'sent';

-- Of what is to be brought to Slack, each line by itself: however much waits in one that rests, what waits in another
-- is found at once.
CREATE INDEX posts_by_line ON posts (tenant, (CASE WHEN state = 'unwanted' THEN 'remove' WHEN kind = 'file' THEN 'file'
  WHEN kind = 'notice' THEN 'whisper' WHEN kind = 'completion' THEN 'step' ELSE 'say' END), due_at)
  WHERE state IN ('wanted', 'unwanted');
-- Cards that wait, by channel: one that is asked for comes after them.
CREATE INDEX posts_waiting_cards ON posts (tenant, channel, wanted_at) WHERE state = 'wanted' AND kind = 'card';
