import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { adviceSchema } from '../../src/core/advice.ts';
import { advise } from '../../src/core/advise.ts';
import { loadRubric } from '../../src/rubric/rubric.ts';

const CLI = fileURLToPath(new URL('../../src/cli/advise.ts', import.meta.url));

async function run(input: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [CLI]);
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
    ['nothing', '', /nothing on standard input/],
  ])('exits 2 with one line on %s', async (_, input, problem) => {
    const { code, stdout, stderr } = await run(input);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(problem);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
