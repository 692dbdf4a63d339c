export type ObjectType = "blob" | "tree" | "commit" | "tag";

export interface GitObject {
  readonly sha: string;
  readonly type: ObjectType;
  readonly bytes: Buffer;
}

/**
 * The objects in what `git cat-file --batch` prints, by their ids: each arrives as the line `<id> <type> <size>`, its bytes, and
 * a line break; one that is not there as a line, and is left out.
 */
export function parseObjects(output: Buffer): Map<string, GitObject> {
  const objects = new Map<string, GitObject>();
  for (let start = 0; start < output.length; ) {
    const lineEnd = output.indexOf("\n", start);
    const [sha = "", type = "", size = ""] = output.toString("latin1", start, lineEnd).split(" ");
    start = lineEnd + 1;
    if (!isObjectType(type)) continue;
    const end = start + Number(size);
    objects.set(sha, { sha, type, bytes: output.subarray(start, end) });
    start = end + 1;
  }
  return objects;
}

export function isObjectType(text: string): text is ObjectType {
  return text === "blob" || text === "tree" || text === "commit" || text === "tag";
}

/** Throws an Error where git names a type that it does not have. */
export function toObjectType(text: string): ObjectType {
  if (isObjectType(text)) return text;
  throw new Error(`git has no objects of the type ${JSON.stringify(text)}`);
}
