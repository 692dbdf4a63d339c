import { isAtLeast, roleOf } from "../../identity/access.ts";
import type { Account } from "../../model/account.ts";
import type { PullRequest } from "../../model/issue.ts";

export function mayPush({ issue }: PullRequest, account: Account): boolean {
  return isAtLeast(roleOf(account, issue.repository), "write");
}
