/**
 * `npm run rotate-key`: encrypts every stored token with the first key of TOKEN_ENCRYPTION_KEY, so the others can be
 * removed. On PostgreSQL the bot can keep running, with the same keys.
 */
import { randomBytes } from 'node:crypto';
import { loadRubric } from '../advice/rubric/rubric.ts';
import { createComputeGroup } from '../decision/group.ts';
import { createSealer, SealError } from '../runtime/seal.ts';
import { openStore } from '../store/open.ts';
import { StoreError } from '../store/store.ts';
import { existingDatabase, exitOnError, readSetting } from './command.ts';

const PAGE = 200;

await exitOnError('rotate-key', async () => {
  const database = existingDatabase();
  const sealer = createSealer(readSetting('TOKEN_ENCRYPTION_KEY'), randomBytes);
  const store = await openStore(database, createComputeGroup(loadRubric));
  try {
    let [sealed, fresh] = [0, 0];
    for (let after: string | null = null; ; ) {
      const installations = await store.installations.listAfter(after, PAGE);
      for (const { tenant, token, refreshToken } of installations) {
        const opened = sealer.open(token, tenant);
        const refresh = refreshToken === null ? null : sealer.open(refreshToken, tenant);
        if (!opened.stale && refresh?.stale !== true) {
          fresh += 1;
          continue;
        }
        const sealedTokens = {
          token: sealer.seal(opened.text, tenant),
          refreshToken: refresh === null ? null : sealer.seal(refresh.text, tenant),
        };
        // Changes nothing if the bot has renewed the token in the meantime. It has then used the first key.
        if (await store.installations.saveReencrypted(tenant, token, sealedTokens)) sealed += 1;
        else fresh += 1;
      }
      after = installations.at(-1)?.tenant ?? null;
      if (installations.length < PAGE) break;
    }
    process.stdout.write(`Encrypted again: ${sealed}. Already encrypted with the first key: ${fresh}.\n`);
  } catch (error) {
    if (error instanceof SealError) throw new StoreError(error.message);
    throw error;
  } finally {
    await store.close();
  }
});
