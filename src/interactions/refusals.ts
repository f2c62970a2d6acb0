import { mention, mentions } from '../blocks/text.ts';
import type { Refusal } from '../decision/access.ts';
import type { Decision } from '../decision/decision.ts';
import { loggableId } from '../runtime/logging.ts';
import type { ListenerDeps } from './deps.ts';
import type { Missing } from './find-decision.ts';
import { type Payload, payloadOf } from './payload.ts';
import type { Args } from './routes.ts';
import { acknowledge, tell } from './tell.ts';

/** Said when a newer decision replaced this one. */
export const REPLACED = 'A newer decision has replaced this one; the card links it.';

type About = Pick<Decision, 'asker' | 'deciders' | 'status'>;

interface Words {
  /** For the log and the metrics. */
  readonly outcome: string;
  readonly inMessage: (about: About | null) => string;
  /** On a field of a dialog, where Slack shows no names; as in a message unless told. */
  readonly inDialog?: (about: About | null) => string;
}

const instead = (about: About | null): string =>
  about?.status === 'open' ? ' You can vote, and say why.' : '';

const words = (outcome: string, sentence: string): Words => ({ outcome, inMessage: () => sentence });

const WORDS: Readonly<Record<Refusal, Words>> = {
  deleted: words('deleted', 'This decision was deleted.'),
  // The bot can't tell which of the three it is.
  gone: words(
    'gone',
    'I can’t find this decision. It has expired, belongs to another workspace, or was lost when a backup was restored.',
  ),
  members_only: words(
    'external',
    'Only people of the workspace that this app belongs to can do this. You can read the card and its thread.',
  ),
  members_ask: words(
    'external',
    'I answer only people of the workspace that installed me. You can read along; ask one of them to put your question.',
  ),
  asker_answered: words(
    'asker',
    'You asked, so your answers are on the card already and count with the others’. To change them, pick “Edit the answers” in its menu (•••).',
  ),
  only_asker_edits: words(
    'not_asker',
    'Only the person who asked can edit these answers. To give yours, press “Add my answers”.',
  ),
  asker_gone_edits: words(
    'not_asker',
    'The person who asked is gone, so these answers can’t be edited. To give yours, press “Add my answers”.',
  ),
  only_asker_deletes: words('not_asker', 'Only the person who asked can delete this.'),
  only_admins_delete: words(
    'not_asker',
    'The person who asked is gone, so only workspace admins can delete this.',
  ),
  only_asker_posts: words('not_asker', 'Only the person who asked can post this card.'),
  only_asker_says: words('not_asker', 'Only the person who asked can say this.'),
  only_deciders: {
    outcome: 'not_decider',
    inMessage: (about) => `Only ${mentions(about?.deciders ?? [])} can do this.${instead(about)}`,
    inDialog: (about) =>
      about?.status === 'open'
        ? `Only the people that the card names under “Decides” can do this.${instead(about)}`
        : 'Only the deciders can do this. The card names them.',
  },
  only_asker_decides: {
    outcome: 'not_decider',
    inMessage: (about) =>
      `The people named to decide are gone, so only ${mention(about?.asker ?? '')} can do this.${instead(about)}`,
    inDialog: (about) =>
      `The people named to decide are gone, so only the person who asked can do this.${instead(about)}`,
  },
  only_admins_decide: {
    outcome: 'not_decider',
    inMessage: (about) =>
      `The person who asked and the people named to decide are gone, so only workspace admins can do this.${instead(about)}`,
  },
};

export const outcomeOf = (refusal: Refusal): string => WORDS[refusal].outcome;

/** What is said to whoever may not. */
export function refusalInWords(
  refusal: Refusal,
  about: About | Missing | null = null,
  place: 'message' | 'dialog' = 'message',
): string {
  const { inMessage, inDialog = inMessage } = WORDS[refusal];
  return (place === 'dialog' ? inDialog : inMessage)(typeof about === 'string' ? null : about);
}

/** Says so to the person, wherever they are, and in the log. */
export async function refuse(
  args: Args,
  refusal: Refusal,
  about: About | Missing | null = null,
): Promise<void> {
  args.context.outcome = outcomeOf(refusal);
  const place = payloadOf(args.body).kind === 'view_submission' ? 'dialog' : 'message';
  await tell(args, refusalInWords(refusal, about, place));
}

const NOT_INSTALLED =
  'This app is not installed here any more, or not for this workspace. Ask an admin to install it again; nothing was changed.';

/** Somebody still sees a card or a command of an app that has lost its installation. */
export async function refuseNotInstalled(args: Args): Promise<void> {
  args.context.outcome = 'not_installed';
  // In this order: what was submitted can only be told of with the acknowledgement itself.
  await tell(args, NOT_INSTALLED);
  await acknowledge(args);
}

/**
 * Payloads that no listener is for: buttons of a version that is gone, forged ids. Without this Slack
 * would show the person a bare error after three seconds.
 */
export async function refuseUnknown(deps: ListenerDeps, args: Args, { kind, id }: Payload): Promise<void> {
  if (kind === 'event') return; // Acknowledged by Bolt; nobody waits for an answer.
  deps.logger.warn({ kind, id: loggableId(id) }, 'nothing here handles this');
  args.context.outcome = 'unknown';
  const sentence = `I don’t know this button or command any more; I was probably updated. Type ${deps.slashCommand} to start afresh.`;
  const answersItself = kind === 'view_submission';
  if (!answersItself) await acknowledge(args);
  const told = await tell(args, sentence);
  if (answersItself && !told) await acknowledge(args);
}
