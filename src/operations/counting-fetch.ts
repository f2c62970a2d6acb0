/** The same `fetch`, with every call of Slack's Web API counted by its method and what Slack said to it. */
export function countingFetch(
  fetch: typeof globalThis.fetch,
  count: (method: string, error: string | null) => void,
): typeof globalThis.fetch {
  return async (input, init) => {
    const method = /\/api\/([\w.]+)$/.exec(
      new URL(input instanceof Request ? input.url : input).pathname,
    )?.[1];
    if (method === undefined) return fetch(input, init);
    let response: Response;
    try {
      response = await fetch(input, init);
    } catch (error) {
      count(method, 'no_answer');
      throw error;
    }
    if (!response.ok) {
      count(method, `http_${response.status}`);
      return response;
    }
    // Slack says what went wrong in the body; whoever called reads it afterwards.
    const text = await response.text();
    count(method, /"ok":\s*true/.test(text) ? null : (/"error":\s*"([^"]*)"/.exec(text)?.[1] ?? 'malformed'));
    return new Response(text, { status: response.status, headers: response.headers });
  };
}
