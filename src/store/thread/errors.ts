import { StoreError } from '../store-error.ts';
import type { SentError } from './messages.ts';

export function toSend(error: unknown): SentError {
  if (!(error instanceof Error))
    return { name: 'Error', message: String(error), stack: undefined, details: {} };
  const details: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(error)) {
    if (typeof value === 'string' || typeof value === 'number') details[name] = value;
  }
  return { name: error.name, message: error.message, stack: error.stack, details };
}

export function received({ name, message, stack, details }: SentError): Error {
  const error = name === 'StoreError' ? new StoreError(message) : new Error(message);
  return Object.assign(error, { ...details, name, stack });
}
