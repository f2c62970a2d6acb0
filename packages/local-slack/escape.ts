/**
 * Escapes `&`, `<` and `>`, for HTML and as Slack's client does for typed text.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
