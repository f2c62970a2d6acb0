/** How a request ended: with an answer, or with none. */
export type Ended = { readonly status: number; readonly text: string } | null;

/** Counts calls of Slack's Web API by their method and what Slack said to them; what goes elsewhere is no such call. */
export function countCalls(
  count: (method: string, error: string | null) => void,
): (address: string, ended: Ended) => void {
  return (address, ended) => {
    const method = /^https?:\/\/[^/]+\/(?:.*\/)?api\/([\w.]+)$/.exec(address)?.[1];
    if (method === undefined) return;
    if (ended === null) count(method, 'no_answer');
    else if (ended.status !== 200) count(method, `http_${ended.status}`);
    else count(method, errorIn(ended.text));
  };
}

/** Slack says what went wrong in the body. Null for nothing. */
function errorIn(text: string): string | null {
  return /"ok":\s*true/.test(text) ? null : (/"error":\s*"([^"]*)"/.exec(text)?.[1] ?? 'malformed');
}
