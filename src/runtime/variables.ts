// Reads the variables that the bot and its commands share.
import { z } from 'zod';
import { COMMAND } from '../blocks/ids.ts';
import { DEFAULT_DATABASE, parseDatabase } from './environment.ts';
import { parseKeys } from './seal.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** Returns the variables that have a value. An empty one counts as not set, so `.env.example` can list all of them. */
export const nonEmptyVariables = (env: Env): Env =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));

export const requiredVariable = (what: string) => z.string({ error: `is missing: ${what}` });

export interface Variables {
  /** The path of an SQLite file, or postgres://… */
  readonly DATABASE_URL: string;
  /** The command's name, with the slash. */
  readonly SLASH_COMMAND: string;
  /** The first key encrypts, all decrypt. */
  readonly TOKEN_ENCRYPTION_KEY: readonly Buffer[];
}

export const SHARED_VARIABLES: { readonly [Name in keyof Variables]: z.ZodType<Variables[Name]> } = {
  DATABASE_URL: z
    .string()
    .default(DEFAULT_DATABASE)
    .transform((value, context) => {
      const parsed = parseDatabase(value);
      if (parsed.ok) return parsed.database;
      context.addIssue(parsed.problem);
      return z.NEVER;
    }),
  SLASH_COMMAND: z
    .string()
    .regex(
      /^\/[a-z0-9_-]{1,31}$/,
      'must be a slash command such as /django-or-flask, in lower case, with 2 to 32 characters',
    )
    .default(COMMAND),
  TOKEN_ENCRYPTION_KEY: requiredVariable('make one with: openssl rand -base64 32').transform(
    (value, context) => {
      const parsed = parseKeys(value);
      if (parsed.ok) return parsed.keys;
      context.addIssue(parsed.problem);
      return z.NEVER;
    },
  ),
};

type ReadVariable<Name extends keyof Variables> =
  | { readonly ok: true; readonly value: Variables[Name] }
  /** `problem` names the variable, and never contains its value. */
  | { readonly ok: false; readonly problem: string };

/** Checks one variable as the bot does when it starts, for commands that need no others. */
export function readVariable<Name extends keyof Variables>(name: Name, env: Env): ReadVariable<Name> {
  const { success, data, error } = SHARED_VARIABLES[name].safeParse(nonEmptyVariables(env)[name]);
  return success
    ? { ok: true, value: data }
    : { ok: false, problem: `${name} ${error.issues[0]?.message ?? 'is not valid'}` };
}
