/** What the bot may do, and what for. The manifests, the page to install it and the README say the same. */
export const BOT_SCOPES = [
  { name: 'commands', reason: 'The slash command and the entry in the menu of messages.' },
  { name: 'chat:write', reason: 'Cards, replies in their threads, and answers that only one person sees.' },
  {
    name: 'channels:join',
    reason: 'To post in a public channel that it is not in yet, where somebody asks for it.',
  },
  { name: 'app_mentions:read', reason: 'Questions to it, where somebody mentions it.' },
  { name: 'files:write', reason: 'The record of a decision, as a file in the thread.' },
  {
    name: 'users:read',
    reason: 'Names in that file, time zones for reminders, and who has left the workspace.',
  },
] as const;
