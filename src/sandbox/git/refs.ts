import { decodeUtf8OrWestern } from "../../git/decode-text.ts";
import { type ObjectType, toObjectType } from "../../git/parse-objects.ts";
import { gitIn } from "./git-in.ts";
import { isValidRefName } from "./ref-names.ts";

export interface GitRef {
  /** In full, as `refs/heads/main`. */
  readonly name: string;
  readonly sha: string;
  readonly type: ObjectType;
  /** What an annotated tag points to; null for all else. */
  readonly peeled: { readonly sha: string; readonly type: ObjectType } | null;
}

/** The refs whose full names begin with a text, as `refs/heads/` or `refs/tags/v1`, in the order of their names. */
export async function listRefs(directory: string, prefix: string): Promise<GitRef[]> {
  const folder = prefix.slice(0, prefix.lastIndexOf("/"));
  const isFolder = folder === "refs" || isValidRefName(folder);
  if (!isFolder) return [];
  return (await refsMatching(directory, [folder])).filter(({ name }) => name.startsWith(prefix));
}

/** A ref by its full name; null where there is none. */
export async function readRef(directory: string, name: string): Promise<GitRef | null> {
  const [ref] = await readRefs(directory, [name]);
  return ref ?? null;
}

/** Those of some full names that are refs, in the order given, in one process. */
export async function readRefs(directory: string, names: readonly string[]): Promise<GitRef[]> {
  const valid = names.filter(isValidRefName);
  if (valid.length === 0) return [];
  const refs = await refsMatching(directory, valid);
  return valid.flatMap((name) => refs.find((ref) => ref.name === name) ?? []);
}

/** Every ref and where it points: two of these, before and after, tell what a push has done. */
export async function snapshotRefs(directory: string): Promise<Map<string, string>> {
  return new Map((await refsMatching(directory, ["refs"])).map(({ name, sha }) => [name, sha]));
}

/** A pattern is a ref or a folder of refs; as neither has a `*` or `[` in its name, none is taken for a wildcard. */
async function refsMatching(directory: string, patterns: readonly string[]): Promise<GitRef[]> {
  const format = "%(objectname) %(objecttype) %(*objectname) %(*objecttype) %(refname)";
  const { stdout } = await gitIn(directory, ["for-each-ref", `--format=${format}`, "--", ...patterns]);
  const lines = decodeUtf8OrWestern(stdout, 0, stdout.length).split("\n").filter(Boolean);
  return lines.map((line) => {
    const [sha = "", type = "", peeledSha = "", peeledType = "", name = ""] = line.split(" ");
    const peeled = peeledSha === "" ? null : { sha: peeledSha, type: toObjectType(peeledType) };
    return { name, sha, type: toObjectType(type), peeled };
  });
}
