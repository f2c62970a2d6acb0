import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const shortcut = z.object({
  name: z.string(),
  type: z.enum(['message', 'global']),
  callback_id: z.string(),
  description: z.string(),
});
const manifest = z.object({
  display_information: z.object({ name: z.string() }).optional(),
  features: z.object({
    app_home: z.object({ home_tab_enabled: z.boolean().default(false) }).optional(),
    slash_commands: z
      .array(z.object({ command: z.string(), description: z.string(), usage_hint: z.string().default('') }))
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
  }[];
  readonly shortcuts: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: 'message' | 'global';
    readonly description: string;
  }[];
  readonly home: boolean;
}

export function surfacesOf(source: string): AppSurfaces {
  const { display_information, features } = manifest.parse(parse(source));
  return {
    name: display_information?.name ?? '',
    commands: features.slash_commands.map(({ command, description, usage_hint }) => ({
      name: command,
      description,
      usage: usage_hint,
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

/** The surfaces that the app's own manifest names. */
export function readSurfaces(): AppSurfaces {
  return surfacesOf(readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8'));
}
