import type { Question } from '../advice/rubric/schema.ts';
import { COMMAND, SHORTCUTS, STEP } from '../blocks/ids.ts';
import { EVENTS, INSTALLATION_EVENTS, SCOPES, STEP_EVENTS } from './permissions.ts';
import { buildWorkflowStep } from './step.ts';

/** How Slack reaches the app. */
export type ManifestTarget =
  /** One workspace over Socket Mode. The bot opens the connection. */
  | { readonly kind: 'socket' }
  /** Many workspaces over HTTPS, each installed from the bot's own page. */
  | { readonly kind: 'http'; readonly publicUrl: string };

export interface ManifestOptions {
  /** Questions of the rubric. Each is an input of the workflow step. */
  readonly questions: readonly Question[];
  /**
   * Includes the workflow step. By default only with Socket Mode, because Slack doesn't allow public distribution of
   * an app with a step.
   */
  readonly withFunction?: boolean;
  readonly command?: string;
}

export type Manifest = ReturnType<typeof buildManifest>;

/**
 * Returns the app manifest (https://docs.slack.dev/reference/app-manifest) in version 2, which Slack recommends for
 * apps with workflow steps.
 */
export function buildManifest(
  target: ManifestTarget,
  { questions, withFunction = target.kind === 'socket', command = COMMAND }: ManifestOptions,
) {
  const root = target.kind === 'http' ? target.publicUrl.replace(/\/+$/, '') : null;
  const events = root === null ? {} : { request_url: `${root}/slack/events` };
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'Django or Flask',
      description: 'Choose Django or Flask as a team: advice, pros and cons, a vote and a record.',
      long_description:
        'For teams about to start a Python web project. Answer a few questions, and the channel gets a card: ' +
        'Django, Flask or both, with pros, cons and what would change the answer. The team adds answers, votes ' +
        'and decides, and keeps a one-page record. The advice follows one published article and uses no language ' +
        'model.',
      background_color: '#0b3d2e',
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: true,
      },
      bot_user: { display_name: 'django-or-flask', always_online: true },
      slash_commands: [
        {
          command,
          ...(root === null ? {} : { url: `${root}/slack/events` }),
          description: 'Get advice for a project: Django or Flask?',
          usage_hint: '[project name] | history | help',
          should_escape: false,
        },
      ],
      shortcuts: [
        {
          name: 'Django or Flask?',
          type: 'message',
          callback_id: SHORTCUTS.djangoOrFlask,
          description: 'Ask about a project and get the card in this thread',
        },
      ],
    },
    oauth_config: {
      ...(root === null ? {} : { redirect_urls: [`${root}/slack/oauth_redirect`] }),
      scopes: { bot: SCOPES.map(({ name }) => name) },
    },
    settings: {
      event_subscriptions: {
        ...events,
        bot_events: [
          ...EVENTS,
          ...(withFunction ? STEP_EVENTS : []),
          ...(root === null ? [] : INSTALLATION_EVENTS),
        ].map(({ name }) => name),
      },
      interactivity: { is_enabled: true, ...events },
      // Slack accepts a workflow step only from an app that an organisation can install.
      org_deploy_enabled: withFunction || root !== null,
      socket_mode_enabled: root === null,
      token_rotation_enabled: root !== null,
      ...(withFunction ? { function_runtime: 'remote' } : {}),
    },
    ...(withFunction ? { functions: { [STEP.callback]: buildWorkflowStep(questions) } } : {}),
  };
}
