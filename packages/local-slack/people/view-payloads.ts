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

/** Payloads of what somebody did in a view; their shapes are held against Bolt's types. */

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
    // Slack leaves out what was entered.
    view: viewOutput(view, workspace, false),
    is_cleared: isCleared,
  } satisfies ViewClosedAction;
}

/** What somebody has typed into an external select of a view. */
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

/** A click inside a modal or a Home tab: no channel, no response_url. */
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
