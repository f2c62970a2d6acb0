-- A person's votes, answers and decisions, without scanning those of other people.
CREATE INDEX votes_by_person ON votes (tenant, person);
CREATE INDEX own_answers_by_person ON own_answers (tenant, person);
CREATE INDEX rounds_by_person ON rounds (tenant, asked_by);
CREATE INDEX records_by_decider ON records (tenant, decided_by);
CREATE INDEX records_by_reopener ON records (tenant, reopened_by) WHERE reopened_by IS NOT NULL;

-- Stale cards by tenant, so that a query skips a rate-limited tenant without scanning its cards.
DROP INDEX card_updates_stale;
CREATE INDEX card_updates_stale ON card_updates (tenant, due_at) WHERE shown < revision AND stuck IS NULL;
