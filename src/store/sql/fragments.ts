// Pieces of SQL that several stores use.
import type { DecisionKey } from '../../decision/decision.ts';

/** SQL condition for a decision's rows. */
export const OF_DECISION = 'tenant = :tenant AND decision = :decision';

/** Returns the parameters of `OF_DECISION`. */
export const decisionParams = ({ tenant, decision }: DecisionKey) => ({ tenant, decision });

/** Returns the name of the lock under which changes to one decision run one after the other. */
export const lockNameOf = ({ tenant, decision }: DecisionKey): string => `decision ${tenant} ${decision}`;

/**
 * Returns SQL that appends a text to a JSON array of strings. The text is one of Slack's ids, so it needs no escaping.
 */
export const appendToList = (list: string, text: string): string =>
  `CASE WHEN ${list} = '[]' THEN '["' || ${text} || '"]'
    ELSE substr(${list}, 1, length(${list}) - 1) || ',"' || ${text} || '"]' END`;

/**
 * SQL for the ids of decisions that a person asked for, decides, voted on or answered, as `id`, with duplicates. It
 * uses the indexes on the person. Join it with CROSS JOIN, which fixes SQLite's join order: otherwise SQLite may scan
 * all decisions of the tenant.
 */
export const DECISIONS_OF_PERSON = `
  SELECT id FROM decisions WHERE tenant = :tenant AND asker = :person
  UNION ALL SELECT decision FROM deciders WHERE tenant = :tenant AND "user" = :person
  UNION ALL SELECT decision FROM votes WHERE tenant = :tenant AND person = :person
  UNION ALL SELECT decision FROM own_answers WHERE tenant = :tenant AND person = :person`;

/** SQL for the ids of all decisions whose rows contain the person's Slack id, as `id`, with duplicates. */
export const DECISIONS_NAMING_PERSON = `${DECISIONS_OF_PERSON}
  UNION ALL SELECT decision FROM rounds WHERE tenant = :tenant AND asked_by = :person
  UNION ALL SELECT decision FROM records WHERE tenant = :tenant AND decided_by = :person
  UNION ALL SELECT decision FROM records WHERE tenant = :tenant AND reopened_by = :person`;
