// Passes authorization errors on to the listeners.
import type { AuthorizeResult } from '@slack/bolt';
import type { Installations } from './installation.ts';

/**
 * Wraps Bolt's `authorize` so that it never rejects. Bolt acknowledges and drops a payload that it can't authorize: a
 * dialog would close and silently lose its submission. With the error in the context, listeners can tell the person.
 */
export function authorizeOrSayWhyNot(authorize: Installations['authorize']): Installations['authorize'] {
  return async (source) => {
    try {
      return await authorize(source);
    } catch (error) {
      return nobody(error);
    }
  };
}

const nobody = (cause: unknown): AuthorizeResult => ({ whyNobody: { cause } });

/** Throws the error that `authorize` hit, if any. */
export function throwWhyNobody(context: Readonly<Record<string, unknown>>): void {
  const { whyNobody } = context;
  if (typeof whyNobody === 'object' && whyNobody !== null && 'cause' in whyNobody) throw whyNobody.cause;
}
