import type { Permission } from "../command/conversation.ts";
import { inCode, type Mistake, mistake } from "../command/mistake.ts";

/** Says why a playbook may not be applied to a repository for somebody; null for whoever may write to it. */
export function refuseApplying(
  permission: Permission,
  { login, isAsker, repository }: { readonly login: string; readonly isAsker: boolean; readonly repository: string },
): Mistake | null {
  if (permission === "write" || permission === "admin") return null;
  const who = isAsker ? "you" : inCode(`@${login}`);
  return mistake(`Only people who can write to ${inCode(repository)} may apply playbooks to it, and ${who} can't.`);
}
