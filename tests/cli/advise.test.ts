import { spawn } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { adviceSchema } from '../../src/advice/advice.ts';
import { advise } from '../../src/advice/advise.ts';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import { COMPILED } from '../support/compiled.ts';
import { temporaryFolder } from '../support/folder.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CLI = join(ROOT, 'src/cli/advise.ts');

async function run(input: string, cli = CLI): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [cli], { env: { ...process.env, ...COMPILED } });
  child.stdin.end(input);
  const { promise: code, resolve } = Promise.withResolvers<number>();
  child.once('close', (c) => resolve(c ?? -1));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}

describe('npm run advise', () => {
  it('prints the advice for one set of answers', async () => {
    const { code, stdout, stderr } = await run('{"answers": {"stage": "mvp", "size": "unsure"}}');
    expect([code, stderr]).toEqual([0, '']);
    expect(adviceSchema.parse(JSON.parse(stdout))).toEqual(advise(loadRubric(), { stage: 'mvp' }));
  });

  it('prints an array for an array, in its order', async () => {
    const { stdout } = await run('[{"answers": {"stage": "mvp"}}, {"answers": {}}]');
    expect(JSON.parse(stdout).map((a: { verdict: string }) => a.verdict)).toEqual(['django', 'undecided']);
  });

  it.each([
    ['an unknown trait', '{"answers": {"colour": "blue"}}', /"colour" is not a trait; traits are stage, /],
    ['an unknown option', '{"answers": {"size": "huge"}}', /size: "huge" is not one of simple, .*unsure/],
    ['several problems', '{"answers": {"size": "huge", "colour": 1}}', /size: .*; "colour" is not a trait/],
    ['one of many', '[{"answers": {}}, {"answers": {"size": 3}}]', /item 1: size: 3 is not one of/],
    ['no object', '7', /expected an object like/],
    ['nothing under answers', '{"answers": null}', /answers must be an object/],
    ['a misspelt key', '{"answers": {}, "anwsers": {}}', /unknown key "anwsers"/],
    ['a prototype key', '{"answers": {"__proto__": "x"}}', /"__proto__" is not a trait/],
    ['no JSON', '{', /is not JSON/],
    ['no JSON, on two lines', 'a\nb', /is not JSON/],
    ['nothing', '', /standard input is empty/],
  ])('exits 2 with one line on %s', async (_, input, problem) => {
    const { code, stdout, stderr } = await run(input);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(problem);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('exits 1 with one line on a rubric that cannot be used', async () => {
    const copy = temporaryFolder();
    cpSync(join(ROOT, 'src'), join(copy, 'src'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    writeFileSync(join(copy, 'package.json'), '{"type":"module"}');
    const file = join(copy, 'src/advice/rubric/questions.yml');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('[C10]', '[C99]'));
    const { code, stdout, stderr } = await run('{"answers": {}}', join(copy, 'src/cli/advise.ts'));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^advise: .*questions\.yml:\d+ .*there is no claim C99/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('ends without a word when nobody reads on', async () => {
    const child = spawn(process.execPath, [CLI]);
    const { promise: code, resolve: ended } = Promise.withResolvers<number | null>();
    child.once('close', ended);
    const stderr = text(child.stderr);
    // Closed before anything is printed: the input is not complete yet.
    child.stdout.destroy();
    child.stdin.end('{"answers": {"stage": "mvp"}}');
    expect([await code, await stderr]).toEqual([0, '']);
  });
});
