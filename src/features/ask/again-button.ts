import { type CardPress, openDialog, refuseUnlessAllowed } from '../../interactions/card-button.ts';
import type { MenuEntry } from '../../interactions/card-menu.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { REPLACED_SENTENCE } from '../../interactions/refusals.ts';
import { tell } from '../../interactions/tell.ts';
import { intakeModal } from './dialog.ts';

/** "Ask again, to replace it" in a decided card's menu. */
export const askAgain: MenuEntry = { act: 'supersede', choose: openFilledDialog };

/** The same questions anew, in a card that is to replace this decision. */
async function openFilledDialog(deps: ListenerDeps, press: CardPress): Promise<void> {
  const { args, decision } = press;
  if (decision.status !== 'decided') {
    args.context.outcome = 'elsewhere';
    const why =
      decision.status === 'superseded'
        ? `${REPLACED_SENTENCE} Ask again from that one.`
        : 'This is not decided at the moment, so there is nothing to replace.';
    return void (await tell(args, why));
  }
  if (await refuseUnlessAllowed(deps, press, 'supersede')) return;
  const { channel, deciders, hideUntilDecided, id, project, round, thread } = decision;
  const draft = { page: 'all', project, channel, deciders, answers: round.answers } as const;
  // A card in a message's thread is replaced by one in the same thread.
  const place = thread === null ? {} : { thread: { channel, ts: thread, replyUrl: null } };
  await openDialog(
    press,
    intakeModal(deps.rubric, { ...draft, ...place, hide: hideUntilDecided, supersedes: id }),
  );
}
