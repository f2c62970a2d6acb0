/**
 * Returns SQL that appends a text to a JSON array of strings. The text is one of Slack's ids, so it needs no escaping.
 */
export const appendToList = (list: string, text: string): string =>
  `CASE WHEN ${list} = '[]' THEN '["' || ${text} || '"]'
    ELSE substr(${list}, 1, length(${list}) - 1) || ',"' || ${text} || '"]' END`;
