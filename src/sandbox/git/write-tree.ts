import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitIn } from "./git-in.ts";
import { isObjectId, requireObjectIds } from "./object-ids.ts";
import { readObjectTypes } from "./objects.ts";
import { isPlainPath } from "./paths.ts";

/** What shall be at a path; null takes away the file or folder that is there. */
export interface TreeChange {
  readonly path: string;
  readonly mode: string;
  readonly sha: string | null;
}

/** Why there is no tree: an entry's path is one that git refuses, its mode is none, or its object is not there. */
export class TreeRefused extends Error {
  override readonly name = "TreeRefused";
  readonly path: string;
  readonly reason: "path" | "mode" | "object";

  constructor(path: string, reason: TreeRefused["reason"]) {
    super(`git takes no entry ${JSON.stringify(path)} of this ${reason}`);
    this.path = path;
    this.reason = reason;
  }
}

/** The files of a tree by path, a path's bytes as latin1: so the paths that are not UTF-8 stay what they are. */
type Files = Map<string, { readonly mode: string; readonly sha: string }>;

const typeOfMode = new Map([
  ["100644", "blob"],
  ["100755", "blob"],
  ["120000", "blob"],
  ["040000", "tree"],
  ["160000", "commit"],
]);

/**
 * Writes the tree that a base becomes by some changes, later ones upon earlier ones, and gives its id. A file takes
 * the place of a folder, and the other way round. Throws a TreeRefused, and an Error where the base is no tree's id.
 */
export async function writeTree(
  directory: string,
  { base, entries }: { readonly base: string | null; readonly entries: readonly TreeChange[] },
): Promise<string> {
  const [files] = await Promise.all([
    base === null ? new Map<string, never>() : readFiles(directory, base),
    requireEntries(directory, entries),
  ]);
  for (const entry of entries) await applyChange(directory, files, entry);
  return writeFiles(directory, files);
}

async function requireEntries(directory: string, entries: readonly TreeChange[]): Promise<void> {
  const types = await readObjectTypes(
    directory,
    entries.flatMap(({ sha }) => sha ?? []),
  );
  for (const { path, mode, sha } of entries) {
    if (!isPlainPath(path)) throw new TreeRefused(path, "path");
    if (sha === null) continue;
    const type = typeOfMode.get(mode);
    if (type === undefined) throw new TreeRefused(path, "mode");
    // A submodule's commit is in another repository.
    if (!isObjectId(sha) || (type !== "commit" && types.get(sha) !== type)) throw new TreeRefused(path, "object");
  }
}

async function applyChange(directory: string, files: Files, { path, mode, sha }: TreeChange): Promise<void> {
  const key = Buffer.from(path).toString("latin1");
  files.delete(key);
  for (const other of files.keys()) if (other.startsWith(`${key}/`)) files.delete(other);
  if (sha === null) return;
  for (let end = key.indexOf("/"); end !== -1; end = key.indexOf("/", end + 1)) files.delete(key.slice(0, end));
  if (mode !== "040000") files.set(key, { mode, sha });
  else for (const [below, file] of await readFiles(directory, sha)) files.set(`${key}/${below}`, file);
}

async function readFiles(directory: string, tree: string): Promise<Files> {
  requireObjectIds(tree);
  const { stdout } = await gitIn(directory, ["ls-tree", "-r", "-z", "--full-tree", tree]);
  const files: Files = new Map();
  for (const line of stdout.toString("latin1").split("\0").filter(Boolean)) {
    const tab = line.indexOf("\t");
    const [mode = "", , sha = ""] = line.slice(0, tab).split(" ");
    files.set(line.slice(tab + 1), { mode, sha });
  }
  return files;
}

/** Git builds trees from an index, and refuses there the paths that no checkout could bear. */
async function writeFiles(directory: string, files: Files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sandbox-index-"));
  try {
    const environment = { GIT_INDEX_FILE: join(folder, "index") };
    const lines = Array.from(files, ([path, { mode, sha }]) => `${mode} ${sha}\t${path}\0`);
    const { stderr } = await gitIn(directory, ["update-index", "-z", "--index-info"], {
      input: Buffer.from(lines.join(""), "latin1"),
      environment,
    });
    // Git leaves out what it refuses, and only says so.
    if (stderr.includes("Ignoring path ")) throw new TreeRefused(refusedPath(stderr, files), "path");
    const { stdout } = await gitIn(directory, ["write-tree"], { environment });
    return stdout.toString("latin1").trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function refusedPath(stderr: string, files: Files): string {
  const paths = Array.from(files.keys(), (key) => Buffer.from(key, "latin1").toString());
  return paths.find((path) => stderr.includes(`Ignoring path ${path}\n`)) ?? "";
}
