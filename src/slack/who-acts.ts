import type { AuthorizeResult } from '@slack/bolt';
import type { Installations } from './installation.ts';

/**
 * For Bolt, which acknowledges and drops what it cannot authorize: a dialog would close, and its submission be lost,
 * without a word. So whatever comes gets to the listeners, and these tell the person.
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

/** Throws what kept it from being known who acts. */
export function throwWhyNobody(context: Readonly<Record<string, unknown>>): void {
  const { whyNobody } = context;
  if (typeof whyNobody === 'object' && whyNobody !== null && 'cause' in whyNobody) throw whyNobody.cause;
}
