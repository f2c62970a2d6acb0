import { z } from 'zod';
import { defineMethod, type Method } from './method.ts';

const info = defineMethod(z.looseObject({ user: z.string() }), (args, { workspace }) => {
  const user = workspace.user(args.user);
  const teamId = user.teamId ?? workspace.team.id;
  const realName = user.realName ?? user.name;
  return {
    user: {
      id: user.id,
      team_id: teamId,
      name: user.name,
      deleted: user.deactivated === true,
      real_name: realName,
      tz: user.timeZone ?? 'Etc/UTC',
      profile: { real_name: realName, display_name: user.name },
      is_admin: user.role === 'admin',
      is_owner: false,
      is_restricted: user.role === 'guest',
      is_ultra_restricted: false,
      is_bot: user.role === 'bot',
      ...(teamId === workspace.team.id ? {} : { is_stranger: true }),
    },
  };
});

export const usersMethods: Readonly<Record<string, Method>> = { 'users.info': info };
