import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PageClient } from '../support/page-client.ts';
import { startBin } from '../support/run-bin.ts';

const ECHO = fileURLToPath(new URL('../echo/', import.meta.url));

it('has twelve lines', () => {
  expect(readFileSync(`${ECHO}app.js`, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(12);
});

describe.each(['socket', 'http'])('an app of twelve lines over %s', (transport) => {
  const start = () =>
    startBin(['--manifest', 'manifest.yml', '--transport', transport, '--', 'node', 'app.js'], ECHO);

  it('answers a command in the channel and a button in the message', async () => {
    const { url } = await start();
    const ana = new PageClient(url, 'U0ANA');
    const ben = new PageClient(url, 'U0BEN');
    expect(await ana.act({ do: 'send', channel: 'C0WEB', text: '/echo hello there' })).toBeNull();
    const posted = await ben.until(({ messages }) => messages.find(({ text }) => text === 'hello there'));
    expect(posted).toMatchObject({ channel: 'C0WEB', user: 'U0BOT', ephemeral: false });
    const [section] = posted.blocks;
    expect(section).toMatchObject({
      text: { text: 'hello there' },
      accessory: { text: { text: 'Shout' }, action_id: 'shout' },
    });

    const { ts, channel } = posted;
    const block = String(section?.block_id);
    expect(await ben.act({ do: 'press', channel, ts, action: 'shout', block })).toBeNull();
    await ana.until(({ messages }) => messages.find(({ text }) => text === 'HELLO THERE'));
    expect(await ana.act({ do: 'send', channel, text: '/shout' })).toBe(
      '/shout is not a valid command. Try /echo.',
    );
  });

  it('gives its name to what people read', async () => {
    const { child, ended, lines, url, log } = await start();
    expect(lines[1]).toBe('Type /echo [words] in a channel. Press Ctrl-C to stop.');
    expect(log).toContain('echo-playground-');
    expect(await (await fetch(url)).text()).toContain('<title>Playground · /echo</title>');
    expect((await new PageClient(url, 'U0ANA').snapshot()).bot.name).toBe('echo');
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(existsSync(dirname(log))).toBe(false);
  });
});
