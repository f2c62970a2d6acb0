import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const POSTGRES = fileURLToPath(new URL('../../bench/instances/postgres.ts', import.meta.url));

// The package that brings PostgreSQL once made every run of the tests end well, whatever had failed in it.
it('who starts a PostgreSQL for tests keeps their own exit code', async () => {
  const script = `
    const { startPostgres } = await import(${JSON.stringify(POSTGRES)});
    const { stop } = await startPostgres();
    await stop();
    process.exitCode = 3;
  `;
  const code = await new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', script], (error) => resolve(error?.code ?? 0));
  });
  expect(code).toBe(3);
});
