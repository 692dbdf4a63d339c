import { resolve } from "node:path";
import { UserError } from "../domain/errors.ts";
import { reasonOf, runGit } from "./run-git.ts";

/** A git repository on this machine. */
export interface Clone {
  /** The folder that was asked for; paths are relative to it. */
  readonly directory: string;
  /** The top of the work tree, or the repository itself where it is bare. */
  readonly root: string;
  readonly bare: boolean;
  /** Whether the history is cut, as `git clone --depth` does. */
  readonly shallow: boolean;
}

/**
 * Finds the repository that a folder lies in: a work tree or any folder below it, a bare one, a submodule. Throws a
 * UserError that names the option by which the folder was given.
 */
export async function openClone(directory: string, option = "--repo"): Promise<Clone> {
  const questions = ["--is-bare-repository", "--is-shallow-repository", "--show-cdup", "--absolute-git-dir"];
  const { status, stdout, stderr } = await runGit(directory, ["rev-parse", ...questions]);
  if (status !== 0) throw new UserError(whyNotOpened(directory, stderr, option));
  // A bare repository has no way up to print. The name of a folder may hold line breaks.
  const [isBare, isShallow, ...paths] = stdout.toString().replace(/\n$/, "").split("\n");
  const bare = isBare === "true";
  const root = bare ? paths.join("\n") : resolve(directory, paths[0] ?? "");
  return { directory, root, bare, shallow: isShallow === "true" };
}

function whyNotOpened(directory: string, stderr: string, option: string): string {
  if (/cannot change to/.test(stderr)) return `there is no folder ${directory}; give ${option} the folder of a clone`;
  if (/not a git repository/.test(stderr))
    return `${directory} is not in a git repository; give ${option} the folder of a clone`;
  if (/dubious ownership/.test(stderr)) {
    return `git does not read ${directory}, because somebody else owns it; if you trust it, run: git config --global --add safe.directory ${directory}`;
  }
  return `git cannot open ${directory}: ${reasonOf(stderr)}; see what git status says there`;
}
