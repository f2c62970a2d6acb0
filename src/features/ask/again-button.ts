import { type CardPress, openDialog, refuseUnlessAllowed } from '../../interactions/card-button.ts';
import type { MenuEntry } from '../../interactions/card-menu.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { REPLACED_SENTENCE } from '../../interactions/refusals.ts';
import { tell } from '../../interactions/tell.ts';
import { intakeModal } from './dialog.ts';

/** "Ask again, to replace it" in a decided card's menu. */
export const askAgainEntry: MenuEntry = { act: 'supersede', choose: openFilledDialog };

/** Opens the dialog, prefilled with this decision's answers. Its card will replace this decision. */
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
  // If the decision's card is in a message's thread, the new card goes there too.
  const place = thread === null ? {} : { thread: { channel, ts: thread, replyUrl: null } };
  await openDialog(
    press,
    intakeModal(deps.rubric, { ...draft, ...place, hide: hideUntilDecided, supersedes: id }),
  );
}
