/** Scope that each method needs, from its reference page. Other methods need none. */
export const SCOPES: Readonly<Record<string, string>> = {
  'apps.connections.open': 'connections:write',
  'chat.delete': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'conversations.join': 'channels:join',
  'conversations.open': 'im:write',
  'files.completeUploadExternal': 'files:write',
  'files.delete': 'files:write',
  'files.getUploadURLExternal': 'files:write',
  'files.info': 'files:read',
  'users.info': 'users:read',
};
