const statusesWithoutBody = new Set([101, 204, 205, 304]);

/**
 * A fetch that gives up after some milliseconds, and that fails where an answer breaks off half-way: Octokit takes
 * what has come until then for the whole.
 */
export function createFetch(timeout: number): typeof fetch {
  return async (input, init) => {
    const signals = [AbortSignal.timeout(timeout), init?.signal].filter((signal) => signal instanceof AbortSignal);
    const response = await fetch(input, { ...init, signal: AbortSignal.any(signals) });
    const { status, statusText, headers } = response;
    const body = await response.arrayBuffer();
    return new Response(statusesWithoutBody.has(status) ? null : body, { status, statusText, headers });
  };
}
