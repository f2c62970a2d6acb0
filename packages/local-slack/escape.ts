/**
 * Escapes `&`, `<` and `>`: what Slack's client does with typed text, and what text in HTML needs.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
