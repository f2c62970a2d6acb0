import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import { ACTIONS, SHORTCUTS, VIEWS } from '../blocks/ids.ts';
import type { ListenerDeps } from './deps.ts';
import { type Interaction, interactionOf } from './interaction.ts';
import { acknowledge, tell } from './tell.ts';

const KNOWN_ACTIONS: ReadonlySet<string> = new Set(Object.values(ACTIONS));
const KNOWN_SHORTCUTS: ReadonlySet<string> = new Set(Object.values(SHORTCUTS));
const KNOWN_VIEWS: ReadonlySet<string> = new Set(Object.values(VIEWS));

/**
 * Payloads that no listener is for: buttons of a version that is gone, forged ids. Without this Slack
 * would show the person a bare error after three seconds.
 */
export function refuseUnknown(deps: ListenerDeps): Middleware<AnyMiddlewareArgs> {
  return async (args) => {
    const interaction = interactionOf(args.body);
    if (isKnown(interaction, deps.slashCommand)) return args.next();
    deps.logger.warn(
      { kind: interaction.kind, id: interaction.id.slice(0, 80) },
      'nothing here handles this',
    );
    args.context.outcome = 'unknown';
    const sentence = `I don’t know this button or command any more; I was probably updated. Type ${deps.slashCommand} to start afresh.`;
    const answersItself = interaction.kind === 'view_submission';
    if (!answersItself) await acknowledge(args);
    const told = await tell(args, sentence);
    if (answersItself && !told) await acknowledge(args);
  };
}

function isKnown({ kind, id }: Interaction, slashCommand: string): boolean {
  switch (kind) {
    case 'command':
      return id === slashCommand;
    case 'action':
      return KNOWN_ACTIONS.has(id);
    case 'shortcut':
      return KNOWN_SHORTCUTS.has(id);
    case 'view_submission':
    case 'view_closed':
      return KNOWN_VIEWS.has(id);
    case 'event':
      return true; // Acknowledged by Bolt; nobody waits for an answer.
    default:
      return false;
  }
}
