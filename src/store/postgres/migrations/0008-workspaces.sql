CREATE TABLE installations (
  tenant         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  enterprise     TEXT,
  team           TEXT,
  name           TEXT NOT NULL,
  bot_id         TEXT NOT NULL,
  bot_user       TEXT NOT NULL,
  bot_name       TEXT NOT NULL,
  installed_by   TEXT NOT NULL,
  installed_at   BIGINT NOT NULL,
  token          TEXT NOT NULL,
  refresh_token  TEXT,
  expires_at     BIGINT,
  renewing_until BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX installations_by_expiry ON installations (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE departures (
  tenant   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  left_at  BIGINT NOT NULL,
  erase_at BIGINT NOT NULL
);

CREATE TABLE inbox (
  id       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  tenant   TEXT COLLATE "C" NOT NULL,
  body     TEXT NOT NULL CHECK (CAST(body AS json) IS NOT NULL),
  due_at   BIGINT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX inbox_due ON inbox (due_at);

ALTER TABLE decisions ADD COLUMN step TEXT;
ALTER TABLE decisions ADD COLUMN told_round INTEGER NOT NULL DEFAULT 1;
ALTER TABLE records ADD COLUMN revisit_at BIGINT;
ALTER TABLE posts ADD COLUMN again_at BIGINT;

ALTER TABLE posts DROP CONSTRAINT posts_kind_check;
ALTER TABLE posts ADD CONSTRAINT posts_kind_check CHECK (kind IN ('card', 'reasoning', 'notice', 'announcement',
  'file', 'revisit', 'edited', 'deadline_soon', 'deadline', 'completion'));
