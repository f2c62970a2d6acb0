/** Rules about which file may import what, one test each. CONTRIBUTING.md shows the order of the folders. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Folders of `src`, lowest first. A folder imports only folders before it. */
const FOLDERS = [
  'advice',
  'decision',
  'blocks',
  'runtime',
  'store',
  'slack',
  'delivery',
  'interactions',
  'features',
  'manifest',
  'installs',
  '.',
  'cli',
];

/** Folders of `src/features`, lowest first. A feature imports only features before it. */
const FEATURES = [
  'overview',
  'vote',
  'answers',
  'privacy',
  'record',
  'decide',
  'revisit',
  'card',
  'ask',
  'question',
  'workflow',
];

/** Packages that each folder may import. Only `advice/rubric` may also import what its loader needs. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  advice: /^(minisearch|zod)$/,
  decision: /^zod$/,
  blocks: /^(zod|@slack\/types)$/,
  runtime: /^(@slack\/bolt|dotenv|pino|prom-client|zod|node:.*)$/,
  store: /^(pg|zod|node:.*)$/,
  slack: /^(@slack\/bolt|zod|node:.*)$/,
  delivery: /^zod$/,
  interactions: /^(@slack\/bolt|zod)$/,
  features: /^(@slack\/(bolt|types)|zod)$/,
  manifest: /^yaml$/,
  installs: /^(@slack\/bolt|zod|node:.*)$/,
  '.': /^(@slack\/bolt|node:.*)$/,
  cli: /^(zod|node:.*)$/,
};
const RUBRIC = 'src/advice/rubric/';
const LOADER_PACKAGES = /^(yaml|node:(crypto|fs|module|url))$/;

const files = (pattern: string): string[] =>
  globSync(pattern, { cwd: ROOT, exclude: (path) => path === 'node_modules' });

/** Paths and packages that a file imports, types included. Paths are relative to the root. */
function importsOf(file: string, source = readFileSync(join(ROOT, file), 'utf8')): string[] {
  const imported = source.matchAll(
    /^import\s*(?:[^;']*?\bfrom\s*)?'([^']+)'|^export\b[^;']*?\bfrom '([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...imported].map(([, one, two, three]) => {
    const target = one ?? two ?? three ?? '';
    return target.startsWith('.') ? join(dirname(file), target) : target;
  });
}

const SOURCES = files('src/**/*.ts');
const IMPORTS = SOURCES.flatMap((from) => importsOf(from).map((to) => ({ from, to })));

/** The folder of `src` that a file is in; `.` for a loose file, undefined outside `src`. */
function folderOf(file: string): string | undefined {
  const [top, folder, ...rest] = file.split('/');
  if (top !== 'src') return undefined;
  return rest.length === 0 ? '.' : folder;
}

const featureOf = (file: string): string | undefined => /^src\/features\/([^/]+)\//.exec(file)?.[1];

/** Imports that break a rule, for the message of a failing test. */
const broken = (breaks: (from: string, to: string) => boolean): string[] =>
  IMPORTS.filter(({ from, to }) => breaks(from, to)).map(({ from, to }) => `${from} imports ${to}`);

const isBelow = (order: readonly string[], from: string, to: string): boolean =>
  order.indexOf(to) <= order.indexOf(from);

it('every folder has its place in the order', () => {
  expect([...new Set(SOURCES.map(folderOf))].sort()).toEqual([...FOLDERS].sort());
  expect([...new Set(SOURCES.flatMap((file) => featureOf(file) ?? []))].sort()).toEqual([...FEATURES].sort());
});

it('folders import only folders below them', () => {
  expect(
    broken((from, to) => {
      const [own, other] = [folderOf(from), folderOf(to)];
      return own !== undefined && other !== undefined && !isBelow(FOLDERS, own, other);
    }),
  ).toEqual([]);
});

it('features import only features below them; the tables of contents import them all', () => {
  expect(
    broken((from, to) => {
      const [own, other] = [featureOf(from), featureOf(to)];
      return own !== undefined && other !== undefined && !isBelow(FEATURES, own, other);
    }),
  ).toEqual([]);
  expect(SOURCES.filter((file) => /^src\/features\/[^/]+$/.test(file)).sort()).toEqual([
    'src/features/index.ts',
    'src/features/posts.ts',
  ]);
});

it('advice imports none of our code, decision only advice, blocks only these two', () => {
  const allowed: Readonly<Record<string, string[]>> = {
    advice: ['advice'],
    decision: ['advice', 'decision'],
    blocks: ['advice', 'decision', 'blocks'],
  };
  expect(
    broken((from, to) => {
      const own = allowed[folderOf(from) ?? ''];
      return own !== undefined && to.startsWith('src/') && !own.includes(folderOf(to) ?? '');
    }),
  ).toEqual([]);
});

it('folders import only their packages, so advice, decision and blocks do no I/O', () => {
  expect(
    broken((from, to) => {
      const isPackage = !/^(src|packages|tests|bench)\//.test(to);
      const isLoader = from.startsWith(RUBRIC) && LOADER_PACKAGES.test(to);
      return isPackage && !isLoader && !PACKAGES[folderOf(from) ?? '']?.test(to);
    }),
  ).toEqual([]);
});

it('only the loader of the rubric reads files for advice', () => {
  const readsFiles = (file: string): boolean =>
    file.startsWith(RUBRIC) && importsOf(file).some((to) => to.startsWith('node:'));
  const isPure = (file: string): boolean =>
    ['advice', 'decision', 'blocks'].includes(folderOf(file) ?? '') && !file.startsWith(RUBRIC);
  expect(broken((from, to) => isPure(from) && readsFiles(to))).toEqual([]);
});

it('the bot and the local Slack import nothing from each other', () => {
  expect(broken((_, to) => /^(packages\/|local-slack)/.test(to))).toEqual([]);
  const back = files('packages/**/*.ts').filter((file) =>
    importsOf(file).some((to) => /^(src|tests)\//.test(to)),
  );
  expect(back).toEqual([]);
});

it('at most five files of src are in no folder', () => {
  expect(SOURCES.filter((file) => folderOf(file) === '.').length).toBeLessThanOrEqual(5);
});

/** What is loaded together with a file, without types and without what it imports only when it needs it. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = readFileSync(join(ROOT, file), 'utf8')
    .replaceAll(/^(?:import|export) type [^;]*;/gm, '')
    .replaceAll(/\bimport\('/g, '');
  for (const target of importsOf(file, source)) {
    if (target.startsWith('src/')) loadedWith(target, seen);
    else seen.add(target);
  }
  return seen;
}

it('a start with one token and SQLite loads nothing that only other modes need', () => {
  const loaded = loadedWith('src/start.ts');
  expect(loaded).toContain('src/slack/http/receiver.ts');
  for (const path of [
    'src/installs/many-workspaces.ts',
    'src/installs/web.ts',
    'src/installs/workspaces.ts',
    'src/store/postgres/open.ts',
  ]) {
    expect(existsSync(join(ROOT, path)), path).toBe(true);
    expect(loaded).not.toContain(path);
  }
  expect(loaded).not.toContain('pg');
});

it('the clock and randomness are passed in', () => {
  // The log has its own time, and commands are where a clock would be passed in.
  const own = /^src\/(runtime\/(clock|secrets|logging|log-output)\.ts$|cli\/)/;
  const asks = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(/;
  expect(
    SOURCES.filter((file) => !own.test(file) && asks.test(readFileSync(join(ROOT, file), 'utf8'))),
  ).toEqual([]);
});

it('nothing is cast past the type checker', () => {
  expect(SOURCES.filter((file) => /\bas unknown as\b/.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual(
    [],
  );
});

it('no zod schema is made where it is used: that takes ten times as long as parsing', () => {
  const inline = /\bz\s*\.\w+\([^;]*?\)\s*\.(safeP|p)arse\(/;
  expect(SOURCES.filter((file) => inline.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
});

it('tests follow the tree of src', () => {
  const own = ['bench', 'support', 'whole', 'promises', 'fixtures', 'pictures', 'texts'];
  const homeless = files('tests/**/*.test.ts')
    .map((file) => dirname(relative('tests', file)))
    .filter((folder) => !own.includes(folder.split('/')[0] ?? '') && !existsSync(join(ROOT, 'src', folder)));
  expect([...new Set(homeless)]).toEqual([]);
});

it('tests in a browser are long trials', () => {
  const starts = /packages\/local-slack\/tests\/support\/(browser|blocks-page)\.ts$/;
  const inBrowser = files('{tests,packages/*/tests}/**/*.test.ts').filter((file) =>
    importsOf(file).some((to) => starts.test(to)),
  );
  expect(inBrowser.length).toBeGreaterThan(5);
  const isLong = /^(tests\/promises|packages\/[^/]+\/tests\/browser)\//;
  expect(inBrowser.filter((file) => !isLong.test(file))).toEqual([]);
});

it('the independent client, and every test that uses it, shares no code with the bot or its other tests', () => {
  const whole = files('tests/whole/**/*.ts');
  const isClient = (file: string): boolean => file.startsWith('tests/whole/client/');
  const independent = whole.filter((file) => isClient(file) || importsOf(file).some(isClient));
  expect(independent.length).toBeGreaterThan(10);
  const shared = independent.flatMap((file) =>
    importsOf(file).filter((to) => /^(src|packages|tests|bench)\//.test(to) && !isClient(to)),
  );
  expect(shared).toEqual([]);
});

it('only a test file registers hooks when it is loaded, since files of one worker share what they import', () => {
  const hook = /^(beforeEach|afterEach|beforeAll|afterAll)\(/m;
  const withHook = files('{tests,packages/*/tests}/**/*.ts').filter((file) =>
    hook.test(readFileSync(join(ROOT, file), 'utf8')),
  );
  expect(withHook.length).toBeGreaterThan(5);
  expect(withHook.filter((file) => !file.endsWith('.test.ts'))).toEqual([]);
});
