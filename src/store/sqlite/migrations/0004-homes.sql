-- People who have opened the Home tab. The bot keeps their tab up to date.
CREATE TABLE homes (
  tenant TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (tenant, person)
) STRICT, WITHOUT ROWID;

-- A person's decisions, as asker or decider, newest first.
CREATE INDEX decisions_by_asker ON decisions (tenant, asker, created_at DESC);
CREATE INDEX deciders_by_user ON deciders (tenant, user);
