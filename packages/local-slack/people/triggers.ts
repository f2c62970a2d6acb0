import type { ViewResponseUrl } from '@slack/bolt';
import type { World } from '../server/web-api/method.ts';
import { interactiveElements } from '../state/ids.ts';
import { readValue } from '../state/view-state.ts';
import type { OpenView } from '../state/views.ts';
import type { InteractionGrants } from './payloads.ts';

/** Trigger ids and response_urls for the payloads of interactions. */

type AddressOf = (path: string) => string;

/** Grants a trigger and a response_url for an interaction in a channel. `source` is the clicked message. */
export function grantForChannel(
  user: string,
  channel: string,
  { grants }: World,
  addressOf: AddressOf,
  source?: { readonly ts: string; readonly ephemeral: boolean },
): InteractionGrants {
  const target = { user, channel, ...(source === undefined ? {} : { source }) };
  return {
    triggerId: grants.newTrigger({ user, channel }),
    responseUrl: addressOf(grants.newResponsePath(target)),
  };
}

/** Grants a trigger for an interaction in a view. */
export function newViewTrigger(view: OpenView, { grants }: World): string {
  const channel = view.channel === undefined ? {} : { channel: view.channel };
  const viewId = view.type === 'modal' ? { viewId: view.id } : {};
  return grants.newTrigger({ user: view.user, ...channel, ...viewId });
}

/** Creates a response_url for each selected conversation whose select has `response_url_enabled`. */
export function newResponseUrls(view: OpenView, { grants }: World, addressOf: AddressOf): ViewResponseUrl[] {
  return interactiveElements(view.blocks).flatMap(({ block, element }) => {
    const { block_id } = block;
    const { action_id } = element;
    const channel_id = readValue(view.state[block_id]?.[action_id]);
    if (element.response_url_enabled !== true || typeof channel_id !== 'string') return [];
    const response_url = addressOf(grants.newResponsePath({ user: view.user, channel: channel_id }));
    return [{ block_id, action_id, channel_id, response_url }];
  });
}
