import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, resolve } from 'node:path';
import { expect, it } from 'vitest';
import ownPackage from '../package.json' with { type: 'json' };

const PACKAGE = resolve(import.meta.dirname, '..');
const LISTED = Object.keys(ownPackage.devDependencies);

const importsOf = (file: string): string[] =>
  [
    ...readFileSync(resolve(PACKAGE, file), 'utf8').matchAll(
      /^import\s*(?:[^;']*?\bfrom\s*)?'([^']+)'|^export\b[^;']*?\bfrom '([^']+)'|\bimport\('([^']+)'\)/gm,
    ),
  ].map(([, one, two, three]) => one ?? two ?? three ?? '');

function isAllowed(file: string, target: string): boolean {
  if (target.startsWith('.')) return resolve(PACKAGE, dirname(file), target).startsWith(`${PACKAGE}/`);
  const [, name = target] = /^(@[^/]+\/[^/]+|[^/]+)/.exec(target) ?? [];
  return isBuiltin(target) || LISTED.includes(name);
}

it('the package imports only itself and what its package.json lists', () => {
  const files = globSync('**/*.{ts,js}', { cwd: PACKAGE, exclude: ['node_modules'] });
  expect(files.length).toBeGreaterThan(100);
  const others = files.flatMap((file) =>
    importsOf(file)
      .filter((target) => !isAllowed(file, target))
      .map((target) => `${file} imports ${target}`),
  );
  expect(others).toEqual([]);
});
