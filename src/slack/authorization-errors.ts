// Passes authorization errors on to the listeners.
import type { AuthorizeResult } from '@slack/bolt';
import type { Installations } from './installation.ts';

/**
 * Wraps Bolt's `authorize` so that it never rejects. Bolt acknowledges and drops a payload that it can't authorize: a
 * dialog would close and silently lose its submission. With the error in the context, listeners can tell the person.
 */
export function deferAuthorizationErrors(authorize: Installations['authorize']): Installations['authorize'] {
  return async (source) => {
    try {
      return await authorize(source);
    } catch (error) {
      return noIdentity(error);
    }
  };
}

const noIdentity = (cause: unknown): AuthorizeResult => ({ authorizationError: { cause } });

/** Throws the error that `authorize` hit, if any. */
export function throwAuthorizationError(context: Readonly<Record<string, unknown>>): void {
  const { authorizationError } = context;
  if (typeof authorizationError === 'object' && authorizationError !== null && 'cause' in authorizationError)
    throw authorizationError.cause;
}
