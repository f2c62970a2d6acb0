import { readdirSync, readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import type { AppSurfaces } from '../app-manifest.ts';
import { escapeMarkup } from '../escape.ts';

const PAGE = new URL('../page/', import.meta.url);
const require = createRequire(import.meta.url);

interface PageFile {
  readonly type: string;
  readonly body: string;
}

/** Files of the page by path. The server strips their types, so there is no build step. */
export const PAGE_FILES: Readonly<Record<string, (app: AppSurfaces) => PageFile>> = {
  '/': (app) => ({
    type: 'text/html',
    body: readPageFile('index.html').replace('<title>Playground', () => titleOf(app)),
  }),
  '/preact.js': () => ({ type: 'text/javascript', body: vendor('preact') }),
  '/marked.js': () => ({ type: 'text/javascript', body: vendor('marked') }),
  '/preact-hooks.js': () => ({ type: 'text/javascript', body: vendor('preact/hooks') }),
  ...Object.fromEntries(
    readdirSync(PAGE)
      .filter((name) => /\.(css|ts)$/.test(name))
      .map((name) => [`/${name}`, () => readServedFile(name)]),
  ),
};

const titleOf = ({ commands: [first], name }: AppSurfaces): string =>
  `<title>Playground · ${escapeMarkup(first?.name ?? name)}`;

function readServedFile(name: string): PageFile {
  if (name.endsWith('.css')) return { type: 'text/css', body: readPageFile(name) };
  return { type: 'text/javascript', body: resolveImports(stripTypeScriptTypes(readPageFile(name))) };
}

function readPageFile(name: string): string {
  return readFileSync(new URL(name, PAGE), 'utf8');
}

function vendor(name: string): string {
  return resolveImports(readFileSync(require.resolve(name).replace(/(?<!\.esm)\.js$/, '.mjs'), 'utf8'));
}

/** Replaces package names with URLs in imports, because browsers can't resolve packages. */
function resolveImports(code: string): string {
  return code
    .replaceAll(/from\s*(["'])preact\/hooks\1/g, 'from "./preact-hooks.js"')
    .replaceAll(/from\s*(["'])preact\1/g, 'from "./preact.js"')
    .replaceAll(/from\s*(["'])marked\1/g, 'from "./marked.js"')
    .replace(/^\/\/# sourceMappingURL=.*$/m, '');
}
