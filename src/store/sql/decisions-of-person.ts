/**
 * Ids of decisions, as `id`, one maybe several times, found by the person instead of among all that the tenant has.
 * To be joined with CROSS JOIN, which SQLite takes for "in this order"; left to itself it goes through all of them.
 */
export const DECISIONS_OF_PERSON = `
  SELECT id FROM decisions WHERE tenant = :tenant AND asker = :person
  UNION ALL SELECT decision FROM deciders WHERE tenant = :tenant AND "user" = :person
  UNION ALL SELECT decision FROM votes WHERE tenant = :tenant AND person = :person
  UNION ALL SELECT decision FROM own_answers WHERE tenant = :tenant AND person = :person`;

/** The same, and wherever else a person's id is kept. */
export const DECISIONS_NAMING_PERSON = `${DECISIONS_OF_PERSON}
  UNION ALL SELECT decision FROM rounds WHERE tenant = :tenant AND asked_by = :person
  UNION ALL SELECT decision FROM records WHERE tenant = :tenant AND decided_by = :person
  UNION ALL SELECT decision FROM records WHERE tenant = :tenant AND reopened_by = :person`;
