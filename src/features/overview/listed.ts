import { quoted } from '../../blocks/text.ts';
import type { Listed } from '../../decision/post.ts';

/** The project's name, leading to its card where that is known to be. */
export function linkedProjectName({ decision, card }: Listed): string {
  const name = quoted(decision.project);
  return card.permalink ? `<${card.permalink}|${name}>` : name;
}

/** When it was asked for: a day, as the reader's Slack writes it. */
export function formatDayAsked({ decision }: Listed): string {
  const seconds = Math.floor(decision.createdAt / 1000);
  const day = new Date(decision.createdAt).toISOString().slice(0, 10);
  return `<!date^${seconds}^{date_short_pretty}|${day}>`;
}
