-- The first PostgreSQL schema, equal to SQLite's schema 7. From here on, both have the same versions, tables and
-- columns, so that data can move between them. SQLite's migrations explain the tables. Texts are compared and sorted
-- byte by byte, as in SQLite.

CREATE TABLE decisions (
  tenant             TEXT COLLATE "C" NOT NULL,
  id                 TEXT COLLATE "C" NOT NULL,
  workspace          TEXT NOT NULL,
  channel            TEXT COLLATE "C" NOT NULL,
  project            TEXT NOT NULL,
  asker              TEXT COLLATE "C" NOT NULL,
  status             TEXT NOT NULL CHECK (status IN ('open', 'decided', 'superseded', 'deleted')),
  submission         TEXT COLLATE "C" NOT NULL,
  created_at         BIGINT NOT NULL,
  search             TEXT COLLATE "C" NOT NULL DEFAULT '',
  thread             TEXT,
  hide_until_decided INTEGER NOT NULL DEFAULT 0,
  group_view         TEXT CHECK (CAST(group_view AS json) IS NOT NULL OR group_view IS NULL),
  supersedes         TEXT COLLATE "C",
  vote_until         BIGINT,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, submission)
);
CREATE INDEX decisions_by_channel ON decisions (tenant, channel, created_at DESC, id DESC);
CREATE INDEX decisions_by_asker ON decisions (tenant, asker, created_at DESC);
CREATE INDEX decisions_by_predecessor ON decisions (tenant, supersedes) WHERE supersedes IS NOT NULL;

CREATE TABLE deciders (
  tenant   TEXT COLLATE "C" NOT NULL,
  decision TEXT COLLATE "C" NOT NULL,
  "user"   TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, decision, "user"),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
);
CREATE INDEX deciders_by_user ON deciders (tenant, "user");

CREATE TABLE rounds (
  tenant         TEXT COLLATE "C" NOT NULL,
  decision       TEXT COLLATE "C" NOT NULL,
  number         INTEGER NOT NULL CHECK (number >= 1),
  answers        TEXT NOT NULL CHECK (CAST(answers AS json) IS NOT NULL),
  advice         TEXT NOT NULL CHECK (CAST(advice AS json) IS NOT NULL),
  rubric_version TEXT NOT NULL,
  asked_by       TEXT NOT NULL,
  asked_at       BIGINT NOT NULL,
  PRIMARY KEY (tenant, decision, number),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
);

CREATE TABLE posts (
  tenant    TEXT COLLATE "C" NOT NULL,
  decision  TEXT COLLATE "C" NOT NULL,
  kind      TEXT COLLATE "C" NOT NULL CHECK (kind IN ('card', 'reasoning', 'notice', 'announcement', 'file', 'revisit',
    'edited', 'deadline_soon', 'deadline')),
  state     TEXT NOT NULL CHECK (state IN ('wanted', 'sent', 'posted', 'refused', 'unknown', 'dropped', 'unwanted')),
  channel   TEXT NOT NULL,
  ts        TEXT,
  permalink TEXT,
  error     TEXT,
  attempts  INTEGER NOT NULL DEFAULT 0,
  due_at    BIGINT NOT NULL,
  wanted_at BIGINT NOT NULL,
  sent_at   BIGINT,
  reply_url TEXT,
  earlier   TEXT NOT NULL DEFAULT '[]' CHECK (CAST(earlier AS json) IS NOT NULL),
  PRIMARY KEY (tenant, decision, kind),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
);
CREATE INDEX posts_wanted ON posts (due_at) WHERE state IN ('wanted', 'unwanted');
CREATE INDEX posts_sent ON posts (sent_at) WHERE state = 'sent';

CREATE TABLE homes (
  tenant TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, person)
);

CREATE TABLE votes (
  tenant   TEXT COLLATE "C" NOT NULL,
  decision TEXT COLLATE "C" NOT NULL,
  person   TEXT COLLATE "C" NOT NULL,
  choice   TEXT NOT NULL CHECK (choice IN ('django', 'flask', 'both')),
  reason   TEXT,
  round    INTEGER NOT NULL CHECK (round >= 1),
  cast_at  BIGINT NOT NULL,
  PRIMARY KEY (tenant, decision, person),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
);

CREATE TABLE own_answers (
  tenant      TEXT COLLATE "C" NOT NULL,
  decision    TEXT COLLATE "C" NOT NULL,
  person      TEXT COLLATE "C" NOT NULL,
  answers     TEXT NOT NULL CHECK (CAST(answers AS json) IS NOT NULL),
  round       INTEGER NOT NULL CHECK (round >= 1),
  answered_at BIGINT NOT NULL,
  PRIMARY KEY (tenant, decision, person),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
);

CREATE TABLE card_updates (
  tenant       TEXT COLLATE "C" NOT NULL,
  decision     TEXT COLLATE "C" NOT NULL,
  revision     INTEGER NOT NULL DEFAULT 1,
  shown        INTEGER NOT NULL DEFAULT 0,
  unseen_since BIGINT NOT NULL,
  due_at       BIGINT NOT NULL,
  attempts     INTEGER NOT NULL DEFAULT 0,
  stuck        TEXT,
  told         INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, decision),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
);
CREATE INDEX card_updates_stale ON card_updates (unseen_since) WHERE shown < revision AND stuck IS NULL;

CREATE TABLE records (
  tenant      TEXT COLLATE "C" NOT NULL,
  decision    TEXT COLLATE "C" NOT NULL,
  number      INTEGER NOT NULL CHECK (number >= 1),
  outcome     TEXT NOT NULL CHECK (outcome IN ('django', 'flask', 'both')),
  rationale   TEXT NOT NULL,
  revisit     TEXT,
  decided_by  TEXT NOT NULL,
  decided_at  BIGINT NOT NULL,
  reopened_by TEXT,
  reopened_at BIGINT,
  PRIMARY KEY (tenant, decision),
  FOREIGN KEY (tenant, decision) REFERENCES decisions (tenant, id) ON DELETE CASCADE
);

CREATE TABLE record_numbers (
  tenant  TEXT COLLATE "C" NOT NULL,
  channel TEXT COLLATE "C" NOT NULL,
  last    INTEGER NOT NULL,
  PRIMARY KEY (tenant, channel)
);

CREATE TABLE update_budgets (
  tenant      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  spent_until BIGINT NOT NULL
);

CREATE TABLE deliveries (
  tenant   TEXT COLLATE "C" NOT NULL,
  id       TEXT COLLATE "C" NOT NULL,
  taken_at BIGINT NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX deliveries_by_age ON deliveries (taken_at);
