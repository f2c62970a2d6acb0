/** A scope or event that the app requests, and the reason, written for the admin who approves the app. */
export interface Permission {
  readonly name: string;
  readonly why: string;
}

/** OAuth scopes of the bot. None lets it read channels, member lists, or messages that don't mention it. */
export const SCOPES: readonly Permission[] = [
  { name: 'commands', why: 'the slash command and the entry in the menu of a message' },
  { name: 'chat:write', why: 'cards, replies in their threads, private answers' },
  {
    name: 'channels:join',
    why: "a card in a public channel that the bot isn't in: it joins and posts",
  },
  {
    name: 'app_mentions:read',
    why: 'questions in threads: of messages it gets those that mention it, and no others',
  },
  { name: 'files:write', why: "the record of a decision as a file in the card's thread" },
  {
    name: 'users:read',
    why: 'names in the record, time zones for reminders, and whether those who decide have left',
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
  { name: 'app_uninstalled', why: 'a workspace has removed it: its tokens are deleted now, its data later' },
  { name: 'tokens_revoked', why: 'a workspace has revoked its tokens' },
];
