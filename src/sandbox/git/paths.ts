/** Whether a path names something below a repository's root: relative, and without empty, `.` or `..` parts. */
export function isPlainPath(path: string): boolean {
  if (path.includes("\0") || !path.isWellFormed()) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
