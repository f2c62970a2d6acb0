// Marks a restored database, because Slack may show what happened after the backup was made.

/**
 * Cards are updated in the order of `unseen_since`. Ten years ahead, these come after every change that people make.
 */
const LAST_MS = 10 * 365 * 86_400_000;

/**
 * Returns SQL that marks a database as restored, for SQLite and PostgreSQL. Every posted card counts as changed. Slack
 * may have got a card that was about to be posted, so it becomes `unknown` and the bot asks its asker.
 *
 * @param tenant null for all tenants
 * @param place placeholder for the tenant's id, once in each statement; unused for all tenants
 */
export function restoredSql(now: number, tenant: string | null, place: string): readonly string[] {
  const ofTenant = tenant === null ? '' : ` AND p.tenant = ${place}`;
  const underWay = `p.kind = 'card' AND p.state IN ('wanted', 'sent')${ofTenant}`;
  return [
    `INSERT INTO card_updates AS u (tenant, decision, unseen_since, due_at)
     SELECT p.tenant, p.decision, ${now + LAST_MS}, ${now} FROM posts p
     WHERE p.kind = 'card' AND p.state = 'posted' AND p.ts IS NOT NULL${ofTenant}
     ON CONFLICT (tenant, decision) DO UPDATE SET revision = u.revision + 1, stuck = NULL, attempts = 0,
       unseen_since = excluded.unseen_since, due_at = excluded.due_at`,
    `INSERT INTO posts (tenant, decision, kind, state, channel, due_at, wanted_at)
     SELECT p.tenant, p.decision, CASE WHEN d.step IS NULL THEN 'notice' ELSE 'completion' END, 'wanted', p.channel,
       ${now}, ${now} FROM posts p JOIN decisions d ON d.tenant = p.tenant AND d.id = p.decision WHERE ${underWay}
     ON CONFLICT (tenant, decision, kind) DO UPDATE SET state = 'wanted', attempts = 0, due_at = excluded.due_at`,
    `UPDATE posts AS p SET state = 'unknown', error = NULL, again_at = NULL WHERE ${underWay}`,
  ];
}
