import { createClaimRules, readClaims } from "../../src/domain/credit/claims.ts";
import { findByAddress } from "../../src/sandbox/actions/accounts.ts";
import { type Forge, gitDirectory } from "../../src/sandbox/forge.ts";
import { listCommits } from "../../src/sandbox/git/list-commits.ts";
import { snapshotRefs } from "../../src/sandbox/git/refs.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";

/** How many commits each person's account wrote or co-wrote, as the sandbox links the addresses in them. */
export async function countByAccount(forge: Forge, repository: Repository): Promise<Map<Account, number>> {
  const directory = gitDirectory(forge, repository);
  const tips = new Set((await snapshotRefs(directory)).values());
  const rules = createClaimRules({ parse: "tolerant" });
  const counts = new Map<Account, number>();
  for (const { sha, author, message } of await listCommits(directory, { include: [...tips] })) {
    const commit = { id: sha, author: { name: author.name, address: author.email }, message };
    const accounts = readClaims(commit, rules).map(({ role, identity }) => {
      const isAuthor = role === "author" || role === "co-author";
      return isAuthor && identity?.address ? findByAddress(forge.state, identity.address) : null;
    });
    for (const account of new Set(accounts)) {
      if (account?.type === "User") counts.set(account, (counts.get(account) ?? 0) + 1);
    }
  }
  return counts;
}
