-- What somebody voted for, answered and decided, in however many decisions of others.
CREATE INDEX votes_by_person ON votes (tenant, person);
CREATE INDEX own_answers_by_person ON own_answers (tenant, person);
CREATE INDEX rounds_by_person ON rounds (tenant, asked_by);
CREATE INDEX records_by_decider ON records (tenant, decided_by);
CREATE INDEX records_by_reopener ON records (tenant, reopened_by) WHERE reopened_by IS NOT NULL;
