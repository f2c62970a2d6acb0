import { z } from 'zod';
import type { Installation, InstallationStore } from '../store.ts';
import { columnReader, rowReader } from './reading.ts';
import { DELETE_DEPARTURE, notDeparted } from './tenants.ts';
import { type Database, defineQuery, didChange, execute, queryAll, queryFirst } from './work.ts';

const installationRow = z
  .object({
    tenant: z.string(),
    enterprise: z.string().nullable(),
    team: z.string().nullable(),
    name: z.string(),
    bot_id: z.string(),
    bot_user: z.string(),
    bot_name: z.string(),
    installed_by: z.string(),
    installed_at: z.number(),
    token: z.string(),
    refresh_token: z.string().nullable(),
    expires_at: z.number().nullable(),
  })
  .transform(
    ({
      bot_id,
      bot_user,
      bot_name,
      installed_by,
      installed_at,
      refresh_token,
      expires_at,
      ...row
    }): Installation => ({
      ...row,
      botId: bot_id,
      botUser: bot_user,
      botName: bot_name,
      installedBy: installed_by,
      installedAt: installed_at,
      refreshToken: refresh_token,
      expiresAt: expires_at,
    }),
  );
const read = rowReader(installationRow);

const GET = defineQuery('SELECT * FROM installations WHERE tenant = :tenant', read);
const AFTER = defineQuery(
  'SELECT * FROM installations WHERE tenant > :tenant ORDER BY tenant LIMIT :limit',
  read,
);
/** An encrypted token starts with its format and the id of its key, as in `v1.0123abcd.`; see src/runtime/seal.ts. */
const ONE_PER_KEY = defineQuery(
  `SELECT * FROM installations WHERE tenant IN (
     SELECT min(tenant) FROM installations WHERE ${notDeparted('installations')}
     GROUP BY substr(token, 1, 11), substr(coalesce(refresh_token, ''), 1, 11))
   ORDER BY tenant LIMIT :limit`,
  read,
);
const COUNT = defineQuery('SELECT count(*) AS n FROM installations', columnReader('n', z.number()));
const SAVE = `
  INSERT INTO installations (tenant, enterprise, team, name, bot_id, bot_user, bot_name, installed_by, installed_at,
    token, refresh_token, expires_at)
  VALUES (:tenant, :enterprise, :team, :name, :bot_id, :bot_user, :bot_name, :installed_by, :installed_at,
    :token, :refresh_token, :expires_at)
  ON CONFLICT (tenant) DO UPDATE SET enterprise = excluded.enterprise, team = excluded.team, name = excluded.name,
    bot_id = excluded.bot_id, bot_user = excluded.bot_user, bot_name = excluded.bot_name,
    installed_by = excluded.installed_by, installed_at = excluded.installed_at, token = excluded.token,
    refresh_token = excluded.refresh_token, expires_at = excluded.expires_at, renewing_until = 0`;
const EXPIRING = defineQuery(
  `SELECT * FROM installations WHERE expires_at <= :before AND renewing_until <= :now AND ${notDeparted('installations')}
   ORDER BY expires_at LIMIT :limit`,
  read,
);
const CLAIM_RENEWAL = defineQuery(
  `UPDATE installations SET renewing_until = :until
   WHERE tenant = :tenant AND renewing_until <= :now AND expires_at <= :before RETURNING *`,
  read,
);
const RESEAL = `
  UPDATE installations SET token = :token, refresh_token = :refresh_token
  WHERE tenant = :tenant AND token = :old_token RETURNING tenant`;
const RENEWED = `
  UPDATE installations SET token = :token, refresh_token = :refresh_token, expires_at = :expires_at,
    renewing_until = 0 WHERE tenant = :tenant AND installed_at = :installed_at RETURNING tenant`;

export function createInstallationStore(db: Database): InstallationStore {
  return {
    get: (tenant) => db.read(() => queryFirst(GET, { tenant })),
    count: async () => (await db.read(() => queryFirst(COUNT, {}))) ?? 0,
    listAfter: (tenant, limit) => db.read(() => queryAll(AFTER, { tenant: tenant ?? '', limit })),
    onePerKey: (limit) => db.read(() => queryAll(ONE_PER_KEY, { limit })),
    save: (installation) =>
      db.transaction(`tenant ${installation.tenant}`, function* () {
        const { tenant, enterprise, team, name, token } = installation;
        yield* execute(SAVE, {
          tenant,
          enterprise,
          team,
          name,
          token,
          bot_id: installation.botId,
          bot_user: installation.botUser,
          bot_name: installation.botName,
          installed_by: installation.installedBy,
          installed_at: installation.installedAt,
          refresh_token: installation.refreshToken,
          expires_at: installation.expiresAt,
        });
        yield* execute(DELETE_DEPARTURE, { tenant });
      }),
    listExpiring: (before, now, limit) => db.read(() => queryAll(EXPIRING, { before, now, limit })),
    claimRenewal: (tenant, before, now, until) =>
      db.write(() => queryFirst(CLAIM_RENEWAL, { tenant, before, now, until })),
    saveRenewal: ({ tenant, installedAt }, { token, refreshToken, expiresAt }) =>
      db.write(() =>
        didChange(RENEWED, {
          tenant,
          installed_at: installedAt,
          token,
          refresh_token: refreshToken,
          expires_at: expiresAt,
        }),
      ),
    saveReencrypted: (tenant, oldToken, { token, refreshToken }) =>
      db.write(() => didChange(RESEAL, { tenant, old_token: oldToken, token, refresh_token: refreshToken })),
  };
}
