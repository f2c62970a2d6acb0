import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import { createComputeGroup } from '../../src/decision/group.ts';
import { openStore } from '../../src/store/open.ts';
import { COMPILED } from '../support/compiled.ts';
import { temporaryFolder } from '../support/folder.ts';

const CLI = resolve(import.meta.dirname, '../../src/cli');

interface Ended {
  readonly code: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

function run(folder: string, name: string, ...args: string[]): Promise<Ended> {
  const env = {
    ...COMPILED,
    DATABASE_URL: 'bot.db',
    TOKEN_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  };
  return new Promise((done) => {
    execFile(
      process.execPath,
      [join(CLI, `${name}.ts`), ...args],
      { cwd: folder, env },
      (error, stdout, stderr) => done({ code: error ? error.code : 0, stdout, stderr }),
    );
  });
}

it.each([
  [
    'export',
    ['--to', 'there.jsonl'],
    /^export: there\.jsonl already exists, so nothing was written\. Choose another name\.\n$/,
  ],
  ['export', ['--to', 'no/such/folder.jsonl'], /^export: no\/such\/folder\.jsonl does not exist\.\n$/],
  ['export', ['--tennant', 'T1'], /^export: Unknown option '--tennant'.*\n$/],
  ['import', ['nothing.jsonl'], /^import: nothing\.jsonl does not exist\.\n$/],
  ['import', ['.'], /^import: .+ can't be read or written \(EISDIR\)\.\n$/],
  ['person', ['--tenant', 'T1', '--person', 'U1', '--cards'], /^person: --cards needs --delete\n$/],
  ['person', ['--who', 'U1'], /^person: Unknown option '--who'.*\n$/],
])('%s %j is answered with one line', async (name, args, line) => {
  const folder = temporaryFolder();
  await (await openStore(join(folder, 'bot.db'), createComputeGroup(loadRubric))).close();
  writeFileSync(join(folder, 'there.jsonl'), 'precious');
  expect(await run(folder, name, ...args)).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(line),
  });
});

it.each([
  ['person', ['--tenant', 'T1', '--person', 'U1']],
  ['rotate-key', []],
])('%s does not say that there is nothing where it looks at the wrong place', async (name, args) => {
  const folder = temporaryFolder();
  const { code, stdout, stderr } = await run(folder, name, ...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(new RegExp(`^${name}: bot\\.db does not exist\\. Check DATABASE_URL\\.\n$`));
  expect(readdirSync(folder)).toEqual([]);
});
