import type { ServerResponse } from 'node:http';
import { respond, respondWithBytes } from '../../runtime/http/serve.ts';
import { atEndOfTurn } from './end-of-turn.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';

/** Answers that never change are written as JSON once: its bytes, each as a character, see `respondWithBytes`. */
const written = new WeakMap<object, string>();

/**
 * Sends what a listener hands to `ack`: nothing, a text, or an object. One that is frozen is taken to be for ever.
 * Resolves when it is on its way. Throws, before anything is sent, what cannot be written.
 */
export function sendAck(res: ServerResponse, answer: unknown): Promise<void> {
  return atEndOfTurn(sending(res, answer));
}

function sending(res: ServerResponse, answer: unknown): () => void {
  if (answer === undefined || answer === null || answer === '') return () => respond(res, 200);
  if (typeof answer === 'string') return () => respond(res, 200, { 'content-type': TEXT_TYPE }, answer);
  const bytes = bytesOf(answer);
  return () => respondWithBytes(res, JSON_TYPE, bytes);
}

function bytesOf(answer: unknown): string {
  const lasting = typeof answer === 'object' && answer !== null && Object.isFrozen(answer);
  const before = lasting ? written.get(answer) : undefined;
  if (before !== undefined) return before;
  const bytes = Buffer.from(JSON.stringify(answer)).toString('latin1');
  if (lasting) written.set(answer, bytes);
  return bytes;
}
