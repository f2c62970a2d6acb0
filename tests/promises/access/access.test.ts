import { describe, expect, it } from 'vitest';
import { submit } from '../../support/payloads.ts';
import { ALL, KINDS } from './kinds.ts';
import { figure, playRow } from './play.ts';
import { ROWS } from './rows.ts';
import { sentBy } from './sent-by.ts';
import { createWorld } from './world.ts';

describe('every cell of the access table, as the bot plays it', () => {
  it.each(ROWS.map((row) => [`${row.what} (${row.route})`, row] as const))('%s', async (_, row) => {
    const cells = await playRow(await createWorld(), row);
    const as = (which: 'expected' | 'played') =>
      Object.fromEntries(cells.map((cell) => [cell.kind.id, cell[which]]));
    expect(as('played')).toEqual(as('expected'));
    expect(figure(cells)).toEqual({ cells: ALL.length, mismatches: 0 });
  });
});

describe('what comes from another workspace without a person', () => {
  const [kind] = KINDS;
  const theirs = { id: 'U8', team: 'T2', home: 'T2', channel: 'C1' };
  const event = (fields: Record<string, unknown>) => ({
    type: 'event_callback',
    event_id: 'Ev 2',
    event_time: 4_000_000_000,
    team_id: 'T2',
    authorizations: [{ team_id: 'T2', enterprise_id: null, is_enterprise_install: false, user_id: 'U0BOT' }],
    event: fields,
  });

  it.each([
    [
      'a run of the workflow step that names our channel and people',
      {
        type: 'function_executed',
        function: { id: 'Fn1', callback_id: 'recommend_framework' },
        inputs: { project: 'Data API', channel: 'C1', asker: 'U1' },
        function_execution_id: 'Fx2',
      },
    ],
    ['its end', { type: 'app_uninstalled' }],
  ])('%s changes nothing here', async (_, fields) => {
    const world = await createWorld();
    if (kind) await world.decision(kind, 'decided');
    await world.bot.deliver(sentBy(theirs, submit({ project: 'Data API' })));
    const [before, beforeThere] = [world.stored('T1'), world.stored('T2')];
    await world.bot.deliver(event(fields));
    expect(world.stored('T1')).toBe(before);
    expect(world.stored('T2')).not.toBe(beforeThere);
  });
});
