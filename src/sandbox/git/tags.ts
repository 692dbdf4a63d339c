import type { ObjectType } from "../../git/parse-objects.ts";
import { requireObjectIds } from "./object-ids.ts";
import { readObjects, writeObject } from "./objects.ts";
import { parseObjectText } from "./parse-object-text.ts";
import { formatSignature, parseSignature, type Signature } from "./signatures.ts";

/** An annotated tag; a lightweight one is a ref and nothing else. */
export interface GitTag {
  readonly sha: string;
  /** What it points to, and of which type that is. */
  readonly object: string;
  readonly type: string;
  readonly tag: string;
  /** Null in tags from before 2005. */
  readonly tagger: Signature | null;
  readonly message: string;
}

/** Reads an annotated tag; null where there is none of that id. */
export async function readTag(directory: string, sha: string): Promise<GitTag | null> {
  const [tag = null] = await readTags(directory, [sha]);
  return tag;
}

/** The same for many, in the order given, in one process. */
export async function readTags(directory: string, shas: readonly string[]): Promise<(GitTag | null)[]> {
  const objects = await readObjects(directory, shas);
  return shas.map((sha, index) => {
    const object = objects[index];
    return object?.type === "tag" ? parseTag(sha, object.bytes) : null;
  });
}

function parseTag(sha: string, bytes: Buffer): GitTag {
  const { headers, message } = parseObjectText(bytes);
  const tagger = headers.get("tagger")?.[0];
  return {
    sha,
    object: headers.get("object")?.[0] ?? "",
    type: headers.get("type")?.[0] ?? "",
    tag: headers.get("tag")?.[0] ?? "",
    tagger: tagger === undefined ? null : parseSignature(tagger),
    message,
  };
}

/** What to write an annotated tag from. */
export interface TagToWrite {
  readonly object: string;
  readonly type: ObjectType;
  readonly tag: string;
  readonly tagger: Signature;
  readonly message: string;
}

/** Writes an annotated tag, its message as it is, and gives its id; the ref that names it is another matter. */
export async function writeTag(directory: string, { object, type, tag, tagger, message }: TagToWrite): Promise<string> {
  requireObjectIds(object);
  const name = tag.replace(/[\n\0]/g, "");
  const text = `object ${object}\ntype ${type}\ntag ${name}\ntagger ${formatSignature(tagger)}\n\n${message}`;
  return writeObject(directory, "tag", Buffer.from(text));
}
