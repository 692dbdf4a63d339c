/** The id of the tree without entries, which git knows in every repository. */
export const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/** The id by which git means "no object". */
export const noObject = "0".repeat(40);

export function isObjectId(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

/** Throws an Error unless each is an object id: whoever takes revisions from people resolves them first. */
export function requireObjectIds(...ids: readonly string[]): void {
  const other = ids.find((id) => !isObjectId(id));
  if (other !== undefined) throw new Error(`${JSON.stringify(other)} is no object id; resolve it first`);
}
