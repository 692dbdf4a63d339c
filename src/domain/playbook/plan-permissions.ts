import type { Plan } from "./plan.ts";

/** What the app needs for a plan, without which nothing useful could be made; by GitHub's names. */
export function planPermissions({
  target,
  files,
}: Pick<Plan, "target" | "files">): Readonly<Record<string, "read" | "write">> {
  const hasWorkflows = files.some(({ path }) => path.toLowerCase().startsWith(".github/workflows/"));
  if (target.kind === "existing" && files.length === 0) return { issues: "write" };
  return {
    ...(target.kind === "new" ? { administration: "write" } : { pull_requests: "write" }),
    contents: "write",
    issues: "write",
    ...(hasWorkflows && { workflows: "write" }),
  };
}
