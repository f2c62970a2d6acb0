/**
 * `npm run --silent export -- [--tenant T0123] [--to FILE]`: writes everything of the database of DATABASE_URL, or of
 * one tenant, to a file or standard output, for `npm run import`. The bot may go on running. Tokens stay sealed.
 */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { exported } from '../store/transfer/transfer.ts';
import { databaseFromEnvironment, inWords, orExit } from './database.ts';

const { values } = parseArgs({ options: { tenant: { type: 'string' }, to: { type: 'string' } } });

await orExit('export', async () => {
  const out =
    values.to === undefined ? process.stdout : createWriteStream(values.to, { flags: 'wx', mode: 0o600 });
  const lines = exported(databaseFromEnvironment(), values.tenant ?? null);
  for (;;) {
    const next = await lines.next();
    if (next.done) {
      process.stderr.write(`Exported: ${inWords(next.value.counts)}. SHA-256 ${next.value.sha256}.\n`);
      break;
    }
    if (!out.write(`${next.value}\n`)) await once(out, 'drain');
  }
  if (out !== process.stdout) {
    out.end();
    await once(out, 'close');
  }
});
