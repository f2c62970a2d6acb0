import { quoteText } from '../../blocks/text.ts';
import type { ListedDecision } from '../../decision/post.ts';

/** Returns the project's name, linked to its card if the bot knows the permalink. */
export function linkProjectName({ decision, card }: ListedDecision): string {
  const name = quoteText(decision.project);
  return card.permalink ? `<${card.permalink}|${name}>` : name;
}

/** Returns the day of the request in Slack's date format, which uses the reader's time zone. */
export function formatDayAsked({ decision }: ListedDecision): string {
  const seconds = Math.floor(decision.createdAt / 1000);
  const day = new Date(decision.createdAt).toISOString().slice(0, 10);
  return `<!date^${seconds}^{date_short_pretty}|${day}>`;
}
