import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../run/command-line.ts';
import { manifestFor } from '../support/manifest.ts';
import { runBin, temporaryFolder } from '../support/run-bin.ts';

const LEAST = ['--manifest', 'manifest.yml', '--', 'node', 'app.js'];
const DEFAULTS = {
  manifest: 'manifest.yml',
  port: 3000,
  transport: 'socket',
  data: null,
  command: ['node', 'app.js'],
};

describe('the command line', () => {
  it.each<[string, string[], Record<string, string>, object]>([
    ['needs a manifest and a command', LEAST, {}, {}],
    [
      'takes flags',
      ['--port', '0', '--transport', 'http', '--data', 'kept', ...LEAST],
      {},
      { port: 0, transport: 'http', data: 'kept' },
    ],
    [
      'takes variables',
      LEAST,
      { PORT: '4000', PLAYGROUND_TRANSPORT: 'http', PLAYGROUND_DATA: 'kept' },
      { port: 4000, transport: 'http', data: 'kept' },
    ],
    ['prefers flags', ['--port', '1', ...LEAST], { PORT: 'three' }, { port: 1 }],
    [
      'leaves the flags of the command alone',
      [...LEAST, '--port', '--', 'x'],
      {},
      { command: [...DEFAULTS.command, '--port', '--', 'x'] },
    ],
  ])('%s', (_, args, env, expected) => {
    expect(readCommandLine(args, env)).toEqual({ kind: 'run', options: { ...DEFAULTS, ...expected } });
  });

  it.each<[string[], Record<string, string>, string]>([
    [[], {}, '--manifest PATH is missing. --help explains it.'],
    [['--manifest', 'a.yml'], {}, 'The command that starts the app is missing. Put it after --.'],
    [['--manifest', 'a.yml', '--'], {}, 'The command that starts the app is missing. Put it after --.'],
    [['--port', '70000', ...LEAST], {}, '--port must be a number up to 65535.'],
    [['--transport', 'pigeon', ...LEAST], {}, '--transport must be socket or http.'],
    [LEAST, { PORT: 'three' }, 'PORT must be a number up to 65535.'],
    [LEAST, { PLAYGROUND_TRANSPORT: 'pigeon' }, 'PLAYGROUND_TRANSPORT must be socket or http.'],
    [['--prot', '1', ...LEAST], {}, "Unknown option '--prot'"],
  ])('%j with %j is wrong', (args, env, problem) => {
    expect(readCommandLine(args, env)).toEqual({ kind: 'wrong', problem });
  });
});

describe('the program', () => {
  it('prints its help', async () => {
    const { code, out, err } = await runBin(['--help'], '.');
    expect([code, out[0], err]).toEqual([
      0,
      'Usage: local-slack --manifest PATH [options] -- COMMAND [ARGUMENT…]',
      [],
    ]);
  });

  it.each([
    [['--port', '0'], '--manifest PATH is missing. --help explains it.'],
    [['--manifest', 'none.yml', '--', 'node'], "--manifest none.yml can't be read (ENOENT)."],
  ])('exits 2 with a line about wrong usage: %j', async (args, line) => {
    expect(await runBin(args, temporaryFolder())).toEqual({ code: 2, out: [], err: [line] });
  });

  it('ends with a line for everything that Slack would not accept in the manifest', async () => {
    const folder = temporaryFolder();
    const { oauth_config: _, ...manifest } = manifestFor('socket');
    const refused = { ...manifest, display_information: { name: 'x'.repeat(36) } };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(refused));
    const { code, out, err } = await runBin(['--manifest', 'manifest.json', '--', 'node'], folder);
    expect([code, out]).toEqual([1, []]);
    expect(err).toEqual([
      expect.stringMatching(/^manifest\.json: display_information\.name: /),
      expect.stringMatching(/^manifest\.json: oauth_config\.scopes\.bot: must hold commands/),
      expect.stringMatching(/^manifest\.json: oauth_config\.scopes\.bot: must hold app_mentions:read/),
    ]);
  });

  it('says that a manifest is not YAML', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'manifest.yml'), 'features: [');
    const { code, err } = await runBin(LEAST, folder);
    expect([code, err]).toEqual([1, [expect.stringMatching(/^manifest\.yml: not YAML: /)]]);
  });
});
