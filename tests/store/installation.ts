import type { Installation } from '../../src/store/store.ts';
import { NOW } from './draft.ts';

/** Returns an installation as OAuth creates it. */
export function installation(overrides: Partial<Installation> = {}): Installation {
  return {
    tenant: 'T1',
    enterprise: null,
    team: 'T1',
    name: 'Acme',
    botId: 'B1',
    botUser: 'U0BOT',
    botName: 'django-or-flask',
    installedBy: 'U1',
    installedAt: NOW,
    token: 'sealed-1',
    refreshToken: null,
    expiresAt: null,
    ...overrides,
  };
}
