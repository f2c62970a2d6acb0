import { z } from 'zod';
import { defineMethod, type Method, optionalString } from './method.ts';

const access = defineMethod(
  z.looseObject({
    client_id: z.string(),
    client_secret: z.string(),
    code: z.string(),
    redirect_uri: optionalString,
  }),
  (args, { authorizations, tokens, workspace: { team, bot, newId } }) => {
    const { scopes, user } = authorizations.exchange({
      clientId: args.client_id,
      clientSecret: args.client_secret,
      code: args.code,
      redirectUri: args.redirect_uri,
    });
    const token = newId('xoxb-local-');
    tokens.install(token, scopes);
    return {
      access_token: token,
      token_type: 'bot',
      scope: scopes.join(','),
      bot_user_id: bot.userId,
      app_id: bot.appId,
      team: { id: team.id, name: team.name },
      enterprise: null,
      authed_user: { id: user },
      is_enterprise_install: false,
    };
  },
  null,
);

export const oauthMethods: Readonly<Record<string, Method>> = { 'oauth.v2.access': access };
