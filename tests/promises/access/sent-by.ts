import { BOT, isOrgWide, type Person } from './kinds.ts';

type Fields = Record<string, unknown>;
const fields = (value: unknown): Fields => ({ ...(typeof value === 'object' ? value : {}) });

/** The payload as Slack sends it for this person. */
export function sentBy(person: Person, body: Fields): Fields {
  const { id, team, home, channel } = person;
  const org = isOrgWide(person)
    ? { enterprise_id: home, enterprise: { id: home }, is_enterprise_install: true }
    : {};
  if ('command' in body) {
    const isOrg = String(isOrgWide(person));
    return { ...body, ...org, is_enterprise_install: isOrg, user_id: id, team_id: team, channel_id: channel };
  }
  if ('event' in body) {
    return {
      ...body,
      team_id: isOrgWide(person) ? team : home,
      event_id: `Ev ${id} ${JSON.stringify(body.event).length}`,
      authorizations: [
        { enterprise_id: null, team_id: isOrgWide(person) ? team : home, user_id: BOT, is_bot: true, ...org },
      ],
      is_ext_shared_channel: team !== home,
      event: { ...fields(body.event), user: id, team, user_team: team, channel },
    };
  }
  const inDialog = body.view !== undefined;
  return {
    ...body,
    ...org,
    user: { id, username: id, team_id: team },
    // A dialog names the workspace that it belongs to, since it may have been opened from another.
    team: { id: inDialog || isOrgWide(person) ? team : home, domain: 'acme' },
    ...(inDialog
      ? { view: { ...fields(body.view), app_installed_team_id: isOrgWide(person) ? team : home } }
      : {}),
    ...(body.channel === undefined ? {} : { channel: { ...fields(body.channel), id: channel } }),
  };
}
