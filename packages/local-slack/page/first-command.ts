import type { AppSurfaces } from '../app-manifest.ts';

/** Returns the app's first command with the first alternative of its usage hint; null without a command. */
export function firstCommand({ commands: [first] }: AppSurfaces): string | null {
  if (first === undefined) return null;
  const [usage = ''] = first.usage.split(' | ');
  return `${first.name} ${usage}`.trim();
}
