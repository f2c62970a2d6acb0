import { expect, it } from 'vitest';
import { CLIENTS, haveOwnSessions } from '../../../src/store/postgres/pooler.ts';

/** A pooler's sessions, which it reuses once they are free. */
type Choose = (free: readonly string[], turn: number) => string | undefined;

const SHARING: Readonly<Record<string, { readonly sessions: number; readonly choose: Choose }>> = {
  'one session': { sessions: 1, choose: (free) => free[0] },
  'the session used last': { sessions: 3, choose: (free) => free.at(-1) },
  'sessions in turn': { sessions: 2, choose: (free, turn) => free[turn % free.length] },
  'many sessions in turn': { sessions: 7, choose: (free, turn) => free[turn % free.length] },
  // Another client holds the first session during every second question.
  'whatever another client leaves': { sessions: 2, choose: (free, turn) => free[turn % 3 === 0 ? 1 : 0] },
  'a session until the fourth round': { sessions: 3, choose: (free, turn) => free[turn < 15 ? turn & 2 : 1] },
};

it.each(Object.entries(SHARING))('a pooler that shares %s is detected', async (_, { sessions, choose }) => {
  const free = Array.from({ length: sessions }, (_, i) => `session ${i}`);
  let turn = 0;
  const client = async (): Promise<string> => choose(free, turn++) ?? '';
  expect(await haveOwnSessions([client, client])).toBe(false);
});

it('two clients that keep their sessions pass, whatever the sessions are called', async () => {
  expect(await haveOwnSessions([async () => '70 1', async () => '70 2'])).toBe(true);
});

it('several poolers behind one address are detected if there are fewer than clients', async () => {
  const poolers = [0, 1, 2];
  const clients = Array.from(
    { length: CLIENTS },
    (_, i) => async () => `session of ${poolers[i % poolers.length]}`,
  );
  expect(await haveOwnSessions(clients)).toBe(false);
});
