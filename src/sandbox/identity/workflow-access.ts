import { notAccessible } from "../refusal.ts";
import { type Caller, grants } from "./access.ts";

/** Throws where an app would write what GitHub Actions runs, and was not granted to: what may change contents may not. */
export function requireWorkflows(caller: Caller, paths: readonly string[]): void {
  if (caller.kind !== "installation" || grants(caller.permissions, ["workflows", "write"])) return;
  if (paths.some((path) => path.startsWith(".github/workflows/"))) throw notAccessible();
}
