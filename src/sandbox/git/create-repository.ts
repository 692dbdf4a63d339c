import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { gitIn } from "./git-in.ts";
import { requireBranchName } from "./ref-names.ts";

/**
 * What sets a repository of GitHub's apart from one that git makes by itself: partial clones, commits fetched by id,
 * pull requests that can be fetched and not pushed, and smart HTTP only. A sandbox need not outlast a power cut, so
 * git waits for no disk.
 */
const configuration = `[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
[http]
	receivepack = true
	getanyfile = false
[receive]
	hideRefs = refs/pull
	autogc = false
[gc]
	auto = 0
[core]
	logAllRefUpdates = false
	fsync = none
`;

/** Makes a bare repository in a folder that is new or empty. Throws an Error where the branch cannot be named so. */
export async function createBareRepository(directory: string, defaultBranch: string): Promise<void> {
  requireBranchName(defaultBranch);
  await mkdir(directory, { recursive: true });
  await gitIn(directory, [
    "init",
    "--bare",
    "--quiet",
    "--template=",
    "--object-format=sha1",
    `--initial-branch=${defaultBranch}`,
  ]);
  await appendFile(join(directory, "config"), configuration);
}

/** Lets HEAD name another branch, there or not yet. Throws an Error where a branch cannot be named so. */
export async function setDefaultBranch(directory: string, branch: string): Promise<void> {
  requireBranchName(branch);
  await gitIn(directory, ["symbolic-ref", "HEAD", `refs/heads/${branch}`]);
}
