import type { MessageShortcut } from '@slack/bolt';
import { SHORTCUTS } from '../../blocks/ids.ts';
import { refusalForAnyDecision } from '../../interactions/permissions.ts';
import { openOrRefuse, refuse } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { type IntakeDraft, intakeModal } from './dialog.ts';

const ONE_TO_ONE = 'I can’t post in a direct message. Pick a channel for the card.';

/** Registers "Django or Flask?" in a message's menu. The card goes into that message's thread. */
export function registerShortcut(on: Routes, deps: ListenerDeps): void {
  on.messageShortcut(SHORTCUTS.djangoOrFlask, async (args) => {
    const { ack, shortcut } = args;
    await ack();
    const refusal = refusalForAnyDecision('start', args);
    if (refusal !== null) return refuse(args, refusal);
    const view = intakeModal(deps.rubric, draftFor(shortcut));
    await openOrRefuse(args, view, 'Pick “Django or Flask?” in the message’s menu again.');
  });
}

function draftFor({ channel, message, response_url, user }: MessageShortcut): IntakeDraft {
  const draft = { page: 'first', project: '', answers: {}, deciders: [user.id] } as const;
  if (channel.id.startsWith('D')) return { ...draft, problem: ONE_TO_ONE };
  const parent: unknown = message.thread_ts;
  const ts = typeof parent === 'string' ? parent : message.ts;
  return { ...draft, thread: { channel: channel.id, ts, replyUrl: response_url } };
}
