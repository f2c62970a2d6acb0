import { z } from 'zod';
import { manifestFunctions } from './manifest-functions.ts';
import { httpsUrl, nonEmptyText, uniqueList } from './manifest-values.ts';
import { BOT_SCOPES, EVENT_NAMES, USER_SCOPES } from './slack-names.ts';

/**
 * Checks a manifest against Slack's published rules, as of 2026-11-23, without a Slack account:
 *
 * - `schemas/manifest.schema.2.0.0.json` of https://github.com/slackapi/manifest-schema, commit 085a104: lengths,
 *   counts, patterns, and keys;
 * - https://docs.slack.dev/reference/app-manifest: names of bots, ids of steps, https, requirements of steps;
 * - https://docs.slack.dev/reference/types/string-type: the choices of an input;
 * - https://docs.slack.dev/authentication/installing-with-oauth: redirect URLs are https;
 * - the pages of events and features under https://docs.slack.dev/reference: the scope that each needs.
 *
 * If sources differ, the stricter one counts: a long description has at least 175 characters, not 174. Other keys
 * that Slack knows are accepted unchecked, because nothing here uses them. Unknown keys are refused.
 */

const unchecked = z.unknown().optional();

const slashCommand = z.strictObject({
  command: nonEmptyText(32)
    .min(2)
    .regex(/^\/\S+$/, 'must begin with a slash and hold no spaces'),
  url: httpsUrl(3000).optional(),
  description: nonEmptyText(2000),
  usage_hint: nonEmptyText(1000).optional(),
  should_escape: z.boolean().optional(),
});

const shortcut = z.strictObject({
  name: nonEmptyText(24),
  type: z.enum(['message', 'global']),
  callback_id: nonEmptyText(255),
  description: nonEmptyText(150),
});

const features = z.strictObject({
  app_home: z
    .strictObject({
      home_tab_enabled: z.boolean().optional(),
      messages_tab_enabled: z.boolean().optional(),
      messages_tab_read_only_enabled: z.boolean().optional(),
    })
    .optional(),
  bot_user: z
    .strictObject({
      display_name: nonEmptyText(80).regex(/^[a-z0-9._-]+$/, 'must hold only a-z, 0-9, -, _ and .'),
      always_online: z.boolean().optional(),
    })
    .optional(),
  slash_commands: z.array(slashCommand).min(1).max(50).optional(),
  shortcuts: z.array(shortcut).min(1).max(10).optional(),
  agent_view: unchecked,
  assistant_view: unchecked,
  rich_previews: unchecked,
  search: unchecked,
  unfurl_domains: unchecked,
  workflow_steps: unchecked,
});

const scopes = z
  .strictObject({
    bot: uniqueList(z.enum(BOT_SCOPES), 255).optional(),
    user: uniqueList(z.enum(USER_SCOPES), 255).optional(),
    bot_optional: uniqueList(z.enum(BOT_SCOPES), 255).optional(),
    user_optional: uniqueList(z.enum(USER_SCOPES), 255).optional(),
  })
  .superRefine((given, context) => {
    for (const kind of ['bot', 'user'] as const) {
      for (const [i, scope] of (given[`${kind}_optional`] ?? []).entries()) {
        if (given[kind]?.includes(scope)) continue;
        context.addIssue({
          code: 'custom',
          path: [`${kind}_optional`, i],
          message: `must also be among the scopes of "${kind}"`,
        });
      }
    }
  });

const oauthConfig = z.strictObject({
  redirect_urls: uniqueList(httpsUrl(2500), 1000).optional(),
  scopes: scopes.optional(),
  token_management_enabled: z.boolean().optional(),
  pkce_enabled: z.boolean().optional(),
});

const settings = z.strictObject({
  event_subscriptions: z
    .strictObject({
      request_url: httpsUrl(3500).optional(),
      bot_events: uniqueList(z.enum(EVENT_NAMES), 100).optional(),
      user_events: uniqueList(z.enum(EVENT_NAMES), 100).optional(),
      metadata_subscriptions: unchecked,
    })
    .optional(),
  interactivity: z
    .strictObject({
      is_enabled: z.boolean(),
      request_url: httpsUrl(3500).optional(),
      message_menu_options_url: httpsUrl(3500).optional(),
    })
    .optional(),
  org_deploy_enabled: z.boolean().optional(),
  socket_mode_enabled: z.boolean().optional(),
  token_rotation_enabled: z.boolean().optional(),
  function_runtime: z.enum(['remote', 'slack']).optional(),
  allowed_ip_address_ranges: unchecked,
  hermes_app_type: unchecked,
  incoming_webhooks: unchecked,
  is_hosted: unchecked,
  is_mcp_enabled: unchecked,
  siws_links: unchecked,
});

const manifest = z
  .strictObject({
    _metadata: z
      .strictObject({ major_version: z.literal([1, 2]).optional(), minor_version: z.int().optional() })
      .optional(),
    display_information: z.strictObject({
      name: nonEmptyText(35),
      description: nonEmptyText(140).optional(),
      long_description: z.string().min(175).max(4000).optional(),
      background_color: z
        .string()
        .regex(/^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$/, 'must be a color such as #0b3d2e')
        .optional(),
    }),
    features: features.optional(),
    oauth_config: oauthConfig.optional(),
    settings: settings.optional(),
    functions: manifestFunctions.optional(),
    datastores: unchecked,
    external_auth_providers: unchecked,
    metadata_events: unchecked,
    outgoing_domains: unchecked,
    types: unchecked,
    workflows: unchecked,
  })
  .superRefine((given, context) => {
    for (const { path, message } of crossSectionProblems(given)) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  });

interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Returns violations of rules that connect several sections. */
function crossSectionProblems({
  _metadata,
  features,
  oauth_config,
  settings,
  functions: steps,
}: z.infer<typeof manifest>): Problem[] {
  const bot = oauth_config?.scopes?.bot ?? [];
  const events = settings?.event_subscriptions?.bot_events ?? [];
  const problems: Problem[] = [];
  const need = (holds: boolean, path: Problem['path'], message: string): void => {
    if (!holds) problems.push({ path, message });
  };
  const botScopes = ['oauth_config', 'scopes', 'bot'];
  if (features?.slash_commands || features?.shortcuts) {
    need(bot.includes('commands'), botScopes, 'must hold commands: there is a command or a shortcut');
  }
  if (events.includes('app_mention')) {
    need(bot.includes('app_mentions:read'), botScopes, 'must hold app_mentions:read: app_mention needs it');
  }
  if (bot.length > 0) {
    need(
      features?.bot_user !== undefined,
      ['features', 'bot_user'],
      'must be there: the app asks for bot scopes',
    );
  }
  if (features?.shortcuts) {
    need(
      settings?.interactivity?.is_enabled === true,
      ['settings', 'interactivity', 'is_enabled'],
      'must be true: there is a shortcut',
    );
  }
  if (settings?.socket_mode_enabled !== true) {
    for (const [i, { url }] of (features?.slash_commands ?? []).entries()) {
      need(url !== undefined, ['features', 'slash_commands', i, 'url'], 'must be there without Socket Mode');
    }
    for (const section of ['event_subscriptions', 'interactivity'] as const) {
      need(
        settings?.[section] === undefined || settings[section].request_url !== undefined,
        ['settings', section, 'request_url'],
        'must be there without Socket Mode',
      );
    }
  }
  if (steps && Object.keys(steps).length > 0) {
    need(
      _metadata?.major_version === 2,
      ['_metadata', 'major_version'],
      'must be 2: there is a step for workflows',
    );
    need(
      settings?.org_deploy_enabled === true,
      ['settings', 'org_deploy_enabled'],
      'must be true: there is a step for workflows',
    );
    need(
      settings?.function_runtime !== undefined,
      ['settings', 'function_runtime'],
      'must be there: there is a step for workflows',
    );
    need(
      events.includes('function_executed'),
      ['settings', 'event_subscriptions', 'bot_events'],
      'must hold function_executed: there is a step for workflows',
    );
  }
  return problems;
}

/** Returns Slack's reasons to refuse the manifest, each as `path: reason`. */
export function findManifestProblems(given: unknown): readonly string[] {
  const { error } = manifest.safeParse(given);
  return (error?.issues ?? []).flatMap((issue) => {
    const where = issue.path.join('.');
    if (issue.code !== 'unrecognized_keys') return [`${where}: ${issue.message}`];
    return issue.keys.map((key) => `${where === '' ? key : `${where}.${key}`}: is not known here`);
  });
}
