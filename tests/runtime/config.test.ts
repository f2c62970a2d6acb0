import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/runtime/config.ts';

const SOCKET = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const HTTP = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'abcdefgh' };

function configOf(env: Record<string, string>) {
  const loaded = loadConfig(env);
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  return loaded.config;
}

function problemsOf(env: Record<string, string>): readonly string[] {
  const loaded = loadConfig(env);
  return loaded.ok ? [] : loaded.problems;
}

describe('loadConfig', () => {
  it('needs a token and one way for Slack to reach the bot', () => {
    expect(configOf(SOCKET).transport).toEqual({ kind: 'socket', appToken: 'xapp-1', pages: null });
    expect(configOf(HTTP).transport).toEqual({
      kind: 'http',
      signingSecret: 'abcdefgh',
      host: '::',
      port: 3000,
    });
    expect(configOf({ ...SOCKET, ...HTTP }).transport.kind).toBe('socket');
  });

  it('fills in the rest', () => {
    expect(configOf(SOCKET)).toMatchObject({
      database: 'data/django-or-flask.db',
      slackApiUrl: undefined,
      slashCommand: '/django-or-flask',
      logLevel: 'info',
    });
  });

  it('serves health and metrics in Socket Mode where a port is asked for', () => {
    expect(configOf({ ...SOCKET, PORT: '8080' }).transport).toMatchObject({
      pages: { host: '::', port: 8080 },
    });
  });

  describe('for many workspaces', () => {
    const BYTES = randomBytes(32);
    const KEY = BYTES.toString('base64');
    const MANY = {
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'c'.repeat(32),
      SLACK_STATE_SECRET: 's'.repeat(32),
      SLACK_SIGNING_SECRET: 'abcdefgh',
      TOKEN_ENCRYPTION_KEY: KEY,
      PUBLIC_URL: 'https://bot.example.org/',
    };

    it('takes everything together, over HTTP', () => {
      const config = configOf(MANY);
      expect(config.transport.kind).toBe('http');
      expect(config.workspaces).toMatchObject({
        kind: 'many',
        clientId: '1.2',
        publicUrl: 'https://bot.example.org',
        encryptionKeys: [BYTES],
      });
      expect(config).toMatchObject({
        retentionDays: null,
        eraseAfterDays: 30,
        supportUrl: null,
        privacyUrl: null,
      });
    });

    it('names all that is missing as soon as one of them is there', () => {
      expect(problemsOf({ PUBLIC_URL: 'https://bot.example.org' })).toEqual([
        expect.stringMatching(/^SLACK_CLIENT_ID is missing: /),
        expect.stringMatching(/^SLACK_CLIENT_SECRET is missing: /),
        expect.stringMatching(/^SLACK_STATE_SECRET is missing: /),
        expect.stringMatching(/^TOKEN_ENCRYPTION_KEY is missing: /),
        expect.stringMatching(/^SLACK_SIGNING_SECRET is missing: /),
      ]);
    });

    it('refuses the variables of one workspace beside them', () => {
      const problems = problemsOf({ ...MANY, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' });
      expect(problems).toEqual([
        expect.stringMatching(/^SLACK_BOT_TOKEN is for one workspace, but SLACK_CLIENT_ID, /),
        expect.stringMatching(/^SLACK_APP_TOKEN is for one workspace/),
      ]);
    });

    it.each([
      ['TOKEN_ENCRYPTION_KEY', 'short'],
      ['TOKEN_ENCRYPTION_KEY', `${KEY},${KEY}`],
      ['PUBLIC_URL', 'http://bot.example.org'],
      ['PUBLIC_URL', 'https://bot.example.org/?x=1'],
      ['SLACK_STATE_SECRET', 'tooshort'],
      ['RETENTION_DAYS', '99999'],
      ['RETENTION_DAYS', '1.5'],
      ['ERASE_AFTER_DAYS', 'never'],
      ['SUPPORT_URL', 'ftp://help'],
      ['METRICS_TOKEN', 'short'],
    ])('refuses %s=%s without repeating the value', (name, value) => {
      const problems = problemsOf({ ...MANY, [name]: value });
      expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} `))]);
      expect(problems.join()).not.toContain(value);
    });
  });

  it('takes an empty variable as not set', () => {
    expect(configOf({ ...SOCKET, LOG_LEVEL: '', SLASH_COMMAND: ' ' }).slashCommand).toBe('/django-or-flask');
  });

  it('names everything that is missing, at once', () => {
    expect(problemsOf({})).toEqual([
      expect.stringMatching(/^SLACK_BOT_TOKEN is missing: /),
      expect.stringMatching(/^SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is missing: /),
    ]);
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'xoxp-not-a-bot'],
    ['SLACK_APP_TOKEN', 'xoxb-not-an-app'],
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://db/x'],
    ['DATABASE_URL', 'jdbc:postgresql://host/db'],
    ['DATABASE_URL', 'https://x/y'],
    ['DATABASE_URL', 'sqlserver:host'],
    ['DATABASE_URL', 'postgres:/x'],
    ['DATABASE_URL', 'postgres:host/db'],
    ['DATABASE_URL', 'postgres:///db'],
    ['DATABASE_URL', 'postgres://user@/db'],
    ['DATABASE_URL', 'postgres://a b/c'],
    ['DATABASE_URL', 'postgres://user:se#cret@host/db'],
    ['DATABASE_URL', 'POSTGRES://host/db'],
    ['DATABASE_URL', 'Sqlite:bot.db'],
    ['DATABASE_URL', 'sqlite://bot.db'],
    ['DATABASE_URL', 'file:///srv/bot.db'],
    ['DATABASE_URL', 'postgresql+psycopg://host/db'],
    ['DATABASE_URL', 'mongodb+srv://host/db'],
    ['DATABASE_URL', 'host:5432/db'],
    ['DATABASE_URL', '"postgres://host/db"'],
    ['DATABASE_URL', "'bot.db'"],
    ['DATABASE_URL', ':memory:'],
    ['DATABASE_URL', 'sqlite::memory:'],
    ['DATABASE_URL', 'file:bot.db?mode=memory'],
    ['DATABASE_URL', 'sqlite:file:bot.db'],
    ['DATABASE_URL', 'sqlite:'],
    ['DATABASE_URL', ' file: '],
    ['DATABASE_URL', 'host=localhost dbname=bot'],
    ['DATABASE_URL', 'Data Source=bot.db'],
    ['DATABASE_URL', 'DATABASE_URL=bot.db'],
    ['DATABASE_URL', '~/bot.db'],
    ['DATABASE_URL', '$HOME/bot.db'],
    ['DATABASE_URL', 'bot.db?mode=ro'],
    ['DATABASE_URL', 'localhost/db'],
    ['DATABASE_URL', 'bot.db"'],
    ['DATABASE_URL', 'null'],
    ['SLACK_API_URL', 'http://slack.example/api/'],
    ['SLACK_API_URL', 'http://127.0.0.1.example/api/'],
    ['SLACK_API_URL', 'nowhere'],
    ['SLASH_COMMAND', 'no-slash'],
    ['SLASH_COMMAND', '/Django'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s without repeating the value', (name, value) => {
    const problems = problemsOf({ ...SOCKET, [name]: value });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} must be `))]);
    expect(problems.join()).not.toContain(value);
  });

  it('names several problems together', () => {
    const problems = problemsOf({ SLACK_BOT_TOKEN: 'x', PORT: 'y', LOG_LEVEL: 'z' });
    expect(problems.map((p) => p.split(' ')[0])).toEqual([
      'SLACK_BOT_TOKEN',
      'PORT',
      'LOG_LEVEL',
      'SLACK_APP_TOKEN',
    ]);
  });

  it.each([
    'http://127.0.0.1:9/api',
    'http://localhost:9/api/',
    'http://[::1]:9/api',
    'https://slack.test/api',
  ])('takes %s as another Web API root', (root) =>
    expect(configOf({ ...SOCKET, SLACK_API_URL: root }).slackApiUrl).toMatch(/\/api\/$/),
  );

  it.each([
    ['sqlite:bot.db', 'bot.db'],
    ['file:bot.db', 'bot.db'],
    ['/srv/bot.db', '/srv/bot.db'],
    [' bot.db ', 'bot.db'],
    ['  ', 'data/django-or-flask.db'],
    ['./at 10:30.db', './at 10:30.db'],
    ['C:\\bot\\bot.db', 'C:\\bot\\bot.db'],
    ['c:/bot.db', 'c:/bot.db'],
    ['sqlite:C:/bot.db', 'C:/bot.db'],
    [' postgres://user@host/db ', 'postgres://user@host/db'],
    ['postgresql://[::1]:5433', 'postgresql://[::1]:5433'],
  ])('reads DATABASE_URL %j as the database %j', (value, file) => {
    expect(configOf({ ...SOCKET, DATABASE_URL: value }).database).toBe(file);
  });
});
