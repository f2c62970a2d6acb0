import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** What files of a folder may import: folders of src, or packages. Anything else breaks the rule. */
const ALLOWED: Record<string, { folders: string[]; packages: RegExp }> = {
  core: { folders: ['core', 'rubric'], packages: /^(zod|minisearch)$/ },
  blocks: { folders: ['blocks', 'core', 'rubric'], packages: /^(zod|@slack\/types)$/ },
  store: { folders: ['store', 'core'], packages: /^(zod|pg|node:.*)$/ },
  rubric: { folders: ['rubric'], packages: /^(zod|yaml|node:.*)$/ },
  operations: { folders: ['operations', '.'], packages: /^prom-client$/ },
  http: { folders: ['http', 'operations', 'slack', '.'], packages: /^(zod|@slack\/bolt|node:.*)$/ },
  slack: { folders: ['slack', 'store', '.'], packages: /^(zod|@slack\/bolt|node:crypto)$/ },
  manifest: { folders: ['manifest', 'blocks', 'rubric'], packages: /^(zod|yaml)$/ },
  cli: {
    folders: ['cli', 'core', 'rubric', 'manifest', 'slack', 'store', '.'],
    packages: /^(zod|dotenv|yaml|node:.*)$/,
  },
  jobs: { folders: ['jobs', 'blocks', 'core', 'slack', '.'], packages: /^zod$/ },
  playground: {
    folders: ['playground', 'blocks', '.'],
    packages: /^(zod|ws|yaml|preact(\/hooks)?|@slack\/(bolt|types)|node:.*)$/,
  },
  listeners: {
    folders: ['listeners', 'blocks', 'core', 'jobs', 'slack', 'store', '.'],
    packages: /^(zod|@slack\/bolt)$/,
  },
};

const importsOf = (source: string): string[] =>
  [...source.matchAll(/^(?:import|export)[^;]*?from '([^']+)'/gm)].map((m) => m[1] ?? '');

const imports = (file: string): string[] => importsOf(readFileSync(file, 'utf8'));

describe.each(Object.entries(ALLOWED))('src/%s', (folder, { folders, packages }) => {
  const files = readdirSync(join(SRC, folder), { recursive: true, encoding: 'utf8' }).filter((f) =>
    f.endsWith('.ts'),
  );

  it.each(files)('%s imports only what its place allows', (file) => {
    const path = join(SRC, folder, file);
    for (const target of imports(path)) {
      if (target.startsWith('.')) {
        const place = relative(SRC, resolve(path, '..', target));
        expect(folders, target).toContain(place.includes('/') ? place.split('/')[0] : '.');
      } else {
        expect(target).toMatch(packages);
      }
    }
  });
});

it('core, blocks and manifest take only the shape of the rubric, never the file system', () => {
  for (const folder of ['core', 'blocks', 'manifest']) {
    for (const file of readdirSync(join(SRC, folder), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      expect(
        imports(join(SRC, folder, file)).filter((target) => target.endsWith('rubric/rubric.ts')),
      ).toEqual([]);
    }
  }
});

/** What is loaded with a file, by its imports; without what it asks for only when it needs it. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = readFileSync(file, 'utf8').replaceAll(/^(?:import|export) type [^;]*;/gm, '');
  for (const target of importsOf(source)) {
    if (target.startsWith('.')) loadedWith(resolve(file, '..', target), seen);
    else seen.add(target);
  }
  return seen;
}

it('a start with one token and SQLite waits for nothing that only others need', () => {
  const loaded = loadedWith(join(SRC, 'start.ts'));
  expect(loaded).toContain(join(SRC, 'http/receiver.ts'));
  for (const path of [
    'many-workspaces.ts',
    'http/web.ts',
    'slack/workspaces.ts',
    'store/postgres/open.ts',
    'rubric/check.ts',
    'rubric/files.ts',
  ]) {
    expect(loaded).not.toContain(join(SRC, path));
  }
  for (const name of ['pg', 'yaml', 'prom-client']) expect(loaded).not.toContain(name);
});

it('no schema is made where something is read with it: making one takes ten times as long as reading', () => {
  const inline = /\bz\s*\.\w+\([^;]*?\)\s*\.(safeP|p)arse\(/;
  for (const file of readdirSync(SRC, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.startsWith('playground')) continue;
    expect(inline.exec(readFileSync(join(SRC, file), 'utf8'))?.[0], file).toBeUndefined();
  }
});

it('the independent client and its tests share no code with the bot, the playground or other tests', () => {
  const folder = resolve(import.meta.dirname, 'whole');
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    for (const target of imports(join(folder, file))) {
      if (!target.startsWith('.')) continue;
      expect(relative(folder, resolve(folder, file, '..', target)), `${file} imports ${target}`).not.toMatch(
        /^\.\./,
      );
    }
  }
});
