import { devNull } from "node:os";
import { type GitOptions, type GitResult, reasonOf, runGit } from "../../git/run-git.ts";

/** Keeps out what this machine and its user have configured, and what a push could replace objects by. */
export const isolation: Readonly<Record<string, string>> = {
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_COUNT: "0",
  GIT_CONFIG_PARAMETERS: "",
  GIT_ATTR_NOSYSTEM: "1",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_NAMESPACE: "",
  GIT_DIFF_OPTS: "",
  HOME: devNull,
  XDG_CONFIG_HOME: devNull,
};

/** What one run may be given, and which statuses beside 0 are an answer. */
interface RunOptions extends GitOptions {
  readonly answers?: readonly number[];
}

/**
 * Runs git in a bare repository and waits for it. Paths are taken literally, and no folder above is looked at. Throws
 * an Error with git's reason where it ends with a status that is no answer.
 */
export async function gitIn(directory: string, args: readonly string[], options: RunOptions = {}): Promise<GitResult> {
  const { answers = [], environment, ...rest } = options;
  const result = await runGit(directory, ["--git-dir=.", "--literal-pathspecs", ...args], {
    ...rest,
    environment: { ...isolation, ...environment },
  });
  if (result.status === 0 || answers.includes(result.status)) return result;
  throw new Error(`git ${args[0]} failed in ${directory}: ${reasonOf(result.stderr)}`);
}
