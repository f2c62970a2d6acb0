/** What the commands print, good and bad. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMPILED } from '../support/compiled.ts';
import type { Sample } from './samples.ts';
import { ROOT } from './strings.ts';

interface Run {
  readonly name: string;
  readonly args?: readonly string[];
  readonly input?: string;
}

const RUNS: readonly Run[] = [
  { name: 'advise', input: '' },
  { name: 'advise', input: 'no JSON' },
  { name: 'advise', input: '{"answers": {"stage": "gigantic", "colour": "red"}}' },
  { name: 'advise', input: '{"wrong": true}' },
  { name: 'person' },
  { name: 'person', args: ['--tenant', 'T1', '--person', 'U1'] },
  { name: 'person', args: ['--tenant', 'T1', '--person', 'U1', '--cards'] },
  { name: 'export', args: ['--to', 'no/such/folder.jsonl'] },
  { name: 'import', args: ['nothing.jsonl'] },
  { name: 'migrate', args: ['--wrong'] },
  { name: 'rotate-key' },
];

/** Runs the commands in an empty folder. */
export async function playCommands(): Promise<Sample[]> {
  const folder = mkdtempSync(join(tmpdir(), 'django-or-flask-texts-'));
  try {
    return (await Promise.all(RUNS.map((run) => play(run, folder)))).filter(({ shown }) => shown !== '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function play({ name, args = [], input = '' }: Run, folder: string): Promise<Sample> {
  const { PATH } = process.env;
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [join(ROOT, 'src/cli', `${name}.ts`), ...args],
      { cwd: folder, env: { ...COMPILED, PATH, DATABASE_URL: 'bot.db' } },
      (_, stdout, stderr) => {
        const shown = `${stdout}${stderr}`.replaceAll(folder, '.').trim();
        done({ screen: 'Command line', title: [name, ...args].join(' '), shown });
      },
    );
    child.stdin?.end(input);
  });
}
