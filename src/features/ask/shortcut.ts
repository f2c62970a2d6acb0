import type { MessageShortcut } from '@slack/bolt';
import { SHORTCUTS } from '../../blocks/ids.ts';
import { refusalForAnyDecision } from '../../interactions/permissions.ts';
import { refuse, refuseWith } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { dialogFailureSentence, failureOf } from '../../slack/failures.ts';
import { type IntakeDraft, intakeModal } from './dialog.ts';

const ONE_TO_ONE = 'I can’t post in a conversation between two people. Pick a channel for the card.';

/** Registers "Django or Flask?" in a message's menu. The card goes into that message's thread. */
export function registerShortcut(on: Routes, deps: ListenerDeps): void {
  on.messageShortcut(SHORTCUTS.djangoOrFlask, async (args) => {
    const { ack, client, shortcut } = args;
    await ack();
    const refusal = refusalForAnyDecision('start', args);
    if (refusal !== null) return refuse(args, refusal);
    try {
      const view = intakeModal(deps.rubric, draftFor(shortcut));
      await client.views.open({ trigger_id: shortcut.trigger_id, view });
    } catch (error) {
      const { code } = failureOf(error);
      await refuseWith(args, code, dialogFailureSentence(code, 'Please pick the message’s menu again.'));
    }
  });
}

function draftFor({ channel, message, response_url, user }: MessageShortcut): IntakeDraft {
  const draft = { page: 'first', project: '', answers: {}, deciders: [user.id] } as const;
  if (channel.id.startsWith('D')) return { ...draft, problem: ONE_TO_ONE };
  const parent: unknown = message.thread_ts;
  const ts = typeof parent === 'string' ? parent : message.ts;
  return { ...draft, thread: { channel: channel.id, ts, replyUrl: response_url } };
}
