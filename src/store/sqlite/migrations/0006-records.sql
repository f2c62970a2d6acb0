-- What was decided. A decision that is reopened keeps its row, and with it its number.
CREATE TABLE records (
  tenant      TEXT NOT NULL,
  decision    TEXT NOT NULL,
  -- In its channel, from 1.
  number      INTEGER NOT NULL CHECK (number >= 1),
  outcome     TEXT NOT NULL CHECK (outcome IN ('django', 'flask', 'both')),
  rationale   TEXT NOT NULL,
  -- Day to look at it again: 2027-05-23.
  revisit     TEXT,
  decided_by  TEXT NOT NULL,
  decided_at  INTEGER NOT NULL,
  reopened_by TEXT,
  reopened_at INTEGER,
  PRIMARY KEY (tenant, decision),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The last number of each channel: kept when a decision is deleted, so that none is used twice.
CREATE TABLE record_numbers (
  tenant  TEXT NOT NULL,
  channel TEXT NOT NULL,
  last    INTEGER NOT NULL,
  PRIMARY KEY (tenant, channel)
) STRICT, WITHOUT ROWID;

-- The earlier decision that a new one is to replace; it does once the new one is decided.
ALTER TABLE decisions ADD COLUMN supersedes TEXT;
CREATE INDEX decisions_by_predecessor ON decisions (tenant, supersedes) WHERE supersedes IS NOT NULL;

-- Until when votes are asked for.
ALTER TABLE decisions ADD COLUMN vote_until INTEGER;

-- SQLite cannot change a CHECK, so the table is made anew: more kinds of posts, and messages to be removed.
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
  -- Slack's ids of what was posted in its place before: to be removed with it.
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
