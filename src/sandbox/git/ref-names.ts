/** What is one byte in UTF-8, for git looks at bytes: it takes the control characters from U+0080 on. */
const asciiControl = /(?=[\0-\u007f])\p{Cc}/u;

/**
 * Whether git would take this for a full ref name, below `refs/`. The rules are those of git-check-ref-format(1).
 */
export function isValidRefName(name: string): boolean {
  if (!name.startsWith("refs/") || name.endsWith("/") || name.endsWith(".")) return false;
  if (asciiControl.test(name) || /[ ~^:?*[\\]|\.\.|@\{/.test(name)) return false;
  // A half of a surrogate pair has no UTF-8, so git would see another name than we do.
  if (!name.isWellFormed()) return false;
  return name.split("/").every((part) => part !== "" && !part.startsWith(".") && !part.endsWith(".lock"));
}

/** Throws an Error unless git would take this for the name of a branch, without `refs/heads/`. */
export function requireBranchName(name: string): void {
  const isName = isValidRefName(`refs/heads/${name}`) && !name.startsWith("-") && name !== "HEAD";
  if (!isName) throw new Error(`${JSON.stringify(name)} is no name for a branch`);
}
