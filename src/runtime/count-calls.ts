/** The response to a request; null if there was none. */
export type Ended = { readonly status: number; readonly text: string } | null;

/** Returns a function that counts Web API calls by method and error. It ignores other requests. */
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

/** Returns Slack's error code in the response body; null if the call succeeded. */
function errorIn(text: string): string | null {
  return /"ok":\s*true/.test(text) ? null : (/"error":\s*"([^"]*)"/.exec(text)?.[1] ?? 'malformed');
}
