-- A decision that a person or workflow asked for. Every key starts with the tenant, so that no query crosses tenants.
CREATE TABLE decisions (
  tenant     TEXT NOT NULL,
  id         TEXT NOT NULL,
  workspace  TEXT NOT NULL,
  channel    TEXT NOT NULL,
  project    TEXT NOT NULL,
  asker      TEXT NOT NULL,
  status     TEXT NOT NULL CHECK (status IN ('open', 'decided', 'superseded', 'deleted')),
  submission TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, submission)
) STRICT, WITHOUT ROWID;

CREATE INDEX decisions_by_channel ON decisions (tenant, channel, created_at DESC, id DESC);

CREATE TABLE deciders (
  tenant   TEXT NOT NULL,
  decision TEXT NOT NULL,
  user     TEXT NOT NULL,
  PRIMARY KEY (tenant, decision, user),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The asker's answers and the advice on them, as computed at that time.
CREATE TABLE rounds (
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
) STRICT, WITHOUT ROWID;

-- Messages for Slack, each with its state. A row is written before the request is sent.
CREATE TABLE posts (
  tenant    TEXT NOT NULL,
  decision  TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('card', 'reasoning', 'notice')),
  state     TEXT NOT NULL CHECK (state IN ('wanted', 'sent', 'posted', 'refused', 'unknown', 'dropped')),
  channel   TEXT NOT NULL,
  ts        TEXT,
  permalink TEXT,
  error     TEXT,
  attempts  INTEGER NOT NULL DEFAULT 0,
  due_at    INTEGER NOT NULL,
  wanted_at INTEGER NOT NULL,
  sent_at   INTEGER,
  reply_url TEXT,
  PRIMARY KEY (tenant, decision, kind),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX posts_wanted ON posts (due_at) WHERE state = 'wanted';
CREATE INDEX posts_sent ON posts (sent_at) WHERE state = 'sent';
