-- Workspaces that installed the app by OAuth. The bot encrypts tokens before it stores them.
CREATE TABLE installations (
  tenant         TEXT NOT NULL PRIMARY KEY,
  enterprise     TEXT,
  team           TEXT,
  name           TEXT NOT NULL,
  bot_id         TEXT NOT NULL,
  bot_user       TEXT NOT NULL,
  bot_name       TEXT NOT NULL,
  installed_by   TEXT NOT NULL,
  installed_at   INTEGER NOT NULL,
  token          TEXT NOT NULL,
  refresh_token  TEXT,
  expires_at     INTEGER,
  -- End of a process's claim on renewing the token.
  renewing_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX installations_by_expiry ON installations (expires_at) WHERE expires_at IS NOT NULL;

-- Tenants that uninstalled the app. The bot does no work for them, and deletes their data at `erase_at`.
CREATE TABLE departures (
  tenant   TEXT NOT NULL PRIMARY KEY,
  left_at  INTEGER NOT NULL,
  erase_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Events and jobs that must be on disk before the ack, because Slack never resends them after it.
CREATE TABLE inbox (
  id       TEXT NOT NULL PRIMARY KEY,
  tenant   TEXT NOT NULL,
  body     TEXT NOT NULL CHECK (json_valid(body)),
  due_at   INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_due ON inbox (due_at);

-- The run of the workflow's step that asked. It gets a completion when the card is posted.
ALTER TABLE decisions ADD COLUMN step TEXT;
-- The last round whose changes were posted to the thread.
ALTER TABLE decisions ADD COLUMN told_round INTEGER NOT NULL DEFAULT 1;
-- Time of the reminder to revisit, for a decision that becomes decided again.
ALTER TABLE records ADD COLUMN revisit_at INTEGER;

-- One more kind of post, the completion. SQLite can't change a CHECK, so this creates a new table.
CREATE TABLE posts_new (
  tenant    TEXT NOT NULL,
  decision  TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('card', 'reasoning', 'notice', 'announcement', 'file', 'revisit', 'edited',
    'deadline_soon', 'deadline', 'completion')),
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
  earlier   TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(earlier)),
  -- Time at which the post is wanted again, set while an earlier one is in flight.
  again_at  INTEGER,
  PRIMARY KEY (tenant, decision, kind),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO posts_new SELECT *, NULL FROM posts;
DROP TABLE posts;
ALTER TABLE posts_new RENAME TO posts;
CREATE INDEX posts_wanted ON posts (due_at) WHERE state IN ('wanted', 'unwanted');
CREATE INDEX posts_sent ON posts (sent_at) WHERE state = 'sent';
