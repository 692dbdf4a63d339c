import { UserError } from "../domain/errors.ts";
import { oneLine } from "../domain/one-line.ts";
import { PostponeUntil } from "../domain/postpone-until.ts";
import { MissingPermission, NotThere, QueryFailed, statusOf } from "../github/errors.ts";

/** What was asked of GitHub, to name it by. */
export interface AskedOfGitHub {
  /** As `acme/tides`. */
  readonly repository: string;
  readonly apiUrl: string;
}

/** What went wrong with GitHub, in one line for whoever asked; any other error as it is. */
export function explainGitHubError(error: unknown, { repository, apiUrl }: AskedOfGitHub): unknown {
  const options = { cause: error };
  const tell = (text: string): UserError => new UserError(oneLine(text), options);
  if (!(error instanceof Error) || error instanceof UserError) return error;
  if (error instanceof PostponeUntil) {
    const moment = error.moment.toISOString().replace(/T(\d\d:\d\d).*$/, " at $1 UTC");
    return tell(`GitHub's limit is reached; it listens again on ${moment}, so ask once more then`);
  }
  if (error instanceof NotThere) {
    return tell(`${repository} is not at ${apiUrl}, or this token may not see it; look at its name, and at the token`);
  }
  if (error instanceof MissingPermission) {
    const needed = error.permissions.join(", ") || "contents, issues and pull requests";
    return tell(`the token may not read all of ${repository}; give it ${needed} to read`);
  }
  if (error instanceof QueryFailed) return tell(`${error.message}; ask once more`);
  const status = statusOf(error);
  if (status === null) return error;
  if (status === 401) return tell("GitHub does not take the token (401); make a new one, and give it by GITHUB_TOKEN");
  if (status === 403) return tell(`GitHub does not let this token read ${repository} (403): ${error.message}`);
  const isHeard = "response" in error && error.response !== undefined;
  if (!isHeard) return tell(`${apiUrl} cannot be reached: ${error.message}; look at the network, and at --api-url`);
  return tell(`GitHub answered ${status}: ${error.message}; ask once more later`);
}
