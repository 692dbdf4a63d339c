import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UserError } from "../domain/errors.ts";
import { type Clone, openClone } from "./open-clone.ts";
import { reasonOf, runGit, startGit } from "./run-git.ts";

export interface HistoryToClone {
  /** Where it is kept; a clone that is there already is used again if it has the commit. */
  readonly directory: string;
  /** Of the repository, by http or https. */
  readonly url: string;
  /** Null for the commit itself, which a tag or a draft may be at without any branch. */
  readonly branch: string | null;
  /** A commit that it has to have. */
  readonly head: string;
  /** Asked for only where something is fetched. */
  readonly token: () => Promise<string>;
  /** Ends it early. */
  readonly signal: AbortSignal;
}

/**
 * Clones all commits of a branch, or all that one commit holds, and none of the files. Gives null where the branch has not
 * got the commit (any more). The token is in git's environment alone: never in an address, an argument, or what is kept.
 * Throws a UserError where git cannot.
 */
export async function cloneHistory(wanted: HistoryToClone): Promise<Clone | null> {
  const { directory, head } = wanted;
  const known = await openClone(directory).catch(() => null);
  if (known !== null && (await hasCommit(known, head))) return known;
  await removeClone(directory);
  await mkdir(dirname(directory), { recursive: true });
  // Renamed when it is whole, so that what a crash leaves is never taken for one.
  const unfinished = `${directory}.${randomUUID()}`;
  await clone(unfinished, wanted);
  await rename(unfinished, directory);
  const made = await openClone(directory);
  return (await hasCommit(made, head)) ? made : null;
}

/** Removes a clone, and what was left of attempts at it. */
export async function removeClone(directory: string): Promise<void> {
  const parent = dirname(directory);
  const names = await readdir(parent).catch(() => []);
  const own = basename(directory);
  for (const name of names) {
    if (name === own || name.startsWith(`${own}.`)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

async function clone(directory: string, wanted: HistoryToClone): Promise<void> {
  const { url, branch, token, signal } = wanted;
  const args = branch === null ? await prepareFetch(directory, wanted) : cloneArguments(directory, { url, branch });
  const git = await startGit(dirname(directory), args, {
    environment: settingsFor(url, await token()),
    stopsAll: true,
  });
  const stop = (): void => git.stop();
  signal.addEventListener("abort", stop);
  try {
    if (signal.aborted) git.stop();
    for await (const _ of git.stdout);
    const { status, stderr } = await git.ended;
    if (status === 0) return;
    await rm(directory, { recursive: true, force: true });
    throw new UserError(`git cannot clone ${withoutCredentials(url)}: ${withoutCredentials(reasonOf(stderr))}`);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function cloneArguments(
  directory: string,
  { url, branch }: { readonly url: string; readonly branch: string },
): string[] {
  const options = ["--quiet", "--bare", "--filter=blob:none", "--single-branch", "--no-tags", "--template="];
  return ["clone", ...options, `--branch=${branch}`, "--", url, directory];
}

/** Makes an empty repository, and says how a commit gets into it: git clones branches and tags alone. */
async function prepareFetch(directory: string, { url, head }: Pick<HistoryToClone, "url" | "head">): Promise<string[]> {
  const parent = dirname(directory);
  const made = await runGit(parent, ["init", "--quiet", "--bare", "--template=", "--initial-branch=head", directory]);
  if (made.status !== 0) throw new UserError(`git cannot make ${directory}: ${reasonOf(made.stderr)}`);
  await runGit(directory, ["remote", "add", "origin", url]);
  // Nothing tidies up in the background: what is done with may be removed at once.
  const options = ["--quiet", "--filter=blob:none", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"];
  return ["-C", directory, "fetch", ...options, "origin", `+${head}:refs/heads/head`];
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

async function hasCommit({ directory }: Clone, sha: string): Promise<boolean> {
  const environment = { GIT_NO_LAZY_FETCH: "1", GIT_ALLOW_PROTOCOL: "none" };
  const { status } = await runGit(directory, ["merge-base", "--is-ancestor", sha, "HEAD"], { environment });
  return status === 0;
}

function withoutCredentials(text: string): string {
  return text.replace(/(https?:\/\/)[^/\s@]*@/gi, "$1");
}
