import { UserError } from "../domain/errors.ts";
import { reasonOf, startGit } from "./run-git.ts";

/** Where git talks to, and for how long. */
export interface Remote {
  /** Of the repository, by http or https. */
  readonly url: string;
  /** Asked for only where something is fetched. */
  readonly token: () => Promise<string>;
  /** Ends it early. */
  readonly signal: AbortSignal;
}

/**
 * Runs git in a folder where it talks to a repository elsewhere. The token is in git's environment alone: never in an address,
 * an argument, or what is kept. Throws a UserError where git cannot.
 */
export async function runWithToken(
  directory: string,
  args: readonly string[],
  { url, token, signal }: Remote,
): Promise<void> {
  const git = await startGit(directory, args, { environment: settingsFor(url, await token()), stopsAll: true });
  const stop = (): void => git.stop();
  signal.addEventListener("abort", stop);
  try {
    if (signal.aborted) git.stop();
    for await (const _ of git.stdout);
    const { status, stderr } = await git.ended;
    if (status !== 0) {
      throw new UserError(`git cannot clone ${withoutCredentials(url)}: ${withoutCredentials(reasonOf(stderr))}`);
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Settings for one run of git, which nobody else sees: the token for this address alone, no helper, no redirect. */
function settingsFor(url: string, token: string): Record<string, string> {
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  const settings = [
    [`http.${url}.extraHeader`, `Authorization: Basic ${basic}`],
    ["http.followRedirects", "false"],
    ["credential.helper", ""],
    ["core.hooksPath", "/dev/null"],
    // In bytes and seconds: whoever falls silent is not waited for.
    ["http.lowSpeedLimit", "1"],
    ["http.lowSpeedTime", "60"],
    ["transfer.bundleURI", "false"],
  ];
  return {
    GIT_ALLOW_PROTOCOL: "http:https",
    GIT_ASKPASS: "",
    SSH_ASKPASS: "",
    // Where its steps are traced, so are headers.
    GIT_TRACE_CURL: "0",
    GIT_CURL_VERBOSE: "0",
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key = "", value = ""], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

function withoutCredentials(text: string): string {
  return text.replace(/(https?:\/\/)[^/\s@]*@/gi, "$1");
}
