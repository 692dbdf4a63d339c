const statusesWithoutBody = new Set([101, 204, 205, 304]);

/**
 * A fetch that gives up after some milliseconds, and that fails where an answer breaks off half-way: Octokit takes
 * what has come until then for the whole.
 */
export function createFetch(timeout: number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, signal: AbortSignal.timeout(timeout) });
    const { status, statusText, headers } = response;
    const body = await response.arrayBuffer();
    return new Response(statusesWithoutBody.has(status) ? null : body, { status, statusText, headers });
  };
}
