/** What of a playbook's folder is no part of it: what it is tested by, and what tools keep. */
const apart: ReadonlySet<string> = new Set(["tests", ".git", "node_modules"]);

/** Whether a path from a playbook's folder leads to no part of the playbook. */
export function isApart(path: string): boolean {
  return apart.has(path.split("/", 1)[0] ?? "");
}
