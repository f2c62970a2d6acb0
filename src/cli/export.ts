/**
 * `npm run --silent export -- [--tenant T0123] [--to FILE]`: writes the database of DATABASE_URL, or one tenant of it,
 * to a file or standard output, for `npm run import`. The bot can keep running. Tokens stay encrypted.
 */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { exportDatabase } from '../store/transfer/transfer.ts';
import { databaseFromEnvironment, exitOnError, formatRowCounts, parseTenantId } from './command.ts';

await exitOnError('export', async () => {
  const { values } = parseArgs({ options: { tenant: { type: 'string' }, to: { type: 'string' } } });
  const tenant = values.tenant === undefined ? null : parseTenantId(values.tenant);
  const database = databaseFromEnvironment();
  const out =
    values.to === undefined ? process.stdout : createWriteStream(values.to, { flags: 'wx', mode: 0o600 });
  const lines = exportDatabase(database, tenant);
  let report = '';
  async function* text(): AsyncGenerator<string> {
    let next = await lines.next();
    for (; !next.done; next = await lines.next()) yield `${next.value}\n`;
    report = `Exported: ${formatRowCounts(next.value.counts)}. SHA-256 ${next.value.sha256}.\n`;
  }
  await pipeline(text, out, { end: out !== process.stdout });
  // The pipeline has flushed every line, so the report is true.
  process.stderr.write(report);
});
