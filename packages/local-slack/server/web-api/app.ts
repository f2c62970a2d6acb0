import { z } from 'zod';
import type { Method } from './method.ts';
import { method } from './method.ts';

const noArguments = z.looseObject({});

const test = method(noArguments, (_args, { workspace: { team, bot } }) => ({
  url: `https://${team.domain}.slack.com/`,
  team: team.name,
  user: bot.name,
  team_id: team.id,
  user_id: bot.userId,
  bot_id: bot.botId,
  is_enterprise_install: false,
}));

/** For who only wants to know whether Slack is there. */
const hello = method(noArguments, () => ({}), null);

const openConnection = method(noArguments, (_args, { newSocketUrl }) => ({ url: newSocketUrl() }), 'app');

/** The app itself: who it is, and how it is reached. */
export const appMethods: Readonly<Record<string, Method>> = {
  'api.test': hello,
  'auth.test': test,
  'apps.connections.open': openConnection,
};
