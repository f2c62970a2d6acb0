/** A scope or event that the app requests, and the reason, written for the admin who approves the app. */
export interface Permission {
  readonly name: string;
  readonly why: string;
}

/** OAuth scopes of the bot. None lets it read channels, member lists, or messages that don't mention it. */
export const SCOPES: readonly Permission[] = [
  { name: 'commands', why: 'the slash command, and “Django or Flask?” in message menus' },
  { name: 'chat:write', why: 'cards, thread replies and private replies' },
  {
    name: 'channels:join',
    why: 'joins a public channel to post a card there',
  },
  {
    name: 'app_mentions:read',
    why: 'questions that mention it: this scope covers no other messages',
  },
  { name: 'files:write', why: "the record of a decision as a file in the card's thread" },
  {
    name: 'users:read',
    why: 'names in the record, time zones for reminders, and whether deciders have left',
  },
];

/** Events that the bot subscribes to in every setup. */
export const EVENTS: readonly Permission[] = [
  { name: 'app_home_opened', why: 'a user opens its Home tab' },
  { name: 'app_mention', why: 'a user mentions it' },
];

/** Additional events for the workflow step. */
export const STEP_EVENTS: readonly Permission[] = [
  { name: 'function_executed', why: 'a workflow reaches its step' },
];

/** Additional events if many workspaces install the app, because each can uninstall it. */
export const INSTALLATION_EVENTS: readonly Permission[] = [
  { name: 'app_uninstalled', why: 'a workspace removed it: its tokens are deleted now, its data later' },
  { name: 'tokens_revoked', why: 'a workspace revoked its tokens' },
];
