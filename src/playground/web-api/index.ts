import type { Json } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { app } from './app.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import type { Method, World } from './method.ts';
import { users } from './users.ts';
import { views } from './views.ts';

const METHODS: Readonly<Record<string, Method>> = { ...app, ...chat, ...conversations, ...users, ...views };

export interface Tokens {
  readonly bot: string;
  readonly app: string;
}

/** Calls a method as Slack does: token first, then scope, then the method's own rules. Never throws a Refusal. */
export function callMethod(
  name: string,
  args: Json,
  token: string | null,
  tokens: Tokens,
  world: World,
): Json {
  try {
    const found = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    if (found === undefined) throw new Refusal('unknown_method', { req_method: name });
    if (token === null) throw new Refusal('not_authed');
    if (token !== tokens.bot && token !== tokens.app) throw new Refusal('invalid_auth');
    if (token !== tokens[found.token]) throw new Refusal('not_allowed_token_type');
    const { scopes } = world.workspace.bot;
    if (found.scope !== undefined && !scopes.includes(found.scope)) {
      throw new Refusal('missing_scope', { needed: found.scope, provided: scopes.join(',') });
    }
    return { ok: true, ...found.run(args, world) };
  } catch (error) {
    return refusalJson(error);
  }
}

/** `{ok: false, error}` for a refusal; anything else is a bug and goes on. */
export function refusalJson(error: unknown): Json {
  if (error instanceof Refusal) return { ok: false, error: error.code, ...error.more };
  throw error;
}
