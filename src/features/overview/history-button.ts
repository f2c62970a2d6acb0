import { ACTIONS } from '../../blocks/ids.ts';
import { decodeHistoryPage } from '../../blocks/metadata.ts';
import { tenantOf } from '../../interactions/permissions.ts';
import { refuseWith } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { answerPrivately } from '../../interactions/tell.ts';
import { loadHistory } from './history-message.ts';

/** Registers "Older" and "Newer" under a channel's list of cards. Slack's payload names the channel. */
export function registerHistoryButtons(on: Routes, deps: ListenerDeps): void {
  for (const actionId of [ACTIONS.historyOlder, ACTIONS.historyNewer]) {
    on.action(actionId, async (args) => {
      const { ack, action, body, context } = args;
      await ack();
      const page = decodeHistoryPage(action.type === 'button' ? action.value : undefined);
      const channel = body.channel?.id;
      if (!page || channel === undefined) {
        deps.logger.warn('a page of history was asked for that no list of ours offers');
        const sentence = `This list is out of date. Type ${deps.slashCommand} history for a new one.`;
        return refuseWith(args, 'stale', sentence);
      }
      const place = { ...tenantOf(context), channel, viewer: body.user.id };
      await answerPrivately(args, await loadHistory(deps.store, place, page), 'in its place');
    });
  }
}
