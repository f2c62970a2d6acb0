-- Rate limit of a tenant's card updates, shared by all processes. `spent_until` is the time at which the tenant has its
-- full burst again.
CREATE TABLE update_budgets (
  tenant      TEXT NOT NULL PRIMARY KEY,
  spent_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Ids of Slack's deliveries, for deduplication: Slack retries a request that it believes unanswered, maybe to another
-- process.
CREATE TABLE deliveries (
  tenant   TEXT NOT NULL,
  id       TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_by_age ON deliveries (taken_at);
