/**
 * `npm run --silent import -- [FILE]`: imports an export from a file or standard input into the database of
 * DATABASE_URL, all or nothing. The command reads the rows back and compares them. The bot then redraws every card.
 */
import { open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readLines } from '../store/transfer/format.ts';
import { importDatabase } from '../store/transfer/transfer.ts';
import { databaseFromEnvironment, exitOnError, formatRowCounts } from './command.ts';

await exitOnError('import', async () => {
  const [file] = parseArgs({ allowPositionals: true }).positionals;
  const database = databaseFromEnvironment();
  const input = file === undefined ? process.stdin : (await open(file)).createReadStream();
  const lines = readLines(input.setEncoding('utf8'));
  const { counts, sha256 } = await importDatabase(database, lines, Date.now());
  process.stdout.write(`Imported and compared: ${formatRowCounts(counts)}. SHA-256 ${sha256}.\n`);
});
