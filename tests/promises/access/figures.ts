import { join } from 'node:path';
import { createComputeGroup } from '../../../src/decision/group.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { smallRubric } from '../../support/small-rubric.ts';
import { type Cell, figure, playRow } from './play.ts';
import { ROWS } from './rows.ts';
import { createWorld } from './world.ts';

/**
 * Plays the whole table on SQLite, outside of the test runner.
 * @returns how large it is, and in how many cells the bot did something else than the table says; `report` gets those
 */
export async function playTable(report: (mismatch: Cell) => void): Promise<ReturnType<typeof figure>> {
  const all: Cell[] = [];
  for (const row of ROWS) {
    const ends: (() => void | Promise<void>)[] = [];
    const atEnd = (end: () => void | Promise<void>): void => void ends.unshift(end);
    try {
      const folder = temporaryFolder(atEnd);
      const openStores = async () => [
        openSqliteStore(
          join(folder, 'bot.db'),
          createComputeGroup(() => smallRubric),
        ),
      ];
      all.push(...(await playRow(await createWorld({ folder, openStores, atEnd }), row)));
    } finally {
      for (const end of ends) await end();
    }
  }
  for (const cell of all) if (cell.expected !== cell.played) report(cell);
  return figure(all);
}
