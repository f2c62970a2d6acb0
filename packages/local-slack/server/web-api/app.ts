import { z } from 'zod';
import { defineMethod, type Method } from './method.ts';

const noArguments = z.looseObject({});

const test = defineMethod(noArguments, (_args, { workspace: { team, bot } }) => ({
  url: `https://${team.domain}.slack.com/`,
  team: team.name,
  user: bot.name,
  team_id: team.id,
  user_id: bot.userId,
  bot_id: bot.botId,
  is_enterprise_install: false,
}));

/** `api.test` needs no token. */
const hello = defineMethod(noArguments, () => ({}), null);

const openConnection = defineMethod(
  noArguments,
  (_args, { newSocketUrl }) => ({ url: newSocketUrl() }),
  'app',
);

/** Methods about the app itself and its connection. */
export const appMethods: Readonly<Record<string, Method>> = {
  'api.test': hello,
  'auth.test': test,
  'apps.connections.open': openConnection,
};
