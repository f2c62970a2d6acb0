import type { Bot, WorkspaceOptions } from './state/workspace.ts';

const EVERYONE = ['U0ANA', 'U0BEN', 'U0CLEO', 'U0DAN'];
const BOT = 'U0BOT';

/** Bot for tests that read no manifest. */
const SAMPLE_BOT: Pick<Bot, 'name' | 'scopes'> = {
  name: 'sample-app',
  scopes: ['commands', 'chat:write', 'channels:join', 'app_mentions:read', 'files:write', 'users:read'],
};

/** Returns a small workspace with each kind of person and channel that an app may treat differently. */
export const sampleWorkspace = (bot = SAMPLE_BOT): WorkspaceOptions => ({
  team: { id: 'T0ACME', name: 'Acme', domain: 'acme' },
  bot: { appId: 'A0APP', botId: 'B0APP', userId: BOT, ...bot },
  users: [
    { id: 'U0ANA', name: 'ana', realName: 'Ana Alves', timeZone: 'Europe/Lisbon' },
    { id: 'U0BEN', name: 'ben', realName: 'Ben Burke', timeZone: 'America/New_York' },
    { id: 'U0CLEO', name: 'cleo', realName: 'Cleo Chen', timeZone: 'Asia/Shanghai', role: 'admin' },
    { id: 'U0DAN', name: 'dan', realName: 'Dan Diaz', timeZone: 'Europe/Madrid', role: 'guest' },
    { id: 'U0EVA', name: 'eva', realName: 'Eva Ek', timeZone: 'Europe/Stockholm', deactivated: true },
    { id: 'U0EXT', name: 'xavier', realName: 'Xavier', timeZone: 'Europe/Paris', teamId: 'T0OTHER' },
  ],
  channels: [
    { id: 'C0WEB', name: 'web', kind: 'public', members: [...EVERYONE, BOT] },
    { id: 'C0OPEN', name: 'open', kind: 'public', members: ['U0ANA', 'U0BEN'] },
    { id: 'C0TEAM', name: 'team', kind: 'private', members: ['U0ANA', 'U0BEN', BOT] },
    { id: 'C0SECRET', name: 'secret', kind: 'private', members: ['U0ANA', 'U0BEN'] },
    { id: 'C0OLD', name: 'old', kind: 'public', members: [...EVERYONE, BOT], archived: true },
    { id: 'C0NEWS', name: 'news', kind: 'public', members: [...EVERYONE, BOT], readOnly: true },
    { id: 'C0SHARED', name: 'shared', kind: 'public', members: ['U0ANA', 'U0EXT', BOT], shared: true },
    { id: 'D0PAIR', name: 'directmessage', kind: 'im', members: ['U0ANA', 'U0BEN'] },
  ],
});
