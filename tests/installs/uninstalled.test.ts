import { describe, expect, it, vi } from 'vitest';
import { TokenLost } from '../../src/slack/installation.ts';
import { installation } from '../store/installation.ts';
import { type Setup, startBot, type TestBot } from '../support/bot.ts';
import { command, submit } from '../support/payloads.ts';

const AT = Date.UTC(2026, 10, 23, 9, 0, 0) / 1_000;

const uninstalled = (id = 'Ev1') => ({
  type: 'event_callback',
  event_id: id,
  event_time: AT,
  team_id: 'T1',
  event: { type: 'app_uninstalled' },
});
const revoked = (tokens: object, id = 'Ev2') => ({
  ...uninstalled(id),
  event: { type: 'tokens_revoked', tokens },
});

/** As somebody installed the app by OAuth, an hour before. */
const INSTALLATION = installation({ installedAt: (AT - 3_600) * 1_000 });

async function withDecision(setup: Setup = {}): Promise<TestBot> {
  const bot = await startBot(setup);
  await bot.deliver(submit({ voteUntil: (AT + 7_200) * 1_000 }));
  bot.slack.calls.length = 0;
  return bot;
}

const rows = async (bot: TestBot): Promise<number> => {
  const page = { viewer: 'U1', words: [], offset: 0, limit: 10 };
  return (await bot.store.decisions.listInChannel('T1', 'C1', page)).length;
};

it('whose token Slack renews no more tells people what helps, with a command and with a dialog', async () => {
  const bot = await startBot({
    authorize: async () => {
      throw new TokenLost('T1', 'invalid_refresh_token');
    },
  });
  await bot.deliver(command('Billing portal'));
  const [said] = bot.slack.calls;
  expect(said?.args.text).toContain('Ask an admin to install the app again');
  const { acks } = await bot.deliver(submit());
  expect(JSON.stringify(acks)).toContain('Ask an admin to install the app again');
});

describe('when the app is uninstalled', () => {
  it('everything of the workspace is deleted, and no reminder comes any more', async () => {
    const bot = await withDecision();
    expect(await rows(bot)).toBe(1);
    expect((await bot.deliver(uninstalled())).acks).toEqual([undefined]);
    expect(await rows(bot)).toBe(0);
    bot.clock.advance(3 * 3_600_000);
    await bot.bot.idle();
    expect(bot.slack.calls).toEqual([]);
  });

  it.each([
    ['uninstalled, then revoked', [uninstalled(), revoked({ bot: ['U0BOT'] })]],
    ['revoked, then uninstalled', [revoked({ bot: ['U0BOT'] }), uninstalled()]],
    ['only revoked', [revoked({ oauth: ['U1'], bot: ['U0BOT'] })]],
    ['uninstalled twice', [uninstalled(), uninstalled()]],
  ])('%s: the same', async (_, events) => {
    const bot = await withDecision();
    for (const event of events) await bot.deliver(event);
    expect(await rows(bot)).toBe(0);
    expect(await bot.store.inbox.nextDue()).toBeNull();
  });

  it('ignores the revocation of a person’s own token', async () => {
    const bot = await withDecision();
    await bot.deliver(revoked({ oauth: ['U1'], bot: [] }));
    expect(await rows(bot)).toBe(1);
  });

  it('with time to come back: reminders stop at once, data go later', async () => {
    const bot = await withDecision({ eraseAfterMs: 24 * 3_600_000 });
    bot.slack.always('auth.test', () => ({ error: 'account_inactive' }));
    await bot.deliver(uninstalled());
    bot.slack.calls.length = 0;
    const hours = async (count: number): Promise<void> => {
      for (let i = 0; i < count * 4; i++) {
        bot.clock.advance(900_000);
        await bot.bot.idle();
      }
    };
    await hours(23);
    expect(bot.slack.calls).toEqual([]);
    expect(await rows(bot)).toBe(1);
    await hours(2);
    expect(await rows(bot)).toBe(0);
  });

  it('and its token works again in time: nothing is deleted, and reminders come', async () => {
    const bot = await withDecision({ eraseAfterMs: 24 * 3_600_000 });
    await bot.deliver(uninstalled());
    for (let i = 0; i < 30; i++) {
      bot.clock.advance(3_600_000);
      await bot.bot.idle();
    }
    expect(await rows(bot)).toBe(1);
    expect(bot.slack.of('chat.postMessage')).not.toEqual([]);
  });

  it('and there again with the same token: what it does from then on stays', async () => {
    const bot = await withDecision();
    await bot.deliver(uninstalled());
    bot.clock.advance(1_000);
    await bot.deliver(submit({ viewId: 'V2' }));
    for (let i = 0; i < 4; i++) {
      bot.clock.advance(300_000);
      await bot.bot.idle();
    }
    expect(await rows(bot)).toBe(1);
    expect(bot.slack.of('chat.postMessage')).toHaveLength(2); // card and reasoning
  });

  it('what another process wrote at that moment, since it did not know yet, is deleted, too', async () => {
    const bot = await withDecision();
    await bot.store.installations.save(INSTALLATION);
    bot.slack.always('auth.test', () => ({ error: 'account_inactive' }));
    await bot.deliver(uninstalled());
    await bot.deliver(submit({ viewId: 'V2' }));
    expect(await rows(bot)).toBe(1);
    for (let i = 0; i < 4; i++) {
      bot.clock.advance(300_000);
      await bot.bot.idle();
    }
    expect(await rows(bot)).toBe(0);
    expect(await bot.store.tenants.nextErasure()).toBeNull();
  });

  it('what can’t be deleted now keeps nobody else waiting, and is tried again', async () => {
    const bot = await withDecision();
    for (const { tenants } of bot.stores) {
      const erase = tenants.erase.bind(tenants);
      let failures = 1;
      tenants.erase = async (tenant, ...rest) => {
        if (tenant === 'T0' && failures-- > 0) throw new Error('statement timeout');
        return erase(tenant, ...rest);
      };
    }
    await bot.store.tenants.leave('T0', 1, 1, 1);
    await bot.deliver(uninstalled());
    expect(await rows(bot)).toBe(0);
    expect(await bot.store.tenants.listToErase(1, 10)).toEqual(['T0']);
    for (let i = 0; i < 4; i++) {
      bot.clock.advance(300_000);
      await bot.bot.idle();
    }
    expect(await bot.store.tenants.nextErasure()).toBeNull();
  });

  it('is on disk before Slack hears that it has arrived', async () => {
    const bot = await withDecision();
    await expect(bot.deliver(uninstalled(), { ackFails: true })).rejects.toThrow();
    await bot.bot.idle();
    expect(await rows(bot)).toBe(0);
  });

  it('is not acknowledged where it could not be kept, so that it comes again', async () => {
    const bot = await withDecision();
    await bot.loseDatabase();
    await expect(bot.deliver(uninstalled())).rejects.toThrow();
  });

  it('and installed again before the bot was started: the word of it, late, deletes nothing', async () => {
    const bot = await startBot();
    const confirmed = bot.stores.map(({ tenants }) => vi.spyOn(tenants, 'comeBack'));
    await bot.deliver(submit());
    for (let i = 0; i < 3; i++) await bot.deliver(command('help'));
    // Each instance finds out in the background that its token works.
    await vi.waitFor(() => {
      for (const { mock } of confirmed) expect(mock.settledResults.at(-1)?.type).toBe('fulfilled');
    });
    await bot.deliver({ ...uninstalled(), event_time: AT - 60 });
    await bot.deliver({ ...revoked({ bot: ['U0BOT'] }), event_time: AT - 60 });
    expect(await rows(bot)).toBe(1);
    expect(await bot.store.tenants.nextErasure()).toBeNull();
  });

  it('and installed again through another instance: its old token is forgotten, and its data stays', async () => {
    const forgotten: string[] = [];
    const bot = await withDecision({
      remembering: { tokenConfirmedAt: () => null, forget: (tenant) => void forgotten.push(tenant) },
    });
    await bot.store.installations.save(installation({ tenant: 'T1', installedAt: AT * 1_000 }));
    await bot.deliver({ ...uninstalled(), event_time: AT - 60 });
    expect(forgotten).toContain('T1');
    expect(await rows(bot)).toBe(1);
    expect(await bot.store.tenants.nextErasure()).toBeNull();
  });

  it.each([
    ['that names no workspace', { team_id: null, enterprise_id: 'E1' }],
    ['and no authorization is left', { team_id: null, enterprise_id: 'E1', authorizations: [] }],
  ])('by an organisation, with an event %s: its data go', async (_, from) => {
    const bot = await startBot();
    await bot.store.homes.markOpened('E1', 'U1');
    await bot.deliver({ ...uninstalled(), ...from });
    expect(await bot.store.homes.listOpened('E1', ['U1'])).toEqual([]);
  });

  it('in one workspace of an organisation, the others keep theirs', async () => {
    const bot = await withDecision();
    const inOrg = { team_id: 'T1', enterprise_id: 'E1', is_enterprise_install: true };
    await bot.deliver({ ...uninstalled(), authorizations: [inOrg] });
    expect(await rows(bot)).toBe(1);
  });
});

it('a dialog that was open when the app was uninstalled stays, and says so', async () => {
  const bot = await startBot({ authorize: async () => ({ notInstalled: true }) });
  const { acks } = await bot.deliver(submit({}));
  expect(acks).toEqual([
    {
      response_action: 'errors',
      errors: { project: expect.stringContaining('isn’t installed in this workspace') },
    },
  ]);
});
