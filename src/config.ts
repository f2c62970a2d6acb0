import { z } from 'zod';
import { COMMAND } from './blocks/ids.ts';

/** Everything the process reads from its environment, checked. The only place that knows the names. */
export interface Config {
  readonly botToken: string;
  /** How Slack reaches the bot. */
  readonly transport:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string; readonly host: string; readonly port: number };
  /** Path of the SQLite file. */
  readonly database: string;
  /** Web API root with a trailing slash; undefined means Slack's own. */
  readonly slackApiUrl: string | undefined;
  readonly slashCommand: string;
  readonly logLevel: LogLevel;
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LoadedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

const required = (what: string) => z.string({ error: `is missing: ${what}` });

const botToken = required('the Bot User OAuth Token of your Slack app, under "OAuth & Permissions"').regex(
  /^xoxb-\S+$/,
  'must be a bot token; those start with xoxb-',
);

const slackApiUrl = z.string().refine((value) => {
  const url = URL.parse(value);
  if (!url) return false;
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback);
}, 'must be an https address such as https://slack.com/api/ (plain http only on loopback): it receives your tokens');

const environment = z.object({
  SLACK_BOT_TOKEN: botToken,
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-\S+$/, 'must be an app-level token; those start with xapp-')
    .optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^\S{8,}$/, 'must be the Signing Secret under "Basic Information", without spaces')
    .optional(),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port number from 0 to 65535')
    .default(3000),
  HOST: z.string().default('::'),
  DATABASE_URL: z
    .string()
    .refine(
      (value) => !/^\w+:\/\//.test(value),
      'must be the path of an SQLite file, such as data/django-or-flask.db',
    )
    .default('data/django-or-flask.db'),
  SLACK_API_URL: slackApiUrl.optional(),
  SLASH_COMMAND: z
    .string()
    .regex(
      /^\/[a-z0-9_-]{1,31}$/,
      'must be a slash command such as /django-or-flask: lower case, 2 to 32 characters',
    )
    .default(COMMAND),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
});

/**
 * Checks the environment. Names every problem at once, and never a value: it may be a secret.
 *
 * @param env an empty variable counts as not set, so that `.env.example` may list all of them
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): LoadedConfig {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = environment.safeParse(set);
  const problems = parsed.success ? [] : parsed.error.issues.map((i) => `${i.path.join('.')} ${i.message}`);
  if (set.SLACK_APP_TOKEN === undefined && set.SLACK_SIGNING_SECRET === undefined) {
    problems.push(
      'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is missing: the app-level token (xapp-…) for Socket Mode, or the signing secret for HTTP',
    );
  }
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  const e = parsed.data;
  return {
    ok: true,
    config: {
      botToken: e.SLACK_BOT_TOKEN,
      // With both set, Socket Mode wins: an app that has it switched on gets nothing over HTTP.
      transport:
        e.SLACK_APP_TOKEN !== undefined
          ? { kind: 'socket', appToken: e.SLACK_APP_TOKEN }
          : { kind: 'http', signingSecret: e.SLACK_SIGNING_SECRET ?? '', host: e.HOST, port: e.PORT },
      database: e.DATABASE_URL.replace(/^(sqlite|file):/, ''),
      slackApiUrl: e.SLACK_API_URL?.replace(/\/*$/, '/'),
      slashCommand: e.SLASH_COMMAND,
      logLevel: e.LOG_LEVEL,
    },
  };
}
