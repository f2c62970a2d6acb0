import type {
  BlockAction,
  BlockSuggestion,
  ViewClosedAction,
  ViewResponseUrl,
  ViewSubmitAction,
} from '@slack/bolt';
import type { ElementInBlock } from '../state/ids.ts';
import { type OpenView, viewOutput } from '../state/views.ts';
import type { User, Workspace } from '../state/workspace.ts';
import { type Action, interactionFields } from './payloads.ts';

/** Builds the payloads of interactions in views. `satisfies` checks them against Bolt's types. */

export function submissionPayload(
  workspace: Workspace,
  user: User,
  view: OpenView,
  triggerId: string,
  responseUrls: ViewResponseUrl[],
) {
  return {
    type: 'view_submission',
    ...interactionFields(workspace, user),
    trigger_id: triggerId,
    view: viewOutput(view, workspace),
    response_urls: responseUrls,
  } satisfies ViewSubmitAction;
}

export function closedPayload(workspace: Workspace, user: User, view: OpenView, isCleared: boolean) {
  return {
    type: 'view_closed',
    ...interactionFields(workspace, user),
    // Slack leaves out the person's input.
    view: viewOutput(view, workspace, false),
    is_cleared: isCleared,
  } satisfies ViewClosedAction;
}

/** Builds the payload of a query in a view's external select. */
export function suggestionPayload(
  workspace: Workspace,
  user: User,
  view: OpenView,
  { block, element }: ElementInBlock,
  value: string,
) {
  return {
    type: 'block_suggestion',
    ...interactionFields(workspace, user),
    action_id: element.action_id,
    block_id: block.block_id,
    value,
    container: { type: 'view', view_id: view.id },
    view: viewOutput(view, workspace),
  } satisfies BlockSuggestion;
}

/** Builds the payload of a click in a modal or Home tab. It has no channel and no response_url. */
export function viewActionPayload(
  workspace: Workspace,
  user: User,
  view: OpenView,
  actions: Action[],
  triggerId: string,
) {
  return {
    type: 'block_actions',
    ...interactionFields(workspace, user),
    trigger_id: triggerId,
    container: { type: 'view', view_id: view.id },
    view: viewOutput(view, workspace),
    actions,
  } satisfies Omit<BlockAction<Action>, 'response_url'>;
}
