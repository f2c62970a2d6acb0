/** SQL for a list in JSON with one more text at its end: an id that Slack gave, so nothing in it has to be escaped. */
export const appendToList = (list: string, text: string): string =>
  `CASE WHEN ${list} = '[]' THEN '["' || ${text} || '"]'
    ELSE substr(${list}, 1, length(${list}) - 1) || ',"' || ${text} || '"]' END`;
