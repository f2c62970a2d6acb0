-- How many updates of cards a tenant has left: kept here, since every process spends from the same.
-- The time until which its calls are spent, one after the other.
CREATE TABLE update_budgets (
  tenant      TEXT NOT NULL PRIMARY KEY,
  spent_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Deliveries of Slack that have been taken on: it repeats what it believes unanswered, maybe to another process.
CREATE TABLE deliveries (
  tenant   TEXT NOT NULL,
  id       TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_by_age ON deliveries (taken_at);
