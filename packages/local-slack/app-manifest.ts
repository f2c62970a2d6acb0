import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { LocalSlack } from './local-slack.ts';

const shortcut = z.object({
  name: z.string(),
  type: z.enum(['message', 'global']),
  callback_id: z.string(),
  description: z.string(),
});
const manifest = z.object({
  display_information: z.object({ name: z.string() }).optional(),
  settings: z
    .object({
      event_subscriptions: z
        .object({ bot_events: z.array(z.string()).default([]) })
        .default({ bot_events: [] }),
    })
    .default({ event_subscriptions: { bot_events: [] } }),
  features: z.object({
    app_home: z.object({ home_tab_enabled: z.boolean().default(false) }).optional(),
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
    shortcuts: z.array(shortcut).default([]),
  }),
});

/** What Slack offers people of an app: read from its manifest, so that the page offers exactly that. */
export interface AppSurfaces {
  /** As people see it; the bot's own name may be another. */
  readonly name: string;
  readonly commands: readonly {
    readonly name: string;
    readonly description: string;
    readonly usage: string;
    /** Whether mentions of people in its text become their ids. */
    readonly escapes: boolean;
  }[];
  readonly shortcuts: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: 'message' | 'global';
    readonly description: string;
  }[];
  readonly home: boolean;
}

/** The events that the app has subscribed to. */
export function eventsOf(source: string): readonly string[] {
  return manifest.parse(parse(source)).settings.event_subscriptions.bot_events;
}

export function surfacesOf(source: string): AppSurfaces {
  const { display_information, features } = manifest.parse(parse(source));
  return {
    name: display_information?.name ?? '',
    commands: features.slash_commands.map(({ command, description, usage_hint, should_escape }) => ({
      name: command,
      description,
      usage: usage_hint,
      escapes: should_escape,
    })),
    shortcuts: features.shortcuts.map(({ callback_id, name, type, description }) => ({
      id: callback_id,
      name,
      kind: type,
      description,
    })),
    home: features.app_home?.home_tab_enabled ?? false,
  };
}

/** What is there for one person. */
export const offeredTo = (slack: LocalSlack, person: string, app: AppSurfaces): AppSurfaces =>
  slack.as(person).isOffered() ? app : { name: app.name, commands: [], shortcuts: [], home: false };

/** The surfaces that the app's own manifest names. */
export function readSurfaces(): AppSurfaces {
  return surfacesOf(ownManifest());
}

export function readEvents(): readonly string[] {
  return eventsOf(ownManifest());
}

const ownManifest = (): string => readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8');
