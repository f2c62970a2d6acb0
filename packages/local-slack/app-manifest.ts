/** Reads an app's manifest: its bot, its events, and the surfaces that people use. */
import { parse } from 'yaml';
import { z } from 'zod';
import type { LocalSlack } from './local-slack.ts';
import { findManifestProblems } from './rules/manifest-rules.ts';
import type { Bot } from './state/workspace.ts';

const manifest = z.object({
  display_information: z.object({ name: z.string() }).optional(),
  settings: z
    .object({
      event_subscriptions: z
        .object({ bot_events: z.array(z.string()).default([]) })
        .default({ bot_events: [] }),
    })
    .default({ event_subscriptions: { bot_events: [] } }),
  oauth_config: z
    .object({ scopes: z.object({ bot: z.array(z.string()).default([]) }).default({ bot: [] }) })
    .default({ scopes: { bot: [] } }),
  features: z
    .object({
      app_home: z.object({ home_tab_enabled: z.boolean().default(false) }).optional(),
      bot_user: z.object({ display_name: z.string() }).optional(),
      slash_commands: z
        .array(
          z.object({
            command: z.string(),
            description: z.string(),
            usage_hint: z.string().default(''),
            should_escape: z.boolean().default(false),
          }),
        )
        .default([]),
      shortcuts: z
        .array(
          z.object({
            name: z.string(),
            type: z.enum(['message', 'global']),
            callback_id: z.string(),
            description: z.string(),
          }),
        )
        .default([]),
    })
    .default({ slash_commands: [], shortcuts: [] }),
});

/** Commands, shortcuts and Home of an app, as its manifest lists them. */
export interface AppSurfaces {
  /** The app's name. Its bot user can have another. */
  readonly name: string;
  readonly commands: readonly {
    readonly name: string;
    readonly description: string;
    readonly usage: string;
    /** Slack replaces @mentions in the command's text with user ids. */
    readonly escapesMentions: boolean;
  }[];
  readonly shortcuts: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: 'message' | 'global';
    readonly description: string;
  }[];
  readonly hasHome: boolean;
}

/** An app as its manifest describes it. */
export interface App {
  readonly bot: Pick<Bot, 'name' | 'scopes'>;
  /** Types of the events that the app subscribes to. */
  readonly events: readonly string[];
  readonly surfaces: AppSurfaces;
}

export type ReadAppResult =
  | { readonly ok: true; readonly app: App }
  /** Slack's reasons to refuse the manifest, each as `path: reason`. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads a manifest, as YAML or JSON, and checks it against Slack's rules. */
export function readApp(source: string): ReadAppResult {
  let given: unknown;
  try {
    given = parse(source);
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { ok: false, problems: [`not YAML: ${line}`] };
  }
  const problems = findManifestProblems(given);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, app: toApp(given) };
}

/** Returns the event types that the app subscribes to. Doesn't check the manifest against Slack's rules. */
export const readEvents = (source: string): readonly string[] => toApp(parse(source)).events;

/** Returns the app's commands, shortcuts and Home. Doesn't check the manifest against Slack's rules. */
export const readSurfaces = (source: string): AppSurfaces => toApp(parse(source)).surfaces;

function toApp(given: unknown): App {
  const { display_information, features, oauth_config, settings } = manifest.parse(given);
  const name = display_information?.name ?? '';
  return {
    bot: { name: features.bot_user?.display_name ?? name, scopes: oauth_config.scopes.bot },
    events: settings.event_subscriptions.bot_events,
    surfaces: {
      name,
      commands: features.slash_commands.map(({ command, description, usage_hint, should_escape }) => ({
        name: command,
        description,
        usage: usage_hint,
        escapesMentions: should_escape,
      })),
      shortcuts: features.shortcuts.map(({ callback_id, name: shown, type, description }) => ({
        id: callback_id,
        name: shown,
        kind: type,
        description,
      })),
      hasHome: features.app_home?.home_tab_enabled ?? false,
    },
  };
}

/** Returns the app's surfaces if this person can use the app, otherwise none. */
export const surfacesFor = (slack: LocalSlack, person: string, app: AppSurfaces): AppSurfaces =>
  slack.as(person).canUseApp() ? app : { name: app.name, commands: [], shortcuts: [], hasHome: false };
