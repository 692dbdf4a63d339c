import { type GitObject, isObjectType, type ObjectType, parseObjects } from "../../git/parse-objects.ts";
import { gitIn } from "./git-in.ts";
import { isObjectId } from "./object-ids.ts";

/** Reads objects in the order asked for, in one process; null for what is not there or is no object id. */
export async function readObjects(directory: string, shas: readonly string[]): Promise<(GitObject | null)[]> {
  const asked = shas.filter(isObjectId);
  if (asked.length === 0) return shas.map(() => null);
  const input = asked.map((sha) => `${sha}\n`).join("");
  const { stdout } = await gitIn(directory, ["cat-file", "--batch", "--buffer"], { input });
  const objects = parseObjects(stdout);
  return shas.map((sha) => objects.get(sha) ?? null);
}

/** The types of those objects that are there, in one process. */
export async function readObjectTypes(directory: string, shas: readonly string[]): Promise<Map<string, ObjectType>> {
  const types = new Map<string, ObjectType>();
  const asked = shas.filter(isObjectId);
  if (asked.length === 0) return types;
  const input = asked.map((sha) => `${sha}\n`).join("");
  const { stdout } = await gitIn(directory, ["cat-file", "--batch-check", "--buffer"], { input });
  for (const line of stdout.toString("latin1").split("\n")) {
    const [sha = "", type = ""] = line.split(" ");
    if (isObjectType(type)) types.set(sha, type);
  }
  return types;
}

/** Writes an object's bytes as they are, and gives its id. Throws an Error where git finds them malformed. */
export async function writeObject(directory: string, type: ObjectType, bytes: Uint8Array): Promise<string> {
  const { stdout } = await gitIn(directory, ["hash-object", "-t", type, "-w", "--stdin"], { input: bytes });
  return stdout.toString("latin1").trim();
}
