import { z } from 'zod';
import { type Env, required, SHARED, setIn } from './variables.ts';

/** Everything the process reads from its environment, checked. */
export interface Config {
  /** For whom the bot is. */
  readonly workspaces: OneWorkspace | ManyWorkspaces;
  /** How Slack reaches the bot. */
  readonly transport:
    | {
        readonly kind: 'socket';
        readonly appToken: string;
        /** Where health and metrics are served; null for nowhere. */
        readonly pages: { readonly host: string; readonly port: number } | null;
      }
    | { readonly kind: 'http'; readonly signingSecret: string; readonly host: string; readonly port: number };
  /** Path of an SQLite file, or postgres://… */
  readonly database: string;
  /** Web API root with a trailing slash; undefined means Slack's own. */
  readonly slackApiUrl: string | undefined;
  readonly slashCommand: string;
  readonly logLevel: LogLevel;
  /** Where people find help; null for nowhere. */
  readonly supportUrl: string | null;
  /** The privacy policy; null for the bot's own page. */
  readonly privacyUrl: string | null;
  /** How long a decision is kept after something last happened to it, in days; null for as long as the app is there. */
  readonly retentionDays: number | null;
  /** How long a workspace's data is kept after it removed the app, in days; its tokens are deleted at once. */
  readonly eraseAfterDays: number;
  /** Whoever has it may read the metrics; null: from this machine only. */
  readonly metricsToken: string | null;
}

/** With a token from the environment. */
export interface OneWorkspace {
  readonly kind: 'one';
  readonly botToken: string;
}

/** Whoever installs the app, by OAuth. */
export interface ManyWorkspaces {
  readonly kind: 'many';
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  /** The first one seals tokens, all of them open them. */
  readonly encryptionKeys: readonly Buffer[];
  /** Where the app is reached, without a slash at the end. */
  readonly publicUrl: string;
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LoadedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

const botToken = z.string().regex(/^xoxb-\S+$/, 'must be a bot token; those start with xoxb-');

/** Over https, or on this machine. */
function isSafe(value: string): boolean {
  const url = URL.parse(value);
  if (!url) return false;
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback);
}

const slackApiUrl = z
  .string()
  .refine(
    isSafe,
    'must be an https address such as https://slack.com/api/ (plain http only on loopback): it receives your tokens',
  );

const page = z.string().refine(isSafe, 'must be an https address');
const secret = (what: string) =>
  required(what).regex(/^\S{16,}$/, 'must be at least 16 characters without spaces');
const days = (least: number) => {
  const problem = `must be a whole number of days from ${least} to 3650`;
  return z
    .string()
    .regex(/^\d{1,4}$/, problem)
    .transform(Number)
    .refine((value) => value >= least && value <= 3_650, problem);
};

/** For a bot of many workspaces: all of these, and none of the one workspace's. */
const many = z.object({
  SLACK_CLIENT_ID: required('the Client ID under "Basic Information"').regex(
    /^[\w.-]+$/,
    'must be the Client ID under "Basic Information"',
  ),
  SLACK_CLIENT_SECRET: secret('the Client Secret under "Basic Information"'),
  SLACK_STATE_SECRET: secret('a secret of your own; make one with: openssl rand -base64 32'),
  TOKEN_ENCRYPTION_KEY: SHARED.TOKEN_ENCRYPTION_KEY,
  PUBLIC_URL: required('the https address of this bot, such as https://bot.example.org')
    .refine(
      (value) => isSafe(value) && URL.parse(value)?.search === '' && URL.parse(value)?.hash === '',
      'must be an https address such as https://bot.example.org (plain http only on loopback)',
    )
    .transform((value) => value.replace(/\/+$/, '')),
});

const MANY = Object.keys(many.shape);
/** What belongs to one workspace, and would be ignored without a word. */
const ONE = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'];

const environment = z.object({
  SLACK_BOT_TOKEN: botToken.optional(),
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
  DATABASE_URL: SHARED.DATABASE_URL,
  SLACK_API_URL: slackApiUrl.optional(),
  SLASH_COMMAND: SHARED.SLASH_COMMAND,
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  METRICS_TOKEN: z
    .string()
    .regex(/^\S{16,}$/, 'must be at least 16 characters without spaces')
    .optional(),
  SUPPORT_URL: page.optional(),
  PRIVACY_URL: page.optional(),
  RETENTION_DAYS: days(1).optional(),
  ERASE_AFTER_DAYS: days(0).default(30),
});

/** Checks the environment. Names every problem at once, and never a value, because it may be a secret. */
export function loadConfig(env: Env): LoadedConfig {
  const set = setIn(env);
  const problems: string[] = [];
  const check = <T>(schema: z.ZodType<T>): T | null => {
    const { data, error } = schema.safeParse(set);
    problems.push(...(error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`));
    return data ?? null;
  };
  const e = check(environment);
  const workspaces = MANY.some((name) => name in set)
    ? manyIn(set, check(many), problems)
    : oneIn(set, problems);
  if (problems.length > 0 || !e || !workspaces) return { ok: false, problems };
  return {
    ok: true,
    config: {
      workspaces,
      // With both set, Socket Mode wins: an app that has it switched on gets nothing over HTTP.
      transport:
        e.SLACK_APP_TOKEN !== undefined
          ? {
              kind: 'socket',
              appToken: e.SLACK_APP_TOKEN,
              // A bot that opens the connection itself needs no port unless somebody asks for one.
              pages: set.PORT === undefined ? null : { host: e.HOST, port: e.PORT },
            }
          : { kind: 'http', signingSecret: e.SLACK_SIGNING_SECRET ?? '', host: e.HOST, port: e.PORT },
      database: e.DATABASE_URL,
      slackApiUrl: e.SLACK_API_URL?.replace(/\/*$/, '/'),
      slashCommand: e.SLASH_COMMAND,
      logLevel: e.LOG_LEVEL,
      supportUrl: e.SUPPORT_URL ?? null,
      privacyUrl: e.PRIVACY_URL ?? null,
      retentionDays: e.RETENTION_DAYS ?? null,
      eraseAfterDays: e.ERASE_AFTER_DAYS,
      metricsToken: e.METRICS_TOKEN ?? null,
    },
  };
}

function oneIn(set: Env, problems: string[]): OneWorkspace | null {
  if (set.SLACK_BOT_TOKEN === undefined) {
    problems.push(
      'SLACK_BOT_TOKEN is missing: the Bot User OAuth Token of your Slack app, under "OAuth & Permissions"',
    );
  }
  if (set.SLACK_APP_TOKEN === undefined && set.SLACK_SIGNING_SECRET === undefined) {
    problems.push(
      'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is missing: the app-level token (xapp-…) for Socket Mode, or the signing secret for HTTP',
    );
  }
  return { kind: 'one', botToken: set.SLACK_BOT_TOKEN ?? '' };
}

function manyIn(set: Env, read: z.infer<typeof many> | null, problems: string[]): ManyWorkspaces | null {
  for (const name of ONE) {
    if (set[name] === undefined) continue;
    problems.push(
      `${name} belongs to a bot of one workspace, but ${MANY.filter((other) => other in set).join(', ')} to one of many: remove it, or those`,
    );
  }
  if (set.SLACK_SIGNING_SECRET === undefined) {
    problems.push('SLACK_SIGNING_SECRET is missing: the Signing Secret under "Basic Information"');
  }
  if (!read) return null;
  return {
    kind: 'many',
    clientId: read.SLACK_CLIENT_ID,
    clientSecret: read.SLACK_CLIENT_SECRET,
    stateSecret: read.SLACK_STATE_SECRET,
    encryptionKeys: read.TOKEN_ENCRYPTION_KEY,
    publicUrl: read.PUBLIC_URL,
  };
}
