-- Outcomes. A reopened decision keeps its row and its number.
CREATE TABLE records (
  tenant      TEXT NOT NULL,
  decision    TEXT NOT NULL,
  -- Number within the channel, from 1.
  number      INTEGER NOT NULL CHECK (number >= 1),
  outcome     TEXT NOT NULL CHECK (outcome IN ('django', 'flask', 'both')),
  rationale   TEXT NOT NULL,
  -- Day to revisit the decision, as in 2027-05-23.
  revisit     TEXT,
  decided_by  TEXT NOT NULL,
  decided_at  INTEGER NOT NULL,
  reopened_by TEXT,
  reopened_at INTEGER,
  PRIMARY KEY (tenant, decision),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The last number of each channel. Deleting a decision keeps it, so that no number is used twice.
CREATE TABLE record_numbers (
  tenant  TEXT NOT NULL,
  channel TEXT NOT NULL,
  last    INTEGER NOT NULL,
  PRIMARY KEY (tenant, channel)
) STRICT, WITHOUT ROWID;

-- The earlier decision that this one replaces once it is decided.
ALTER TABLE decisions ADD COLUMN supersedes TEXT;
CREATE INDEX decisions_by_predecessor ON decisions (tenant, supersedes) WHERE supersedes IS NOT NULL;

-- Deadline for votes.
ALTER TABLE decisions ADD COLUMN vote_until INTEGER;

-- More kinds of posts, and removal of messages. SQLite can't change a CHECK, so this creates a new table.
CREATE TABLE posts_new (
  tenant    TEXT NOT NULL,
  decision  TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('card', 'reasoning', 'notice', 'announcement', 'file', 'revisit', 'edited',
    'deadline_soon', 'deadline')),
  state     TEXT NOT NULL CHECK (state IN ('wanted', 'sent', 'posted', 'refused', 'unknown', 'dropped', 'unwanted')),
  channel   TEXT NOT NULL,
  ts        TEXT,
  permalink TEXT,
  error     TEXT,
  attempts  INTEGER NOT NULL DEFAULT 0,
  due_at    INTEGER NOT NULL,
  wanted_at INTEGER NOT NULL,
  sent_at   INTEGER,
  reply_url TEXT,
  -- Slack's ids of earlier messages or files of this post, which are removed with it.
  earlier   TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(earlier)),
  PRIMARY KEY (tenant, decision, kind),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO posts_new (tenant, decision, kind, state, channel, ts, permalink, error, attempts, due_at,
  wanted_at, sent_at, reply_url) SELECT tenant, decision, kind, state, channel, ts, permalink, error, attempts, due_at,
  wanted_at, sent_at, reply_url FROM posts;
DROP TABLE posts;
ALTER TABLE posts_new RENAME TO posts;
CREATE INDEX posts_wanted ON posts (due_at) WHERE state IN ('wanted', 'unwanted');
CREATE INDEX posts_sent ON posts (sent_at) WHERE state = 'sent';
