-- What somebody voted for, answered and decided, in however many decisions of others.
CREATE INDEX votes_by_person ON votes (tenant, person);
CREATE INDEX own_answers_by_person ON own_answers (tenant, person);
CREATE INDEX rounds_by_person ON rounds (tenant, asked_by);
CREATE INDEX records_by_decider ON records (tenant, decided_by);
CREATE INDEX records_by_reopener ON records (tenant, reopened_by) WHERE reopened_by IS NOT NULL;

-- Which cards are to be brought up to date, by workspace: one that has no call left is passed over at once, however
-- many of its cards wait.
DROP INDEX card_updates_stale;
CREATE INDEX card_updates_stale ON card_updates (tenant, due_at) WHERE shown < revision AND stuck IS NULL;
