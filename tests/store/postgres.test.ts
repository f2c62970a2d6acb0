import { describe, expect, it, onTestFinished } from 'vitest';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { freshSchema, withClient } from '../support/postgres.ts';
import { storeContract } from './contract.ts';

async function open(url: string) {
  const store = await openPostgresStore(url, { connections: 5 });
  onTestFinished(() => store.close());
  return store;
}

describe('the store on PostgreSQL', () => {
  storeContract(async () => open(await freshSchema()));
});

describe('opening a database', () => {
  it('lets several processes start at once', async () => {
    const url = await freshSchema();
    const stores = await Promise.all(Array.from({ length: 4 }, () => open(url)));
    for (const store of stores) expect(await store.posts.waiting(0)).toBe(0);
  });

  it('refuses a schema from the future and leaves it as it is', async () => {
    const url = await freshSchema();
    await open(url);
    const set = (sql: string) => withClient(url, async (client) => (await client.query(sql)).rows);
    await set('UPDATE django_or_flask_schema SET version = 99');
    await expect(openPostgresStore(url)).rejects.toThrow(/newer version of this program \(schema 99/);
    expect(await set('SELECT version FROM django_or_flask_schema')).toEqual([{ version: 99 }]);
  });

  it('refuses tables of another program under our names', async () => {
    const url = await freshSchema();
    await withClient(url, (client) => client.query('CREATE TABLE decisions (cake TEXT)'));
    await expect(openPostgresStore(url)).rejects.toThrow(/table "decisions" of another program/);
    await withClient(url, (client) => client.query('DROP TABLE decisions'));
    await open(url);
  });
});
