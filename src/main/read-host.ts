import { UserError } from "../domain/errors.ts";
import { isLoopback } from "../sandbox/is-loopback.ts";

/** A GitHub: github.com, or an Enterprise Server. Neither address ends with a slash. */
export interface GitHubHost {
  readonly web: string;
  readonly api: string;
}

/**
 * Reads which GitHub the environment means: GHE_HOST names an Enterprise Server. GITHUB_WEB and GITHUB_API name a
 * sandbox, on this machine only, so that no secret leaves it unencrypted.
 */
export function readHost(environment: NodeJS.ProcessEnv): GitHubHost {
  const host = environment["GHE_HOST"] || null;
  if (host !== null && !/^[a-z\d.-]+(:\d{1,5})?$/i.test(host)) {
    throw new UserError(`GHE_HOST is ${JSON.stringify(host)}; give a host's name alone, such as github.example.com`, {
      misuse: true,
    });
  }
  const usual: GitHubHost =
    host === null
      ? { web: "https://github.com", api: "https://api.github.com" }
      : { web: `https://${host}`, api: `https://${host}/api/v3` };
  return {
    web: readSandboxAddress(environment, "GITHUB_WEB") ?? usual.web,
    api: readSandboxAddress(environment, "GITHUB_API") ?? usual.api,
  };
}

/** Where people see the GitHub that has this address for programs. */
export function webOf(api: string): string {
  return api === "https://api.github.com" ? "https://github.com" : api.replace(/\/api\/v3$/, "");
}

function readSandboxAddress(environment: NodeJS.ProcessEnv, name: string): string | null {
  const text = environment[name];
  if (!text) return null;
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol) && isLoopback(url.hostname)) return text.replace(/\/+$/, "");
  throw new UserError(
    `${name} is not an address of this machine; it is for a sandbox, such as http://127.0.0.1:4010. Give GHE_HOST for an Enterprise Server`,
    { misuse: true },
  );
}
