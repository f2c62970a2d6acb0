/** Settings and arguments of the commands, validated as in the bot. */

import { TENANT_ID, USER_ID } from '../interactions/well-formed.ts';
import { loadEnvFile } from '../runtime/environment.ts';
import { readVariable, type Variables } from '../runtime/variables.ts';
import { StoreError } from '../store/store.ts';

/** Reads one variable from the environment or `.env`. Throws StoreError if the bot wouldn't start with its value. */
export function readSetting<Name extends keyof Variables>(name: Name): Variables[Name] {
  const problem = loadEnvFile();
  if (problem !== null) throw new StoreError(problem);
  const read = readVariable(name, process.env);
  if (!read.ok) throw new StoreError(read.problem);
  return read.value;
}

/** Checks the argument of --tenant. Throws StoreError if it isn't a Slack workspace or organisation id. */
export function parseTenantId(given: string): string {
  if (TENANT_ID.test(given)) return given;
  throw new StoreError('--tenant must be the id of a workspace or organization, such as T0123 or E0123');
}

/** Checks the argument of --person. Throws StoreError if it isn't a Slack user id. */
export function parsePersonId(given: string): string {
  if (USER_ID.test(given)) return given;
  throw new StoreError("--person must be a person's member id, such as U0123");
}
