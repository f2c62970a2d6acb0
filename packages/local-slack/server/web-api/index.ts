import type { Json } from '../../state/json.ts';
import { Refusal } from '../../state/refusal.ts';
import { appMethods } from './app.ts';
import { chatMethods } from './chat.ts';
import { conversationsMethods } from './conversations.ts';
import { filesMethods } from './files.ts';
import { functionsMethods } from './functions.ts';
import type { Method, World } from './method.ts';
import { oauthMethods } from './oauth.ts';
import { SCOPES } from './scopes.ts';
import { usersMethods } from './users.ts';
import { viewsMethods } from './views.ts';

const METHODS: Readonly<Record<string, Method>> = {
  ...appMethods,
  ...chatMethods,
  ...conversationsMethods,
  ...filesMethods,
  ...functionsMethods,
  ...oauthMethods,
  ...usersMethods,
  ...viewsMethods,
};

/** Names of the implemented Web API methods. */
export const METHOD_NAMES: readonly string[] = Object.keys(METHODS);

/** Calls a method as Slack does: checks the token, the scope, then the arguments. Returns refusals as JSON. */
export function callMethod(name: string, args: Json, token: string | null, world: World): Json {
  try {
    const found = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    if (found === undefined) throw new Refusal('unknown_method', { req_method: name });
    if (found.token !== null) world.tokens.check(token, found.token, SCOPES[name]);
    return { ok: true, ...found.handle(args, world) };
  } catch (error) {
    return refusalJson(error);
  }
}

/** Returns `{ok: false, error}` for a Refusal. Rethrows any other error, because it is a bug. */
export function refusalJson(error: unknown): Json {
  if (error instanceof Refusal) return { ok: false, error: error.code, ...error.more };
  throw error;
}
