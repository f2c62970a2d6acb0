import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Measurements, type Ratios, ratioTable } from '../bench/speed/report.ts';
import {
  EVENTS,
  INSTALLATION_EVENTS,
  type Permission,
  SCOPES,
  STEP_EVENTS,
} from '../src/manifest/permissions.ts';
import { loadConfig } from '../src/runtime/config.ts';

const ROOT = new URL('../', import.meta.url);
const README = new URL('README.md', ROOT);
/** A part of the README that is made from the source stands between two marks. */
const part = (name: string) => new RegExp(`(?<=<!-- ${name}:start -->\\n)[\\s\\S]*(?=<!-- ${name}:end -->)`);

function holds(name: string, shown: string): void {
  const readme = readFileSync(README, 'utf8');
  if (process.env.UPDATE_README) {
    writeFileSync(
      README,
      readme.replace(part(name), () => shown),
    );
  } else expect(part(name).exec(readme)?.[0]).toBe(shown);
}

/** With columns as wide as what is in them. */
function table(head: readonly [string, string], rows: readonly (readonly [string, string])[]): string {
  const widths = [0, 1].map((i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[], filler: string) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0, filler)).join(' | ')} |\n`;
  return `\n${line(head, ' ')}${line(['', ''], '-')}${rows.map((row) => line(row, ' ')).join('')}\n`;
}

interface Results {
  readonly about: Measurements['about'];
  readonly rounds: number;
  readonly ratios: Ratios;
}

const asRows = (asked: readonly Permission[]) => asked.map(({ name, why }) => [`\`${name}\``, why] as const);

describe('the README', () => {
  it('says why each scope is asked for, and each event', () => {
    holds('scopes', table(['scope', 'why'], asRows(SCOPES)));
    holds('events', table(['event', 'when'], asRows([...EVENTS, ...STEP_EVENTS, ...INSTALLATION_EVENTS])));
  });

  it('shows how fast the bot was when that was measured last', () => {
    const results: Results = JSON.parse(
      readFileSync(new URL('../bench/results.json', import.meta.url), 'utf8'),
    );
    const { about, rounds, ratios } = results;
    const measured = `Measured on ${about.day} with Node ${about.node} on ${about.cpus} shared CPUs; each the median of ${rounds} rounds of ${about.turns} turns.`;
    holds('speed', `\n${measured}\n\n${ratioTable(ratios)}\n\n`);
  });

  it('names every variable that the bot reads, and .env.example too', () => {
    const loaded = loadConfig({
      PORT: 'x',
      LOG_LEVEL: 'x',
      SLASH_COMMAND: 'x',
      SLACK_API_URL: 'x',
      DATABASE_URL: 'x://',
      SLACK_APP_TOKEN: 'x',
      SLACK_SIGNING_SECRET: 'x',
    });
    const names = loaded.ok ? [] : loaded.problems.map((problem) => problem.split(' ')[0] ?? '');
    expect(names).toHaveLength(8);
    const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
    for (const name of [...names, 'HOST']) {
      expect(readFileSync(README, 'utf8')).toContain(`\`${name}\``);
      expect(example).toContain(`${name}=`);
    }
  });
});

it.each(['README.md', 'CONTRIBUTING.md', 'SECURITY.md'])('%s links only to files that exist', (name) => {
  const text = readFileSync(new URL(name, ROOT), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path ?? '');
  expect(links.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
});

it('CONTRIBUTING.md names only files and scripts that exist', () => {
  const text = readFileSync(new URL('CONTRIBUTING.md', ROOT), 'utf8');
  const paths = [...text.matchAll(/\b(?:src|tests|docs|packages)\/[\w./-]+/g)].map(([path]) => path);
  expect(paths.length).toBeGreaterThan(20);
  // A recipe writes the parts that the reader chooses in capitals.
  const fixed = paths.filter((path) => !/[A-Z]{4}/.test(path));
  expect(fixed.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));
  const named = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name ?? '');
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
