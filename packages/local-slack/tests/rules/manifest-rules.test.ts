import { describe, expect, it } from 'vitest';
import { findManifestProblems } from '../../rules/manifest-rules.ts';
import { manifestFor } from '../support/manifest.ts';

type Path = readonly (string | number)[];

/** A manifest with one value replaced, or deleted if the new value is undefined. */
function changed(path: Path, value: unknown): unknown {
  const copy: unknown = structuredClone(manifestFor('http'));
  const last = path.at(-1) ?? '';
  let place: unknown = copy;
  for (const key of path.slice(0, -1)) place = child(place, key);
  if (typeof place !== 'object' || place === null) throw new Error(`nothing at ${path.join('.')}`);
  if (value === undefined) Reflect.deleteProperty(place, last);
  else Reflect.set(place, last, value);
  return copy;
}

function child(parent: unknown, key: string | number): unknown {
  if (typeof parent !== 'object' || parent === null) throw new Error(`nothing above ${key}`);
  return Reflect.get(parent, key);
}

const step = ['functions', 'book_room'] as const;
const inputs = [...step, 'input_parameters'] as const;
const size = [...inputs, 'properties', 'size'] as const;
const command = ['features', 'slash_commands', 0] as const;
const shortcut = ['features', 'shortcuts', 0] as const;
const events = ['settings', 'event_subscriptions', 'bot_events'] as const;
const bot = ['oauth_config', 'scopes', 'bot'] as const;
const long = (length: number) => 'x'.repeat(length);
const many = (length: number) => Array.from({ length }, (_, i) => `https://bot.example.org/${i}`);
const entries = (length: number, prefix: string, value: unknown) =>
  Object.fromEntries(Array.from({ length }, (_, i) => [`${prefix}_${i}`, value]));
const aStep = {
  title: 'A',
  description: 'B',
  input_parameters: { properties: {} },
  output_parameters: { properties: {} },
};
const aShortcut = { name: 'A', type: 'global', callback_id: 'a', description: 'B' };

describe('accepted', () => {
  it.each([
    ['over Socket Mode', 'socket', true],
    ['over Socket Mode without the step', 'socket', false],
    ['over HTTP', 'http', true],
    ['over HTTP without the step', 'http', false],
  ] as const)('%s', (_, transport, withStep) => {
    expect(findManifestProblems(manifestFor(transport, withStep))).toEqual([]);
  });

  it.each<[string, Path, unknown]>([
    ['a name of 35', ['display_information', 'name'], long(35)],
    ['a description of 140', ['display_information', 'description'], long(140)],
    ['no long description', ['display_information', 'long_description'], undefined],
    ['a long description of 175', ['display_information', 'long_description'], long(175)],
    ['a short colour', ['display_information', 'background_color'], '#abc'],
    ['a command of 32', [...command, 'command'], `/${long(31)}`],
    ['a shortcut of 24', [...shortcut, 'name'], long(24)],
    ['1000 redirect URLs', ['oauth_config', 'redirect_urls'], many(1000)],
    ['an optional scope', ['oauth_config', 'scopes', 'bot_optional'], ['files:write']],
    ['no choices beside the enum', [...size, 'choices'], undefined],
    ['a section that is not checked', ['features', 'unfurl_domains'], ['example.org']],
    ['a setting that is not checked', ['settings', 'is_hosted'], false],
    ['50 inputs', inputs, { properties: entries(50, 'input', { type: 'string' }) }],
  ])('%s', (_, path, value) => {
    expect(findManifestProblems(changed(path, value))).toEqual([]);
  });

  it.each([{}, { _metadata: { major_version: 1 } }])(
    'without a step, also with %j for a version',
    (version) => {
      const { _metadata, ...given } = manifestFor('socket', false);
      expect(findManifestProblems({ ...version, ...given })).toEqual([]);
    },
  );
});

describe('refused', () => {
  it.each<[string, Path, unknown, string?]>([
    ['no name', ['display_information', 'name'], undefined],
    ['an empty name', ['display_information', 'name'], ''],
    ['a name of 36', ['display_information', 'name'], long(36)],
    ['nothing to display', ['display_information'], undefined],
    ['a description of 141', ['display_information', 'description'], long(141)],
    ['a long description of 174', ['display_information', 'long_description'], long(174)],
    ['a long description of 4001', ['display_information', 'long_description'], long(4001)],
    ['a colour by name', ['display_information', 'background_color'], 'green'],
    ['a misspelt section', ['setings'], {}],
    ['a third form of manifests', ['_metadata', 'major_version'], 3],
    ['a step in the first form of manifests', ['_metadata', 'major_version'], 1],
    ['a misspelt key', ['features', 'app_home', 'home_tab'], true],
    ['text for a switch', ['features', 'app_home', 'home_tab_enabled'], 'true'],
    ['a bot with spaces', ['features', 'bot_user', 'display_name'], 'Room Finder'],
    ['a bot of 81', ['features', 'bot_user', 'display_name'], long(81)],
    ['no bot', ['features', 'bot_user'], undefined],
    ['a command without a slash', [...command, 'command'], 'room'],
    ['a command of 33', [...command, 'command'], `/${long(32)}`],
    ['a command with a space', [...command, 'command'], '/room list'],
    ['a command without a description', [...command, 'description'], undefined],
    ['a usage hint of 1001', [...command, 'usage_hint'], long(1001)],
    ['a command over http', [...command, 'url'], 'http://bot.example.org/slack/events'],
    ['a command without an address', [...command, 'url'], undefined],
    ['an empty list of commands', ['features', 'slash_commands'], []],
    ['a shortcut of 25', [...shortcut, 'name'], long(25)],
    ['a shortcut described in 151', [...shortcut, 'description'], long(151)],
    ['a shortcut’s id of 256', [...shortcut, 'callback_id'], long(256)],
    ['a shortcut of another type', [...shortcut, 'type'], 'channel'],
    ['11 shortcuts', ['features', 'shortcuts'], Array.from({ length: 11 }, () => aShortcut)],
    ['an unknown scope', [...bot, 5], 'users:reed'],
    ['a scope twice', [...bot, 5], 'commands'],
    ['a shortcut without its scope', bot, ['chat:write', 'app_mentions:read']],
    ['mentions without their scope', bot, ['chat:write', 'commands']],
    ['an optional scope alone', ['oauth_config', 'scopes', 'bot_optional'], ['pins:read'], '.0'],
    ['a user’s scope for the bot', [...bot, 0], 'search:read'],
    ['1001 redirect URLs', ['oauth_config', 'redirect_urls'], many(1001)],
    ['a redirect URL over http', ['oauth_config', 'redirect_urls', 0], 'http://bot.example.org/slack'],
    ['a redirect URL that is none', ['oauth_config', 'redirect_urls', 0], '://bot'],
    ['an unknown event', [...events, 0], 'app_home_open'],
    ['an event twice', [...events, 1], 'app_home_opened'],
    ['events without an address', ['settings', 'event_subscriptions', 'request_url'], undefined],
    ['events over http', ['settings', 'event_subscriptions', 'request_url'], 'http://bot.example.org'],
    ['interactivity left open', ['settings', 'interactivity', 'is_enabled'], undefined],
    ['a shortcut without interactivity', ['settings', 'interactivity', 'is_enabled'], false],
    ['interactivity without an address', ['settings', 'interactivity', 'request_url'], undefined],
    ['a step without its event', events, ['app_home_opened']],
    ['a step in one workspace’s app', ['settings', 'org_deploy_enabled'], false],
    ['a step that runs nowhere', ['settings', 'function_runtime'], undefined],
    ['a step that runs elsewhere', ['settings', 'function_runtime'], 'lambda'],
    ['a step without a title', [...step, 'title'], undefined],
    ['a step’s title of 256', [...step, 'title'], long(256)],
    ['a step without outputs', [...step, 'output_parameters'], undefined],
    ['a step’s id in camel case', ['functions', 'bookRoom'], aStep],
    ['a step’s id of 101', ['functions', long(101)], aStep],
    ['51 steps', ['functions'], entries(51, 'step', aStep)],
    ['51 inputs', [...inputs, 'properties'], entries(51, 'input', { type: 'string' })],
    ['an input of an unknown type', [...size, 'type'], 'text'],
    ['a channel of an unknown type', [...inputs, 'properties', 'channel', 'type'], 'channel_id'],
    ['an input required in the older way', [...size, 'is_required'], true],
    ['a required input that is not there', [...inputs, 'required', 0], 'name'],
    ['an option without a label', [...size, 'enum', 0], 'medium'],
    ['an option twice', [...size, 'enum', 1], 'small'],
    ['a label for no option', [...size, 'choices', 0, 'value'], 'medium', ''],
    ['a label without words', [...size, 'choices', 0, 'title'], undefined],
  ])('%s', (_, path, value, below = '') => {
    const problems = findManifestProblems(changed(path, value));
    expect(problems.map((problem) => problem.split(': ')[0])).toContain(path.join('.') + below);
  });

  it('what is no manifest at all', () => {
    for (const nothing of [undefined, null, 'manifest', [], 7]) {
      expect(findManifestProblems(nothing)).not.toEqual([]);
    }
  });

  it('names every problem at once', () => {
    const given = { _metadata: { major_version: 2 }, display_information: { name: '' }, functions: { a: 1 } };
    expect(findManifestProblems(given)).toHaveLength(2);
  });
});
