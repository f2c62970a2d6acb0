import { randomBytes } from 'node:crypto';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { createComputeGroup } from '../../../src/decision/group.ts';
import { createSealer } from '../../../src/runtime/seal.ts';
import { openStore } from '../../../src/store/open.ts';
import { installation } from '../../store/installation.ts';

export const SIGNING_SECRET = 'signing-secret-of-the-soak';

/**
 * A database in which these workspaces have installed the bot; each one's token ends with its id.
 *
 * @returns what a bot is started with that serves them
 */
export async function manyWorkspaces(
  database: string,
  apiUrl: string,
  workspaces: readonly string[],
): Promise<Record<string, string>> {
  const key = randomBytes(32);
  const sealer = createSealer([key], randomBytes);
  const store = await openStore(database, createComputeGroup(loadRubric));
  for (const tenant of workspaces) {
    const token = sealer.seal(`xoxb-${tenant}`, tenant);
    await store.installations.save(
      installation({ tenant, team: tenant, name: tenant, token, installedAt: Date.now() }),
    );
  }
  await store.close();
  return {
    SLACK_CLIENT_ID: 'soak.client',
    SLACK_CLIENT_SECRET: 'soak-client-secret',
    SLACK_STATE_SECRET: 'soak-state-secret-of-ours',
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    TOKEN_ENCRYPTION_KEY: key.toString('base64'),
    PUBLIC_URL: 'http://127.0.0.1:3000',
    SLACK_API_URL: apiUrl,
    DATABASE_URL: database,
  };
}
