// Reads the bot's configuration from the environment.
import { z } from 'zod';
import { type Env, nonEmptyVariables, requiredVariable, SHARED_VARIABLES } from './variables.ts';

/** The checked configuration. */
export interface Config {
  /** One workspace with its token, or every workspace that installs the app. */
  readonly workspaces: OneWorkspace | ManyWorkspaces;
  /** How payloads reach the bot. */
  readonly transport:
    | {
        readonly kind: 'socket';
        readonly appToken: string;
        /** Address of the bot's own pages, such as /healthz; null to serve none. */
        readonly pages: { readonly host: string; readonly port: number } | null;
      }
    | { readonly kind: 'http'; readonly signingSecret: string; readonly host: string; readonly port: number };
  /** The path of an SQLite file, or postgres://… */
  readonly database: string;
  /** Web API root URL with a trailing slash; undefined for Slack's own. */
  readonly slackApiUrl: string | undefined;
  readonly slashCommand: string;
  readonly logLevel: LogLevel;
  /** Help page; null if there is none. */
  readonly supportUrl: string | null;
  /** Privacy policy; null for the bot's own page. */
  readonly privacyUrl: string | null;
  /** Days to keep a decision after its last change; null to keep it as long as the app is installed. */
  readonly retentionDays: number | null;
  /** Days to keep a workspace's data after it removed the app. Its tokens are deleted at once. */
  readonly eraseAfterDays: number;
  /** Token for reading the metrics. If null, only this machine can read them. */
  readonly metricsToken: string | null;
}

/** A bot for one workspace, with a token from the environment. */
export interface OneWorkspace {
  readonly kind: 'one';
  readonly botToken: string;
}

/** A bot for every workspace that installs the app by OAuth. */
export interface ManyWorkspaces {
  readonly kind: 'many';
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  /** The first key encrypts tokens, all decrypt. */
  readonly encryptionKeys: readonly Buffer[];
  /** The bot's public address, without a trailing slash. */
  readonly publicUrl: string;
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LoadedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

const botToken = z.string().regex(/^xoxb-\S+$/, 'must be a bot token, which starts with xoxb-');

/** Returns true for an https URL, and for http on loopback. */
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
    'must be an https address such as https://slack.com/api/, because it receives your tokens; http works only on loopback',
  );

const page = z.string().refine(isSafe, 'must be an https address');
const secret = (what: string) =>
  requiredVariable(what).regex(/^\S{16,}$/, 'must be at least 16 characters without spaces');
const days = (least: number) => {
  const problem = `must be a whole number of days from ${least} to 3650`;
  return z
    .string()
    .regex(/^\d{1,4}$/, problem)
    .transform(Number)
    .refine((value) => value >= least && value <= 3_650, problem);
};

/** Variables of a bot for many workspaces. It needs all of these, and none in `ONE_WORKSPACE_VARIABLES`. */
const many = z.object({
  SLACK_CLIENT_ID: requiredVariable('copy the Client ID under "Basic Information"').regex(
    /^[\w.-]+$/,
    'must be the Client ID under "Basic Information"',
  ),
  SLACK_CLIENT_SECRET: secret('copy the Client Secret under "Basic Information"'),
  SLACK_STATE_SECRET: secret('make one with: openssl rand -base64 32'),
  TOKEN_ENCRYPTION_KEY: SHARED_VARIABLES.TOKEN_ENCRYPTION_KEY,
  PUBLIC_URL: requiredVariable('set the https address of this bot, such as https://bot.example.org')
    .refine(
      (value) => isSafe(value) && URL.parse(value)?.search === '' && URL.parse(value)?.hash === '',
      'must be an https address such as https://bot.example.org; http works only on loopback',
    )
    .transform((value) => value.replace(/\/+$/, '')),
});

const MANY_WORKSPACES_VARIABLES = Object.keys(many.shape);
/** Variables of a bot for one workspace. A bot for many would silently ignore them, so setting them is an error. */
const ONE_WORKSPACE_VARIABLES = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'];

const environment = z.object({
  SLACK_BOT_TOKEN: botToken.optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-\S+$/, 'must be an app-level token, which starts with xapp-')
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
  DATABASE_URL: SHARED_VARIABLES.DATABASE_URL,
  SLACK_API_URL: slackApiUrl.optional(),
  SLASH_COMMAND: SHARED_VARIABLES.SLASH_COMMAND,
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

/** Checks the environment. Reports every problem at once, and never a value, which may be a secret. */
export function loadConfig(env: Env): LoadedConfig {
  const set = nonEmptyVariables(env);
  const problems: string[] = [];
  const check = <T>(schema: z.ZodType<T>): T | null => {
    const { data, error } = schema.safeParse(set);
    problems.push(...(error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`));
    return data ?? null;
  };
  const e = check(environment);
  const workspaces = MANY_WORKSPACES_VARIABLES.some((name) => name in set)
    ? readManyWorkspaces(set, check(many), problems)
    : readOneWorkspace(set, problems);
  if (problems.length > 0 || !e || !workspaces) return { ok: false, problems };
  return {
    ok: true,
    config: {
      workspaces,
      // If both are set, Socket Mode wins: Slack sends nothing over HTTP to an app with Socket Mode.
      transport:
        e.SLACK_APP_TOKEN !== undefined
          ? {
              kind: 'socket',
              appToken: e.SLACK_APP_TOKEN,
              // Over Socket Mode the bot needs no port, so serve pages only if PORT is set.
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

function readOneWorkspace(set: Env, problems: string[]): OneWorkspace | null {
  if (set.SLACK_BOT_TOKEN === undefined) {
    problems.push('SLACK_BOT_TOKEN is missing: copy the Bot User OAuth Token under "OAuth & Permissions"');
  }
  if (set.SLACK_APP_TOKEN === undefined && set.SLACK_SIGNING_SECRET === undefined) {
    problems.push(
      'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is missing: set the app-level token (xapp-…) for Socket Mode, or the signing secret for HTTP',
    );
  }
  return { kind: 'one', botToken: set.SLACK_BOT_TOKEN ?? '' };
}

function readManyWorkspaces(
  set: Env,
  read: z.infer<typeof many> | null,
  problems: string[],
): ManyWorkspaces | null {
  for (const name of ONE_WORKSPACE_VARIABLES) {
    if (set[name] === undefined) continue;
    problems.push(
      `${name} is for one workspace, but ${MANY_WORKSPACES_VARIABLES.filter((other) => other in set).join(', ')} for many: remove one or the other`,
    );
  }
  if (set.SLACK_SIGNING_SECRET === undefined) {
    problems.push('SLACK_SIGNING_SECRET is missing: copy the Signing Secret under "Basic Information"');
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
