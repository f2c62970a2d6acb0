import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import { buildManifest, type ManifestOptions, type ManifestTarget } from '../../src/manifest/manifest.ts';
import { COMPILED } from '../support/compiled.ts';

const rubric = loadRubric();

const ROOT = resolve(import.meta.dirname, '../..');

/** Never without flags: that would write into the repository. */
function print(...flags: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise((done) => {
    const options = { env: { ...process.env, ...COMPILED } };
    execFile(
      process.execPath,
      [join(ROOT, 'src/cli/manifest.ts'), ...flags],
      options,
      (error, stdout, stderr) => done({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

const made = (target: ManifestTarget, options: Partial<ManifestOptions> = {}) =>
  buildManifest(target, { questions: rubric.questions, ...options });

describe('npm run manifest', () => {
  it('prints the manifest for an address', async () => {
    const { code, stdout, stderr } = await print('--url', 'https://bot.example.org');
    expect([code, stderr]).toEqual([0, '']);
    expect(parse(stdout)).toEqual(made({ kind: 'http', publicUrl: 'https://bot.example.org' }));
    expect(stdout).not.toContain('replace');
  });

  it('adds the step to the one for distribution on demand', async () => {
    const { stdout } = await print('--url', 'https://bot.example.org', '--with-step');
    expect(parse(stdout)).toEqual(
      made({ kind: 'http', publicUrl: 'https://bot.example.org' }, { withFunction: true }),
    );
  });

  it('leaves out the step on demand, with an address and without', async () => {
    const http = await print('--url', 'https://bot.example.org/', '--without-step');
    expect(parse(http.stdout)).toEqual(
      made({ kind: 'http', publicUrl: 'https://bot.example.org' }, { withFunction: false }),
    );
    const socket = await print('--without-step');
    expect(parse(socket.stdout)).toEqual(made({ kind: 'socket' }, { withFunction: false }));
  });

  it.each([
    [['--url', 'http://bot.example.org'], 'must be the https address'],
    [['--url', 'bot.example.org'], 'must be the https address'],
    [['--url', 'https://bot.example.org/?a=b'], 'must be the https address'],
    [['--url', `https://bot.example.org/${'x'.repeat(3000)}`], 'at most 2400 characters'],
    [['--ulr', 'https://bot.example.org'], '--ulr'],
    [['--with-step', '--without-step'], 'use either --with-step or --without-step'],
  ])('%j: prints nothing but what is wrong', async (flags, problem) => {
    const { code, stdout, stderr } = await print(...flags);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(problem);
    expect(stderr).not.toContain('    at ');
  });
});
