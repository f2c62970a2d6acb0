import { z } from 'zod';
import type { Problem } from '../../rules/limits.ts';
import type { Authorizations } from '../../state/authorizations.ts';
import type { Executions } from '../../state/executions.ts';
import type { Files } from '../../state/files.ts';
import type { Grants } from '../../state/grants.ts';
import { addIds } from '../../state/ids.ts';
import { type Block, isObject, type Json, parseJson } from '../../state/json.ts';
import type { MessageStates } from '../../state/message-state.ts';
import type { Messages } from '../../state/messages.ts';
import { Refusal } from '../../state/refusal.ts';
import type { Suggestions } from '../../state/suggestions.ts';
import type { TokenKind, Tokens } from '../../state/tokens.ts';
import type { Views } from '../../state/views.ts';
import type { Channel, Workspace } from '../../state/workspace.ts';

/** All state of the local Slack, and builders of its URLs. */
export interface World {
  readonly workspace: Workspace;
  readonly messages: Messages;
  readonly messageStates: MessageStates;
  readonly views: Views;
  readonly grants: Grants;
  readonly files: Files;
  readonly tokens: Tokens;
  readonly authorizations: Authorizations;
  readonly executions: Executions;
  readonly suggestions: Suggestions;
  /** Returns the URL for a new Socket Mode connection. */
  readonly newSocketUrl: () => string;
  /** Returns the URL of an upload path. */
  readonly newUploadUrl: (path: string) => string;
}

export interface Method {
  /** Kind of token that the method needs; null for none. */
  readonly token: TokenKind | null;
  /** Returns the response without `ok`. Throws a Refusal. */
  handle(args: Json, world: World): Json;
}

/** Creates a method that validates its arguments. */
export function defineMethod<Args extends z.ZodType>(
  args: Args,
  run: (args: z.output<Args>, world: World) => Json,
  token: TokenKind | null = 'bot',
): Method {
  return {
    token,
    handle: (given, world) => {
      const parsed = args.safeParse(given);
      if (parsed.success) return run(parsed.data, world);
      const messages = parsed.error.issues.map(({ message, path }) => {
        const name = path.join('/');
        const missing = given[name] === undefined;
        return missing
          ? `[ERROR] missing required field: ${name}`
          : `[ERROR] ${message} [json-pointer:/${name}]`;
      });
      throw new Refusal('invalid_arguments', { response_metadata: { messages } });
    },
  };
}

const decodeJson = (value: unknown): unknown =>
  typeof value === 'string' ? (parseJson(value) ?? value) : value;

/** A form sends all values as text, a JSON body sends types. */
export const booleanArgument = z.union([z.boolean(), z.stringbool()]).default(false);
export const jsonArgument = z.unknown().transform(decodeJson);
export const optionalJsonArgument = z
  .unknown()
  .optional()
  .transform((value) => (value === undefined || value === '' ? undefined : decodeJson(value)));
export const optionalString = z.string().optional();
/** The only shape of metadata that Slack accepts. */
const metadataShape = z.looseObject({
  event_type: z.string().min(1),
  event_payload: z.custom<Json>(isObject),
});
export const metadataArgument = optionalJsonArgument
  .pipe(z.custom<Json>(isObject).optional())
  .transform((given) => {
    if (given !== undefined && !metadataShape.safeParse(given).success)
      throw new Refusal('invalid_metadata_format');
    return given;
  });

/** Throws a Refusal with the first problem's code and Slack's list of all problems. */
export function refuseProblems(problems: readonly Problem[]): void {
  const first = problems[0];
  if (first === undefined) return;
  const messages = problems.map(({ message }) => message);
  throw new Refusal(first.code, { errors: messages, response_metadata: { messages } });
}

/** Returns valid blocks as Slack stores them. */
export function prepareBlocks(blocks: unknown, world: World): Block[] {
  return Array.isArray(blocks) ? addIds(blocks.filter(isObject), world.workspace.newId) : [];
}

/** Returns the blocks as an array. Refuses other values with `invalid_blocks_format`. */
export function parseBlockList(blocks: unknown): unknown[] | undefined {
  if (blocks === undefined) return undefined;
  if (!Array.isArray(blocks)) throw new Refusal('invalid_blocks_format');
  return blocks;
}

/** Returns the channel that the bot wants to post in. Throws Slack's Refusal if the bot may not. */
export function requireWritableChannel(channelId: string, { workspace }: World): Channel {
  const { bot } = workspace;
  const byPerson = workspace.hasUser(channelId);
  const channel = byPerson ? workspace.directMessage(channelId) : workspace.visibleTo(bot.userId, channelId);
  if (channel.archived === true) throw new Refusal('is_archived');
  const member = channel.members.has(bot.userId);
  if (!member && !bot.scopes.includes('chat:write.public')) throw new Refusal('not_in_channel');
  if (channel.readOnly === true) throw new Refusal('restricted_action');
  return channel;
}
