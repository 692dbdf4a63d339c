import { readObjects, writeObject } from "./objects.ts";

/** The bytes of a blob; null where there is none of that id. */
export async function readBlob(directory: string, sha: string): Promise<Buffer | null> {
  const [blob] = await readBlobs(directory, [sha]);
  return blob ?? null;
}

/** The bytes of many blobs, in the order asked for, in one process; null where there is none of that id. */
export async function readBlobs(directory: string, shas: readonly string[]): Promise<(Buffer | null)[]> {
  const objects = await readObjects(directory, shas);
  return objects.map((object) => (object?.type === "blob" ? object.bytes : null));
}

/** Writes a blob and gives its id. */
export async function writeBlob(directory: string, bytes: Uint8Array): Promise<string> {
  return writeObject(directory, "blob", bytes);
}
