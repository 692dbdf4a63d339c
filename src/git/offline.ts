/** For a run of git that has to do with what is here: nothing is fetched from where a partial clone came from. */
export const offline: Readonly<Record<string, string>> = { GIT_NO_LAZY_FETCH: "1", GIT_ALLOW_PROTOCOL: "none" };
