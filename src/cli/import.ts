/**
 * `npm run --silent import -- [FILE]`: brings an export, from a file or standard input, into the database of
 * DATABASE_URL: all of it, or nothing. What has arrived is read back and compared.
 */
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { imported } from '../store/transfer/transfer.ts';
import { databaseFromEnvironment, inWords, orExit } from './database.ts';

await orExit('import', async () => {
  const [file] = parseArgs({ allowPositionals: true }).positionals;
  const input = file === undefined ? process.stdin : (await open(file)).createReadStream();
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const { counts, sha256 } = await imported(databaseFromEnvironment(), lines);
  process.stdout.write(`Imported and compared: ${inWords(counts)}. SHA-256 ${sha256}.\n`);
});
