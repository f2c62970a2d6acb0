import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readSurfaces } from '../../packages/local-slack/app-manifest.ts';
import { findManifestProblems } from '../../packages/local-slack/rules/manifest-rules.ts';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import { UNSURE } from '../../src/advice/rubric/schema.ts';
import { SHORTCUTS, STEP } from '../../src/blocks/ids.ts';
import { manifestToYaml } from '../../src/manifest/as-yaml.ts';
import { manifestFiles } from '../../src/manifest/files.ts';
import { buildManifest, type ManifestOptions, type ManifestTarget } from '../../src/manifest/manifest.ts';
import { EVENTS, INSTALLATION_EVENTS, SCOPES, STEP_EVENTS } from '../../src/manifest/permissions.ts';
import { loadConfig } from '../../src/runtime/config.ts';

const rubric = loadRubric();

const { questions } = rubric;
const SOCKET: ManifestTarget = { kind: 'socket' };
const HTTP: ManifestTarget = { kind: 'http', publicUrl: 'https://bot.example.org' };
const made = (target: ManifestTarget, options: Partial<ManifestOptions> = {}) =>
  buildManifest(target, { questions, withFunction: true, ...options });

describe('the files', () => {
  it.each(manifestFiles(questions))('$path is what `npm run manifest` writes', ({ path, content }) => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(content);
  });

  it.each([SOCKET, HTTP])('over $kind they say the same to every reader of YAML', (target) => {
    const source = made(target);
    // The older version takes "yes" and "no", which are options of the rubric, for true and false.
    for (const version of ['1.1', '1.2'] as const) {
      expect(parse(manifestToYaml(source), { version })).toEqual(source);
    }
  });

  it.each([SOCKET, HTTP])('over $kind they give the reason for everything that is asked for', (target) => {
    const { oauth_config, settings } = made(target);
    const asked = [...oauth_config.scopes.bot, ...settings.event_subscriptions.bot_events];
    const known = [...SCOPES, ...EVENTS, ...STEP_EVENTS, ...INSTALLATION_EVENTS];
    for (const name of asked) {
      const why = known.find((item) => item.name === name)?.why;
      expect(manifestToYaml(made(target))).toContain(`      - ${name} # ${why}\n`);
    }
  });
});

describe('both', () => {
  it.each([SOCKET, HTTP])('over $kind name what the bot listens to', (target) => {
    const loaded = loadConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' });
    expect(made(target)).toMatchObject({
      features: {
        slash_commands: [{ command: loaded.ok ? loaded.config.slashCommand : '' }],
        shortcuts: [{ type: 'message', callback_id: SHORTCUTS.djangoOrFlask }],
      },
      functions: { [STEP.callback]: { title: 'Recommend Django or Flask' } },
    });
  });

  it.each([SOCKET, HTTP])('over $kind ask for these scopes and no others', (target) => {
    expect(made(target).oauth_config.scopes).toEqual({
      bot: ['commands', 'chat:write', 'channels:join', 'app_mentions:read', 'files:write', 'users:read'],
    });
  });

  it('differ in how Slack reaches the app, and in nothing else', () => {
    const { oauth_config: _, settings: __, features, ...socket } = made(SOCKET);
    expect(made(HTTP)).toMatchObject(socket);
    expect(made(HTTP)).toMatchObject({ features });
  });

  it('carry another command where one is configured', () => {
    expect(made(SOCKET, { command: '/df' }).features.slash_commands).toMatchObject([{ command: '/df' }]);
  });
});

describe('for Slack', () => {
  const LONG: ManifestTarget = { kind: 'http', publicUrl: `https://bot.example.org/${'x'.repeat(2_376)}` };

  it.each([
    ['over Socket Mode', SOCKET],
    ['over HTTP', HTTP],
    ['over HTTP, at the longest address that --url takes', LONG],
  ])('keeps the rules %s, with the step and without', (_, target) => {
    for (const withFunction of [true, false]) {
      expect(findManifestProblems(made(target, { withFunction }))).toEqual([]);
    }
  });
});

describe('for one workspace', () => {
  it('needs no address', () => {
    expect(JSON.stringify(made(SOCKET))).not.toContain('http');
    expect(made(SOCKET).settings).toEqual({
      event_subscriptions: { bot_events: ['app_home_opened', 'app_mention', 'function_executed'] },
      interactivity: { is_enabled: true },
      org_deploy_enabled: true,
      socket_mode_enabled: true,
      token_rotation_enabled: false,
      function_runtime: 'remote',
    });
  });

  it('is understood by the playground', () => {
    const [file] = manifestFiles(questions);
    expect(readSurfaces(file?.content ?? '')).toMatchObject({
      name: 'Django or Flask',
      commands: [{ name: '/django-or-flask' }],
      shortcuts: [{ id: SHORTCUTS.djangoOrFlask }],
      hasHome: true,
    });
  });
});

describe('for distribution', () => {
  it('has Slack call the address that it is given', () => {
    const request_url = 'https://bot.example.org/slack/events';
    expect(made({ kind: 'http', publicUrl: 'https://bot.example.org/' })).toEqual(made(HTTP));
    expect(made(HTTP)).toMatchObject({
      features: { slash_commands: [{ url: request_url }] },
      oauth_config: { redirect_urls: ['https://bot.example.org/slack/oauth_redirect'] },
    });
    expect(made(HTTP).settings).toEqual({
      event_subscriptions: {
        request_url,
        bot_events: [
          'app_home_opened',
          'app_mention',
          'function_executed',
          'app_uninstalled',
          'tokens_revoked',
        ],
      },
      interactivity: { is_enabled: true, request_url },
      org_deploy_enabled: true,
      socket_mode_enabled: false,
      token_rotation_enabled: true,
      function_runtime: 'remote',
    });
  });

  it('has no step unless told, since Slack would not let it be distributed to everybody', () => {
    expect(buildManifest(HTTP, { questions })).toEqual(made(HTTP, { withFunction: false }));
    const [, file] = manifestFiles(questions);
    expect(file?.content).not.toContain('functions:');
  });

  it('says where the step stands in the way, and only while it is there', () => {
    expect(manifestToYaml(made(HTTP))).toContain('--without-step');
    expect(manifestToYaml(made(HTTP, { withFunction: false }))).not.toContain('step for workflows into');
  });
});

describe('the step', () => {
  const { input_parameters: inputs, output_parameters: outputs } =
    made(SOCKET).functions?.[STEP.callback] ?? {};

  it('asks for project and channel, and takes an answer to every question', () => {
    expect(Object.keys(inputs?.properties ?? {})).toEqual([
      'project',
      'channel',
      'asker',
      ...questions.map((q) => q.id),
    ]);
    expect(inputs?.required).toEqual(['project', 'channel']);
    expect(inputs?.properties.channel).toMatchObject({ type: 'slack#/types/channel_id' });
    expect(inputs?.properties.asker).toMatchObject({ type: 'slack#/types/user_id' });
  });

  it.each(questions)('offers the answers to $id in the words of the dialog, and "Not sure"', (question) => {
    const answers = question.options.map(({ id, label }) => ({ value: id, title: label }));
    expect(inputs?.properties[question.id]).toEqual({
      type: 'string',
      title: question.text,
      enum: [...question.options.map(({ id }) => id), UNSURE],
      choices: [...answers, { value: UNSURE, title: 'Not sure' }],
    });
  });

  it('gives verdict, strength, link and summary', () => {
    expect(Object.keys(outputs?.properties ?? {})).toEqual(Object.keys(STEP.outputs));
    expect(outputs?.required).toEqual(['verdict', 'strength', 'permalink', 'summary']);
  });

  it('leaves nothing behind where it is switched off', () => {
    const without = made(SOCKET, { withFunction: false });
    expect(without).not.toHaveProperty('functions');
    expect(without.settings).not.toHaveProperty('function_runtime');
    expect(without.settings.org_deploy_enabled).toBe(false);
    expect(without.settings.event_subscriptions.bot_events).not.toContain('function_executed');
    expect(made(HTTP, { withFunction: false }).settings.org_deploy_enabled).toBe(true);
  });
});
