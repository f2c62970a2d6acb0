import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Workspaces } from '../../src/installs/workspaces.ts';
import { createSealer } from '../../src/runtime/seal.ts';
import { TokenLost } from '../../src/slack/installation.ts';
import { clientOptions } from '../../src/slack/web-client.ts';
import type { Installation, Store } from '../../src/store/store.ts';
import { TestClock } from '../support/clock.ts';
import { temporaryFolder } from '../support/folder.ts';
import { recordingLogger } from '../support/log.ts';
import { type Answer, RecordedSlack } from '../support/slack.ts';
import { openTestStore } from '../support/store.ts';

const HOUR_MS = 3_600_000;
const sealer = createSealer([randomBytes(32)], randomBytes);

interface Setting {
  readonly slack: RecordedSlack;
  readonly clock: TestClock;
  readonly store: Store;
  readonly log: ReturnType<typeof recordingLogger>;
  /** Another process on the same database. */
  instance(spoil?: (installations: Store['installations']) => Store['installations']): Workspaces;
}

async function setting(): Promise<Setting> {
  const [slack, clock, log] = [new RecordedSlack(), new TestClock(), recordingLogger()];
  const store = await openTestStore(temporaryFolder());
  onTestFinished(() => store.close());
  const options = clientOptions({
    slackApiUrl: 'https://slack.test/api/',
    logger: log.logger,
    fetch: slack.fetch,
  });
  const credentials = { clientId: '1.2', clientSecret: 'client-secret' };
  const instance: Setting['instance'] = (spoil = (installations) => installations) =>
    new Workspaces({
      store: { installations: spoil(store.installations) },
      sealer,
      credentials,
      clientOptions: options,
      clock,
      logger: log.logger,
    });
  return { slack, clock, store, log, instance };
}

function installation(clock: TestClock, more: Partial<Installation> = {}): Installation {
  const tenant = more.tenant ?? 'T1';
  return {
    tenant,
    enterprise: null,
    team: tenant,
    name: 'Acme',
    botId: 'B1',
    botUser: 'U0BOT',
    botName: 'dof',
    installedBy: 'U1',
    installedAt: clock.now(),
    token: sealer.seal(`xoxe.xoxb-1-${tenant}`, tenant),
    refreshToken: sealer.seal('xoxe-1-refresh', tenant),
    expiresAt: clock.now() + 12 * HOUR_MS,
    ...more,
  };
}

const fresh = (n: number): Answer => ({
  answer: { access_token: `xoxe.xoxb-${n}`, refresh_token: `xoxe-${n}-refresh`, expires_in: 43_200 },
});
const at = (teamId: string) => ({ teamId, isEnterpriseInstall: false });

describe('whoever has installed the app', () => {
  it('is found by workspace, or by organisation where that has', async () => {
    const { clock, store, instance } = await setting();
    await store.installations.save(installation(clock));
    await store.installations.save(installation(clock, { tenant: 'E1', team: null, enterprise: 'E1' }));
    const bot = instance();
    expect(await bot.authorize(at('T1'))).toEqual({
      botToken: 'xoxe.xoxb-1-T1',
      botId: 'B1',
      botUserId: 'U0BOT',
      teamId: 'T1',
    });
    const inOrg = { teamId: 'T7', enterpriseId: 'E1', isEnterpriseInstall: true };
    expect(await bot.authorize(inOrg)).toMatchObject({
      botToken: 'xoxe.xoxb-1-E1',
      teamId: 'T7',
      enterpriseId: 'E1',
    });
    // A workspace of the same organisation that the app was not installed for.
    expect(await bot.authorize({ teamId: 'T7', enterpriseId: 'E1', isEnterpriseInstall: false })).toEqual({
      notInstalled: true,
    });
    expect(await bot.botIn('T1')).toEqual({ id: 'U0BOT', name: '@dof' });
    await expect(bot.clientFor('T9')).rejects.toThrow('the app is not installed in T9');
  });

  it('is not asked for anew each time, and forgotten at once when it leaves', async () => {
    const { clock, store, instance } = await setting();
    await store.installations.save(installation(clock));
    const bot = instance();
    const client = await bot.clientFor('T1');
    await store.tenants.leave('T1', clock.now() + 1, clock.now() + 1, clock.now() + 1);
    await store.tenants.erase('T1', clock.now() + 1, clock.now() + 2, 10);
    expect(await bot.clientFor('T1')).toBe(client);
    bot.forget('T1');
    await expect(bot.clientFor('T1')).rejects.toThrow('not installed');
  });
});

it('whoever installs the app again is served with the new token at once', async () => {
  const { slack, clock, store, instance } = await setting();
  await store.installations.save(installation(clock));
  const bot = instance();
  expect((await bot.authorize(at('T1'))).botToken).toBe('xoxe.xoxb-1-T1');
  const grant = {
    access_token: 'xoxb-anew',
    scope: 'commands',
    bot_user_id: 'U0BOT',
    app_id: 'A1',
    team: { id: 'T1', name: 'Acme' },
    authed_user: { id: 'U1' },
  };
  slack.next('oauth.v2.access', { answer: grant });
  const asked = {
    code: 'c',
    redirectUri: 'https://bot.example.org/slack/oauth_redirect',
    scopes: ['commands'],
  };
  expect((await bot.install(asked)).kind).toBe('installed');
  expect((await bot.authorize(at('T1'))).botToken).toBe('xoxb-anew');
});

describe('a token that expires', () => {
  it('is renewed two hours before, by one process, and the others take the new one', async () => {
    const { slack, clock, store, log, instance } = await setting();
    await store.installations.save(installation(clock));
    const [one, two] = [instance(), instance()];
    expect((await two.authorize(at('T1'))).botToken).toBe('xoxe.xoxb-1-T1');
    clock.advance(10 * HOUR_MS - 1);
    await one.renewExpiring();
    expect(slack.calls).toEqual([]);
    clock.advance(1);
    slack.next('oauth.v2.access', fresh(2));
    await Promise.all([one.renewExpiring(), two.renewExpiring()]);
    expect(slack.calls).toEqual([
      {
        method: 'oauth.v2.access',
        args: {
          client_id: '1.2',
          client_secret: 'client-secret',
          grant_type: 'refresh_token',
          refresh_token: 'xoxe-1-refresh',
        },
      },
    ]);
    expect((await one.authorize(at('T1'))).botToken).toBe('xoxe.xoxb-2');
    clock.advance(60_000);
    expect((await two.authorize(at('T1'))).botToken).toBe('xoxe.xoxb-2');
    const stored = await store.installations.get('T1');
    expect(JSON.stringify(stored)).not.toMatch(/xox/);
    expect(JSON.stringify(log.lines)).not.toMatch(/xox[be]|client-secret/);
  });

  it('that Slack does not renew now is tried again, and works meanwhile', async () => {
    const { slack, clock, store, instance } = await setting();
    await store.installations.save(installation(clock));
    const bot = instance();
    clock.advance(10 * HOUR_MS);
    slack.next('oauth.v2.access', { status: 503 }, fresh(2));
    await bot.renewExpiring();
    expect((await bot.authorize(at('T1'))).botToken).toBe('xoxe.xoxb-1-T1');
    await bot.renewExpiring();
    expect(slack.calls).toHaveLength(1);
    clock.advance(20_000);
    await bot.renewExpiring();
    expect(slack.calls).toHaveLength(2);
    expect((await bot.authorize(at('T1'))).botToken).toBe('xoxe.xoxb-2');
  });

  it('is not lost where the database takes no word of it at that moment: Slack gives it once', async () => {
    const { slack, clock, store, instance } = await setting();
    await store.installations.save(installation(clock));
    const bot = instance((installations) => {
      let failures = 2;
      const renewed: typeof installations.saveRenewal = async (...args) => {
        failures -= 1;
        if (failures >= 0) throw new Error('database is locked');
        return installations.saveRenewal(...args);
      };
      return { ...installations, saveRenewal: renewed };
    });
    clock.advance(10 * HOUR_MS);
    slack.next('oauth.v2.access', fresh(2), { error: 'invalid_refresh_token' });
    for (let look = 0; look < 3; look += 1) clock.advance(await bot.renewExpiring());
    expect((await bot.authorize(at('T1'))).botToken).toBe('xoxe.xoxb-2');
    expect(slack.calls).toHaveLength(1);
  });

  it('that Slack renews no more says that it has to be installed again, and Slack is not asked for ever', async () => {
    const { slack, clock, store, log, instance } = await setting();
    await store.installations.save(installation(clock));
    const bot = instance();
    clock.advance(10 * HOUR_MS);
    slack.next('oauth.v2.access', ...Array<Answer>(9).fill({ error: 'invalid_refresh_token' }));
    for (let look = 0; look < 3; look += 1) clock.advance(await bot.renewExpiring());
    expect((await bot.authorize(at('T1'))).botToken).toBe('xoxe.xoxb-1-T1');
    expect(slack.calls).toHaveLength(1);
    expect(log.lines.filter(({ msg }) => msg === 'a token was not renewed')).toHaveLength(1);
    clock.advance(3 * HOUR_MS);
    for (const process of [bot, bot, instance()]) {
      await expect(process.authorize(at('T1'))).rejects.toThrow(TokenLost);
    }
    expect(slack.calls).toHaveLength(2);
    const anew = { token: sealer.seal('xoxe.xoxb-anew', 'T1'), expiresAt: clock.now() + 12 * HOUR_MS };
    await store.installations.save(installation(clock, anew));
    expect((await bot.authorize(at('T1'))).botToken).toBe('xoxe.xoxb-anew');
  });

  it('and has expired while nothing ran is renewed by whoever needs it first; the others wait for that', async () => {
    const { slack, clock, store, instance } = await setting();
    await store.installations.save(installation(clock));
    clock.advance(13 * HOUR_MS);
    const { promise: hold, resolve } = Promise.withResolvers<Answer>();
    slack.next('oauth.v2.access', { hold });
    const first = instance().authorize(at('T1'));
    await expect.poll(() => slack.calls.length).toBe(1);
    let second: unknown;
    void instance()
      .authorize(at('T1'))
      .then(({ botToken }) => {
        second = botToken;
      });
    resolve(fresh(2));
    expect((await first).botToken).toBe('xoxe.xoxb-2');
    await expect
      .poll(() => {
        clock.advance(200);
        return second;
      })
      .toBe('xoxe.xoxb-2');
    expect(slack.calls).toHaveLength(1);
  });

  it('is not written over that of whoever installs the app again while it is renewed', async () => {
    const { slack, clock, store, instance } = await setting();
    await store.installations.save(installation(clock));
    clock.advance(10 * HOUR_MS);
    const { promise: hold, resolve } = Promise.withResolvers<Answer>();
    slack.next('oauth.v2.access', { hold });
    const renewing = instance().renewExpiring();
    await expect.poll(() => slack.calls.length).toBe(1);
    clock.advance(1_000);
    const anew = { token: sealer.seal('xoxe.xoxb-anew', 'T1'), refreshToken: sealer.seal('xoxe-anew', 'T1') };
    await store.installations.save(installation(clock, anew));
    resolve(fresh(2));
    await renewing;
    expect((await instance().authorize(at('T1'))).botToken).toBe('xoxe.xoxb-anew');
    expect(await store.installations.get('T1')).toMatchObject(anew);
  });

  it('of somebody who has left is not renewed', async () => {
    const { slack, clock, store, instance } = await setting();
    await store.installations.save(installation(clock));
    await store.tenants.leave('T1', clock.now() + 1, clock.now() + 1, clock.now() + 720 * HOUR_MS);
    clock.advance(10 * HOUR_MS);
    await instance().renewExpiring();
    expect(slack.calls).toEqual([]);
  });

  it('sealed with a key that is gone fails with a sentence, not with a token', async () => {
    const { clock, store, instance } = await setting();
    const other = createSealer([randomBytes(32)], randomBytes);
    await store.installations.save(installation(clock, { token: other.seal('xoxb-secret', 'T1') }));
    await expect(instance().authorize(at('T1'))).rejects.toThrow(/is not in TOKEN_ENCRYPTION_KEY/);
  });
});
