import type { ServerResponse } from 'node:http';
import { respond } from '../../runtime/http/serve.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';

/** Sends a listener's answer: nothing, a text, or JSON. Throws before it sends anything if JSON can't express it. */
export function sendAck(res: ServerResponse, answer: unknown): void {
  if (answer === undefined || answer === null || answer === '') respond(res, 200);
  else if (typeof answer === 'string') respond(res, 200, { 'content-type': TEXT_TYPE }, answer);
  else respond(res, 200, { 'content-type': JSON_TYPE }, asJson(answer));
}

function asJson(answer: unknown): string {
  const json: string | undefined = JSON.stringify(answer);
  if (json === undefined) throw new TypeError('JSON has no functions and no symbols');
  return json;
}
