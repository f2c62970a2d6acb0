/** A manifest that uses every section that the rules know. */

const EVENTS_URL = 'https://bot.example.org/slack/events';

const functions = {
  book_room: {
    title: 'Book a room',
    description: 'Books a meeting room and tells the channel.',
    input_parameters: {
      properties: {
        channel: { type: 'slack#/types/channel_id', title: 'Channel' },
        size: {
          type: 'string',
          title: 'Size',
          enum: ['small', 'large'],
          choices: [
            { value: 'small', title: 'Up to four people' },
            { value: 'large', title: 'More' },
          ],
        },
      },
      required: ['channel'],
    },
    output_parameters: { properties: { room: { type: 'string', title: 'Room' } }, required: ['room'] },
  },
};

/** A manifest that Slack accepts, for an app that Slack reaches this way. */
export function manifestFor(transport: 'socket' | 'http', withStep = true) {
  const request_url = transport === 'http' ? { request_url: EVENTS_URL } : {};
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'Room finder',
      description: 'Finds a free meeting room.',
      long_description: 'Finds a free meeting room and books it. '.repeat(5),
      background_color: '#0b3d2e',
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: true,
      },
      bot_user: { display_name: 'room-finder', always_online: true },
      slash_commands: [
        {
          command: '/room',
          description: 'Finds a free room',
          usage_hint: '[number of people] | list',
          should_escape: false,
          ...(transport === 'http' ? { url: EVENTS_URL } : {}),
        },
      ],
      shortcuts: [
        { name: 'Find a room', type: 'message', callback_id: 'find_room', description: 'For this thread' },
      ],
    },
    oauth_config: {
      ...(transport === 'http' ? { redirect_urls: ['https://bot.example.org/slack/oauth_redirect'] } : {}),
      scopes: {
        bot: ['commands', 'chat:write', 'channels:join', 'app_mentions:read', 'files:write', 'users:read'],
      },
    },
    settings: {
      event_subscriptions: {
        ...request_url,
        bot_events: ['app_home_opened', 'app_mention', ...(withStep ? ['function_executed'] : [])],
      },
      interactivity: { is_enabled: true, ...request_url },
      org_deploy_enabled: true,
      socket_mode_enabled: transport === 'socket',
      token_rotation_enabled: transport === 'http',
      ...(withStep ? { function_runtime: 'remote' } : {}),
    },
    ...(withStep ? { functions } : {}),
  };
}
