import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, resolve } from 'node:path';
import { expect, it } from 'vitest';
import ownPackage from '../package.json' with { type: 'json' };

const PACKAGE = resolve(import.meta.dirname, '..');
const files = globSync('**/*.{ts,js}', { cwd: PACKAGE, exclude: ['node_modules'] });

it.each(files)('%s imports only this package and what package.json lists', (file) => {
  const source = readFileSync(resolve(PACKAGE, file), 'utf8');
  const imports = [...source.matchAll(/^(?:import|export)\b[^;]*?\bfrom '([^']+)'|\bimport\('([^']+)'\)/gm)];
  for (const target of imports.map(([, one, other]) => one ?? other ?? '')) {
    if (target.startsWith('.')) {
      expect(resolve(PACKAGE, dirname(file), target)).toMatch(new RegExp(`^${RegExp.escape(PACKAGE)}/`));
    } else if (!isBuiltin(target)) {
      const [, name = target] = /^(@[^/]+\/[^/]+|[^/]+)/.exec(target) ?? [];
      expect(Object.keys(ownPackage.devDependencies)).toContain(name);
    }
  }
});

it('looks at every file', () => {
  expect(files).toContain('main.ts');
  expect(files.length).toBeGreaterThan(100);
});
