import type { AppSurfaces } from '../app-manifest.ts';
import type { Snapshot } from './api.ts';

export interface Completion {
  readonly label: string;
  readonly description: string;
  /** Text of the field after the person accepts the completion. */
  readonly text: string;
}

/** Returns completions for typed text: commands at its start, people after an `@`. */
export function completionsFor(typed: string, snapshot: Snapshot, commands: boolean): Completion[] {
  if (commands && /^\/\S*$/.test(typed)) {
    return snapshot.app.commands
      .filter(({ name }) => name.startsWith(typed))
      .map(({ name, description, usage }) => ({
        label: usage ? `${name} ${usage}` : name,
        description,
        text: `${name} `,
      }));
  }
  const mention = /(^|\s)@([\w-]*)$/.exec(typed);
  if (mention === null) return [];
  const [, , begun = ''] = mention;
  const before = typed.slice(0, typed.length - begun.length);
  return [{ ...snapshot.bot, label: 'app' }, ...snapshot.people]
    .filter(({ name }) => name.startsWith(begun.toLowerCase()))
    .map(({ name, label }) => ({ label: `@${name}`, description: label, text: `${before}${name} ` }));
}

/** Returns the app's first command with the first alternative of its usage hint; null without a command. */
export function firstCommand({ commands: [first] }: AppSurfaces): string | null {
  if (first === undefined) return null;
  const [usage = ''] = first.usage.split(' | ');
  return `${first.name} ${usage}`.trim();
}
