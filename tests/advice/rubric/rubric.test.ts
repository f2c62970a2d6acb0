import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadRubric, RubricError } from '../../../src/advice/rubric/rubric.ts';
import { temporaryFolder } from '../../support/folder.ts';

const OWN = fileURLToPath(new URL('../../../src/advice/rubric/', import.meta.url));

/** A copy of the rubric with some text replaced, and the lines on which that stands. */
function changed(...changes: [file: string, from: string, to: string][]): { folder: URL; lines: number[] } {
  const folder = temporaryFolder();
  for (const name of readdirSync(OWN).filter((n) => n.endsWith('.yml')))
    cpSync(join(OWN, name), join(folder, name));
  const lines = changes.map(([file, from, to]) => {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    const at = text.indexOf(from);
    if (at < 0) throw new Error(`${file} does not hold ${from}`);
    writeFileSync(path, text.slice(0, at) + to + text.slice(at + from.length));
    return text.slice(0, at).split('\n').length;
  });
  return { folder: pathToFileURL(`${folder}/`), lines };
}

function problemsOf(folder: URL): readonly string[] {
  try {
    loadRubric(folder);
    return [];
  } catch (error) {
    if (error instanceof RubricError) return error.problems;
    throw error;
  }
}

describe('loadRubric', () => {
  it('is loaded once and cannot be changed', () => {
    const rubric = loadRubric();
    expect(loadRubric()).toBe(rubric);
    expect(Object.isFrozen(rubric)).toBe(true);
    expect(Object.isFrozen(rubric.questions[0]?.options[0]?.claims)).toBe(true);
    expect(Object.isFrozen(rubric.claims.get('C01'))).toBe(true);
    const { claims } = rubric;
    if (!(claims instanceof Map)) throw new Error('claims are held in a Map');
    expect(() => claims.set('C99', {})).toThrow('cannot be changed');
    expect(() => claims.delete('C01')).toThrow('cannot be changed');
    expect(() => claims.clear()).toThrow('cannot be changed');
    expect(claims.size).toBe(76);
  });

  it('takes a folder as an address or a path, with a slash at the end or without', () => {
    const { folder } = changed();
    const rubric = loadRubric(folder);
    expect(loadRubric(fileURLToPath(folder))).toBe(rubric);
    expect(loadRubric(fileURLToPath(folder).replace(/\/$/, ''))).toBe(rubric);
    expect(loadRubric(new URL(folder.href.replace(/\/$/, '')))).toBe(rubric);
  });

  it('takes an untouched copy', () => {
    expect(problemsOf(changed().folder)).toEqual([]);
  });

  it.each<[string, [string, string, string], RegExp]>([
    [
      'an option cites a claim that is not there',
      ['questions.yml', '[C10]', '[C99]'],
      /there is no claim C99/,
    ],
    ['the starting point does', ['questions.yml', 'claims: [C01]', 'claims: [C98]'], /there is no claim C98/],
    [
      'a note cites a source that is not there',
      ['notes.yml', '[S25, S26]', '[S25, S99]'],
      /there is no source S99/,
    ],
    [
      'a topic cites a claim that is not there',
      ['synonyms.yml', '[C69, C20]', '[C69, C91]'],
      /there is no claim C91/,
    ],
    [
      'a topic is about a question that is not there',
      ['synonyms.yml', 'trait: admin', 'trait: panel'],
      /there is no question panel/,
    ],
    [
      'a topic has a word twice',
      ['synonyms.yml', 'orm, sqlalchemy,', 'orm, orm, sqlalchemy,'],
      /“orm” is there twice/,
    ],
    [
      'a topic has a word that is ignored',
      ['synonyms.yml', 'orm, sqlalchemy,', 'orm, the, sqlalchemy,'],
      /“the” is among the ignored words/,
    ],
    [
      'a topic has a word that nothing here answers',
      ['synonyms.yml', 'orm, sqlalchemy,', 'orm, laravel, sqlalchemy,'],
      /“laravel” is among the words beyond the rubric/,
    ],
    [
      'a note is about a claim that is not there',
      ['notes.yml', 'claims: [C48]', 'claims: [C90]'],
      /there is no claim C90/,
    ],
    [
      'a note waits for an unknown question',
      ['notes.yml', '{ security: [high] }', '{ safety: [high] }'],
      /there is no question safety/,
    ],
    [
      'a note waits for an unknown option',
      ['notes.yml', '{ priority: [speed] }', '{ priority: [pace] }'],
      /has no option pace/,
    ],
    [
      'a rule asks for an unknown option',
      ['rules.yml', 'shape: [core_plus_services]', 'shape: [core]'],
      /shape has no option core/,
    ],
    [
      'an adjustment asks for an unknown option',
      ['rules.yml', 'audience: [general]', 'audience: [all]'],
      /audience has no option all/,
    ],
    [
      'an adjustment changes a trait that it does not ask for',
      ['rules.yml', 'trait: tech', 'trait: size'],
      /one of the traits under when/,
    ],
    [
      'a boundary line waits for an unknown option',
      ['rules.yml', '{ tech: [custom] }', '{ tech: [odd] }'],
      /tech has no option odd/,
    ],
    [
      'a case has an unknown trait',
      ['cases.yml', 'priority: [delivery]', 'mood: [delivery]'],
      /there is no question mood/,
    ],
    [
      'a case cites a claim that is not there',
      ['cases.yml', '[C26, C27]', '[C26, C97]'],
      /there is no claim C97/,
    ],
    [
      'an argument matters for an unknown option',
      ['arguments.yml', '{ stage: [mvp] }', '{ stage: [start] }'],
      /stage has no option start/,
    ],
    [
      'an argument is moot for an unknown option',
      ['arguments.yml', '{ shape: [single_service] }', '{ shape: [lone_service] }'],
      /shape has no option lone_service/,
    ],
    [
      'an option rests on a claim that a note calls reversed',
      ['questions.yml', 'claims: [C10]', 'claims: [C10, C47]'],
      /claims\[1\]: C47 can’t be a reason, because the note async_reversed calls it reversed$/,
    ],
    [
      'the starting point rests on an outdated claim',
      ['questions.yml', 'claims: [C01]', 'claims: [C62]'],
      /intercept\.claims\[0\]: C62 can’t be a reason, because the note popularity_level calls it outdated$/,
    ],
    [
      'an adjustment rests on an outdated claim',
      ['rules.yml', 'claims: [C43, C44]', 'claims: [C19, C44]'],
      /adjustments\[0\]\.claims\[0\]: C19 can’t be a reason/,
    ],
    [
      'a rule rests on an outdated claim',
      ['rules.yml', 'claims: [C24]', 'claims: [C63]'],
      /rules\[3\]\.claims\[0\]: C63 can’t be a reason/,
    ],
    [
      'an argument rests on an outdated claim',
      ['arguments.yml', '[C04, C06]', '[C04, C19]'],
      /arguments\[0\]\.claims\[1\]: C19 can’t be a reason/,
    ],
    ['a framing claim is not there', ['claims.yml', 'claim: C02', 'claim: C96'], /there is no claim C96/],
    ['an id is there twice', ['cases.yml', 'id: coras', 'id: meet_mba'], /meet_mba is there twice/],
    [
      'an option is called unsure',
      ['questions.yml', 'id: small_complete', 'id: unsure'],
      /answer to every question already/,
    ],
    [
      'a rule for both has no boundary',
      ['rules.yml', '    verdict: django', '    verdict: both'],
      /boundary/,
    ],
    ['points go too far', ['questions.yml', 'points: 3', 'points: 4'], /<=3/],
    [
      'an option has neither reason nor the word that there is no rule',
      ['questions.yml', 'no_rule: true', 'no_rule: false'],
      /true/,
    ],
    [
      'a key is misspelt',
      ['questions.yml', 'label: Startup', 'lable: Startup'],
      /questions\[0\]\.options\[0\]\.lable: is not a key/,
    ],
    ['a condition is empty', ['notes.yml', '{ priority: [speed] }', '{}'], /empty condition/],
    ['a rule for one has a boundary', ['rules.yml', 'verdict: both', 'verdict: django'], /boundary/],
    [
      'an adjustment cites a claim that is not there',
      ['rules.yml', 'claims: [C56]', 'claims: [C94]'],
      /adjustments\[1\]\.claims\[0\]: there is no claim C94/,
    ],
    [
      'a rule cites a claim that is not there',
      ['rules.yml', 'claims: [C24]', 'claims: [C93]'],
      /there is no claim C93/,
    ],
    [
      'an argument cites a claim that is not there',
      ['arguments.yml', '[C04, C06]', '[C04, C92]'],
      /arguments\[0\]\.claims\[1\]: there is no claim C92/,
    ],
    ['a framing claim is there twice', ['claims.yml', 'claim: C03', 'claim: C02'], /C02 is there twice/],
    ['a claim is there twice', ['claims.yml', 'id: C02', 'id: C01'], /C01 is there twice/],
    ['a source is there twice', ['sources.yml', 'id: S2\n', 'id: S1\n'], /S1 is there twice/],
    [
      'an option is there twice',
      ['questions.yml', 'id: mixed', 'id: general'],
      /questions\[1\]\.options\[1\]\.id: general is there twice/,
    ],
    [
      'a key is there twice',
      ['cases.yml', 'supports: django', 'supports: django\n    supports: flask'],
      /unique/,
    ],
    ['a date is none', ['notes.yml', 'as_of: "2026-11-23"', 'as_of: "yesterday"'], /date/],
    ['the YAML is broken', ['cases.yml', 'story: A social', 'story: "A social'], /quote|Missing|closing/i],
  ])('refuses it when %s, and names file and line', (_, change, problem) => {
    const { folder, lines } = changed(change);
    const problems = problemsOf(folder);
    const fitting = problems.find((p) => problem.test(p)) ?? problems.join('\n');
    expect(fitting).toMatch(problem);
    const [, file, line] = /^(\w+\.yml):(\d+) /.exec(fitting) ?? [];
    expect(file).toBe(change[0]);
    // Where a line holds several things, or a block lacks one, the nearest line around it is named.
    if (_ !== 'the YAML is broken') expect(Math.abs(Number(line) - (lines[0] ?? 0))).toBeLessThanOrEqual(5);
  });

  it('takes a project that leaves a question out as unsure about it, with certainty 0', () => {
    const { folder } = changed(
      ['projects.yml', 'answers: { stage: enterprise, ', 'answers: { '],
      ['projects.yml', 'certainty: { stage: 0.7, ', 'certainty: { '],
    );
    const [project] = loadRubric(folder).projects;
    expect(project?.answers).toMatchObject({ stage: 'unsure', audience: 'mixed' });
    expect(project?.certainty).toMatchObject({ stage: 0, audience: 0.8 });
    expect(Object.keys(project?.answers ?? {})).toEqual(loadRubric().questions.map(({ id }) => id));
  });

  it('refuses a project’s answer without its certainty, and a certainty without its answer', () => {
    const { folder } = changed(
      ['projects.yml', 'answers: { stage: enterprise, ', 'answers: { '],
      ['projects.yml', 'audience: 0.8, ', ''],
    );
    expect(problemsOf(folder)).toEqual([
      expect.stringMatching(/projects\[0\]\.certainty: says nothing about audience$/),
      expect.stringMatching(/projects\[0\]\.certainty\.stage: is about stage, which has no answer$/),
    ]);
  });

  it('refuses all reasons that rest on a claim as soon as a note calls it outdated', () => {
    const { folder } = changed([
      'notes.yml',
      'status: partly_outdated\n    text: "Django still',
      'status: outdated\n    text: "Django still',
    ]);
    const places = problemsOf(folder).map((problem) => / (\S+): C53 can’t be a reason/.exec(problem)?.[1]);
    const { arguments: all, questions } = loadRubric();
    const resting = [
      ...questions.flatMap((q, i) =>
        q.options.flatMap((o, j) =>
          o.claims.includes('C53') ? `questions[${i}].options[${j}].claims[${o.claims.indexOf('C53')}]` : [],
        ),
      ),
      ...all.flatMap((a, i) =>
        a.claims.includes('C53') ? `arguments[${i}].claims[${a.claims.indexOf('C53')}]` : [],
      ),
    ];
    expect(resting).toHaveLength(4);
    expect(places).toEqual(resting);
  });

  it('names all problems of all files at once', () => {
    const { folder } = changed(
      ['questions.yml', '[C10]', '[C99]'],
      ['notes.yml', '[S25, S26]', '[S99]'],
      ['cases.yml', '[C51]', '[C95]'],
    );
    expect(problemsOf(folder)).toHaveLength(3);
    expect(() => loadRubric(folder)).toThrow(
      /^The rubric has 3 problem\(s\):\n {2}questions\.yml:\d+ .+\n {2}notes\.yml:\d+ .+\n {2}cases\.yml:\d+ .+$/,
    );
  });

  it('misses the topic for questions that name a framework and nothing else', () => {
    const { folder } = changed(['synonyms.yml', 'id: for_flask', 'id: pro_flask']);
    expect(problemsOf(folder)).toEqual([expect.stringMatching(/^synonyms\.yml:\d+ .*a topic for_flask$/)]);
  });

  it('spells the place as the file is built', () => {
    const { folder, lines } = changed(['cases.yml', '[C26, C27]', '[C26, C97]']);
    expect(problemsOf(folder)).toEqual([`cases.yml:${lines[0]} cases[0].claims[1]: there is no claim C97`]);
  });

  it('names broken syntax, a wrong shape and dangling ids together, and blames no file for another', () => {
    const { folder } = changed(
      ['cases.yml', 'story: A social', 'story: "A social'],
      ['questions.yml', 'points: 3', 'points: 4'],
      ['claims.yml', 'direction: django', 'direction: west'],
      ['notes.yml', '[S25, S26]', '[S25, S99]'],
    );
    const files = problemsOf(folder).map((problem) => problem.split(':')[0]);
    expect(files.toSorted()).toEqual(['cases.yml', 'claims.yml', 'notes.yml', 'questions.yml']);
  });

  it('names what stands for something that is nowhere', () => {
    const { folder } = changed(['notes.yml', '\nnotes:', '\nstray: *nothing\nnotes:']);
    expect(problemsOf(folder)).toEqual([expect.stringMatching(/^notes\.yml: .*nothing/)]);
  });

  it('names files that are missing or of the wrong shape together', () => {
    const { folder } = changed(['sources.yml', 'sources:', 'sauces:']);
    rmSync(new URL('notes.yml', folder));
    const problems = problemsOf(folder).join('\n');
    expect(problems).toContain('notes.yml: cannot be read');
    expect(problems).toMatch(/sources\.yml:\d+ /);
  });
});
