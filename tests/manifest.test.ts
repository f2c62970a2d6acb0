import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SHORTCUTS } from '../src/blocks/ids.ts';
import { loadConfig } from '../src/config.ts';

const manifest = parse(readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8'));

describe('manifest.yml', () => {
  it('names the command that the bot listens to', () => {
    const loaded = loadConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' });
    expect(manifest.features.slash_commands.map((c: { command: string }) => c.command)).toEqual([
      loaded.ok ? loaded.config.slashCommand : '',
    ]);
  });

  it('names the shortcut that the bot listens to', () => {
    expect(manifest.features.shortcuts).toMatchObject([
      { type: 'message', callback_id: SHORTCUTS.djangoOrFlask },
    ]);
    // Slack's limit for the name in a message's menu.
    expect(manifest.features.shortcuts[0].name.length).toBeLessThanOrEqual(24);
    expect(manifest.features.shortcuts[0].description.length).toBeLessThanOrEqual(150);
  });

  it('asks for these scopes and no others', () => {
    expect(manifest.oauth_config.scopes).toEqual({
      bot: ['commands', 'chat:write', 'channels:join', 'app_mentions:read', 'files:write', 'users:read'],
    });
  });

  it('switches on what the bot needs', () => {
    expect(manifest.settings).toMatchObject({
      socket_mode_enabled: true,
      event_subscriptions: { bot_events: ['app_home_opened', 'app_mention'] },
      interactivity: { is_enabled: true },
    });
  });

  it('keeps to Slack’s lengths', () => {
    const { name, description } = manifest.display_information;
    expect(name.length).toBeLessThanOrEqual(35);
    expect(description.length).toBeLessThanOrEqual(140);
    expect(manifest.features.bot_user.display_name.length).toBeLessThanOrEqual(80);
  });
});
