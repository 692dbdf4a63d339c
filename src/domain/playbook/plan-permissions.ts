import type { Plan } from "./plan.ts";

/** What the app needs for a plan, without which nothing useful could be made; by GitHub's names. */
export function planPermissions({ files }: Pick<Plan, "files">): Readonly<Record<string, "read" | "write">> {
  const hasWorkflows = files.some(({ path }) => path.toLowerCase().startsWith(".github/workflows/"));
  return {
    administration: "write",
    contents: "write",
    issues: "write",
    ...(hasWorkflows && { workflows: "write" }),
  };
}
