import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { CARD_MENU } from '../../../src/blocks/ids.ts';
import { ACCESS_RULES, isExternalTeam } from '../../../src/decision/access.ts';
import { Routes } from '../../../src/interactions/routes.ts';
import { startBot } from '../../support/bot.ts';
import { ROWS } from './rows.ts';
import { accessDocument } from './table.ts';

const DOCUMENT = new URL('../../../docs/access.md', import.meta.url);

it('docs/access.md is what the rules say (UPDATE_README=1 renews it)', () => {
  if (process.env.UPDATE_README) writeFileSync(DOCUMENT, accessDocument());
  expect(readFileSync(DOCUMENT, 'utf8')).toBe(accessDocument());
});

it('has every rule, every listener, and every entry of the card’s menu', async () => {
  const spies = {
    command: vi.spyOn(Routes.prototype, 'command'),
    action: vi.spyOn(Routes.prototype, 'action'),
    view_submission: vi.spyOn(Routes.prototype, 'view'),
    shortcut: vi.spyOn(Routes.prototype, 'messageShortcut'),
  };
  await startBot();
  const listeners = Object.entries(spies).flatMap(([kind, spy]) =>
    spy.mock.calls.map(([id]) => `${kind} ${id}`),
  );
  vi.restoreAllMocks();
  const events = ['event app_home_opened', 'event app_mention'];
  expect([...new Set(ROWS.map(({ route }) => route))].sort()).toEqual([...listeners, ...events].sort());
  expect([...new Set(ROWS.map(({ act }) => act))].sort()).toEqual(Object.keys(ACCESS_RULES).sort());
  // A link: Slack opens it.
  const { article: _, ...entries } = CARD_MENU;
  const options = ROWS.flatMap(({ option }) => option ?? []);
  expect(options.sort()).toEqual(Object.values(entries).sort());
});

it('whoever is of the workspace, or of its organisation, is not from outside', () => {
  const home = { team: 'T1', enterprise: 'E1', isOrgWide: false };
  expect(['T1', 'E1', undefined, 'T2', 'E2'].map((team) => isExternalTeam(team, home))).toEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
  expect(isExternalTeam('T2', { ...home, isOrgWide: true })).toBe(false);
  expect(isExternalTeam('T2', { isOrgWide: false })).toBe(false);
});
