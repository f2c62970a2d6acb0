// Sentences for people who can't do what they tried.
import type { types } from '@slack/bolt';
import { mention, mentions } from '../blocks/text.ts';
import type { GuardedAction, Refusal } from '../decision/access.ts';
import type { Decision, DecisionKey } from '../decision/decision.ts';
import { loggableId } from '../runtime/logging.ts';
import { dialogFailureSentence, failureOf } from '../slack/failures.ts';
import { type Payload, payloadOf } from './payload.ts';
import { type ActorArgs, findDecision, findRefusal, type MissingReason } from './permissions.ts';
import type { ListenerArgs, ListenerDeps } from './routes.ts';
import { acknowledge, tell } from './tell.ts';

/** Shown when a newer decision replaced this one. */
export const REPLACED_SENTENCE = 'A newer decision replaced this one, and the card links to it.';

/** Start of the error on a dialog that this version of the bot can't read. What to do comes after it. */
export const UPDATED_SENTENCE = 'I was updated while this dialog was open.';

type RefusedDecision = Pick<Decision, 'asker' | 'deciders' | 'status'>;

interface Wording {
  /** Outcome in the log and the metrics. */
  readonly outcome: string;
  readonly inMessage: (about: RefusedDecision | null) => string;
  /** For the error on a dialog's field, where Slack shows no mentions. Defaults to `inMessage`. */
  readonly inDialog?: (about: RefusedDecision | null) => string;
}

const votingHint = (about: RefusedDecision | null): string =>
  about?.status === 'open' ? ' You can still vote.' : '';

const wording = (outcome: string, sentence: string): Wording => ({ outcome, inMessage: () => sentence });

const WORDING: Readonly<Record<Refusal, Wording>> = {
  deleted: wording('deleted', 'This decision was deleted.'),
  // Or a restored backup is older than the decision. The bot can't tell which cause applies.
  gone: wording('gone', 'I can’t find this decision. It may have expired or belong to another workspace.'),
  members_only: wording(
    'external',
    'Only people in the workspace that installed this app can do this. You can read the card and its thread.',
  ),
  members_ask: wording(
    'external',
    'I only answer people in the workspace that installed me. Ask one of them to post your question.',
  ),
  only_asker_edits: wording(
    'not_asker',
    'Only the person who asked can edit these answers. To give yours, press “Add my answers”.',
  ),
  asker_gone_edits: wording(
    'not_asker',
    'The person who asked is gone, so no one can edit these answers. To give yours, press “Add my answers”.',
  ),
  only_asker_deletes: wording('not_asker', 'Only the person who asked can delete this.'),
  only_admins_delete: wording(
    'not_asker',
    'The person who asked is gone, so only workspace admins can delete this.',
  ),
  only_asker_posts: wording('not_asker', 'Only the person who asked can post this card.'),
  only_asker_says: wording('not_asker', 'Only the person who asked can answer this.'),
  only_deciders: {
    outcome: 'not_decider',
    inMessage: (about) => `Only ${mentions(about?.deciders ?? [])} can do this.${votingHint(about)}`,
    inDialog: (about) =>
      about?.status === 'open'
        ? `Only the deciders named on the card can do this.${votingHint(about)}`
        : 'Only the deciders can do this.',
  },
  only_asker_decides: {
    outcome: 'not_decider',
    inMessage: (about) =>
      `The deciders are gone, so only ${mention(about?.asker ?? '')} can do this.${votingHint(about)}`,
    inDialog: (about) =>
      `The deciders are gone, so only the person who asked can do this.${votingHint(about)}`,
  },
  only_admins_decide: {
    outcome: 'not_decider',
    inMessage: (about) =>
      `The person who asked and the deciders are gone, so only workspace admins can do this.${votingHint(about)}`,
  },
};

export const refusalOutcome = (refusal: Refusal): string => WORDING[refusal].outcome;

/** Returns the sentence that tells a person why they may not do this. */
export function refusalSentence(
  refusal: Refusal,
  about: RefusedDecision | MissingReason | null = null,
  place: 'message' | 'dialog' = 'message',
): string {
  const { inMessage, inDialog = inMessage } = WORDING[refusal];
  return (place === 'dialog' ? inDialog : inMessage)(typeof about === 'string' ? null : about);
}

/** Tells the person why they may not do this, and sets the outcome for the log. */
export async function refuse(
  args: ListenerArgs,
  refusal: Refusal,
  about: RefusedDecision | MissingReason | null = null,
): Promise<void> {
  const place = payloadOf(args.body).kind === 'view_submission' ? 'dialog' : 'message';
  await refuseWith(args, refusalOutcome(refusal), refusalSentence(refusal, about, place));
}

/** Tells the person why nothing was done, and sets the outcome for the log. */
export async function refuseWith(args: ListenerArgs, outcome: string, sentence: string): Promise<void> {
  args.context.outcome = outcome;
  await tell(args, sentence);
}

/**
 * Opens a dialog, or tells the person why Slack didn't.
 *
 * @param again the request to try again
 */
export async function openOrRefuse(
  args: ListenerArgs & { readonly body: { readonly trigger_id: string } },
  view: types.ModalView,
  again: string,
): Promise<void> {
  try {
    await args.client.views.open({ trigger_id: args.body.trigger_id, view });
  } catch (error) {
    const { code } = failureOf(error);
    await refuseWith(args, code, dialogFailureSentence(code, again));
  }
}

/** Returns the decision if the person may do this to it. Otherwise tells them why not, and returns null. */
export async function findOrRefuse(
  deps: ListenerDeps,
  act: GuardedAction,
  args: ListenerArgs & ActorArgs,
  key: DecisionKey,
): Promise<Decision | null> {
  const found = await findDecision(deps, key);
  const refusal = await findRefusal(deps.clock, act, args, found);
  if (refusal === null && typeof found !== 'string') return found;
  await refuse(args, refusal ?? 'gone', found);
  return null;
}

const NOT_INSTALLED =
  'This app isn’t installed in this workspace, so nothing changed. Ask an admin to install it again.';

/** Answers a person who uses a card or command after the app was uninstalled. */
export async function refuseNotInstalled(args: ListenerArgs): Promise<void> {
  args.context.outcome = 'not_installed';
  // Tell first: after a submitted dialog, only the ack itself can carry the sentence.
  await tell(args, NOT_INSTALLED);
  await acknowledge(args);
}

/**
 * Answers payloads that have no listener: buttons of an older version, and forged ids. Without an answer, Slack would
 * show the person a bare error after three seconds.
 */
export async function refuseUnknown(
  deps: ListenerDeps,
  args: ListenerArgs,
  { kind, id }: Payload,
): Promise<void> {
  if (kind === 'event') return; // Bolt acknowledges events, and no person waits for an answer.
  deps.logger.warn({ kind, id: loggableId(id) }, 'nothing here handles this');
  args.context.outcome = 'unknown';
  const sentence = `This button or command no longer works. Type ${deps.slashCommand} to start again.`;
  const answersItself = kind === 'view_submission';
  if (!answersItself) await acknowledge(args);
  const told = await tell(args, sentence);
  if (answersItself && !told) await acknowledge(args);
}
