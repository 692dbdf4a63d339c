import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recogniseAssistant } from "../../src/domain/credit/recognise-assistant.ts";
import { importClone } from "../../src/sandbox/import/import-clone.ts";
import { git, temporaryFolder } from "../support/repository.ts";
import { startTestApp } from "../support/start-test-app.ts";

const histories = join(import.meta.dirname, "../../../shared/histories");

/** By address, in lower case, how many pull requests and direct commits its owner wrote a commit of; by git alone. */
function countAuthors(clone: string, numbers: ReadonlySet<number>): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (addresses: readonly string[]): void => {
    for (const address of new Set(addresses)) counts.set(address, (counts.get(address) ?? 0) + 1);
  };
  const authorsOf = (...revisions: string[]): string[] => {
    const names = git(clone, ["log", "--no-merges", "--format=%an\t%ae", ...revisions])
      .split("\n")
      .filter(Boolean);
    return names.flatMap((line) => {
      const [name = "", address = ""] = line.split("\t");
      return recogniseAssistant({ name, address }) === null ? [address.toLowerCase()] : [];
    });
  };
  const lines = git(clone, ["log", "--first-parent", "--format=%H\t%P\t%s"]).split("\n").filter(Boolean);
  for (const line of lines) {
    const [sha = "", parents = "", subject = ""] = line.split("\t");
    if (!parents.includes(" ")) {
      count(authorsOf("-1", sha));
      continue;
    }
    const brought = authorsOf(`${sha}^1..${sha}`);
    const number = Number(/^Merge pull request #(\d+) /.exec(subject)?.[1] ?? 0);
    if (numbers.has(number)) count(brought);
    else for (const address of brought) count([address]);
  }
  return counts;
}

function inOrder(counts: ReadonlyMap<number | null, number>): [number | null, number][] {
  return [...counts].toSorted((one, other) => Number(one[0]) - Number(other[0]));
}

// Real histories stand beside the project where its own checks run, and nowhere else.
test.runIf(existsSync(histories)).each(["hono", "kysely"])(
  "the ledger of %s adds up to what git counts over the clone",
  async (name) => {
    const clone = join(temporaryFolder(), name);
    execFileSync("node", [join(histories, "rebuild"), join(histories, `${name}.ndjson.gz`), clone], { stdio: "pipe" });
    const { forge, acme, app, installation, quiet, complaints } = await startTestApp();
    const { repository } = await importClone(forge, { clone, owner: acme });
    await app.deps.enqueue({ kind: "installation", installationId: installation.id, account: null });
    await quiet();
    expect(complaints).toEqual([]);

    const byAccount = new Map<number, number>();
    const accounts = [...forge.state.accounts.values()];
    for (const [address, count] of countAuthors(clone, new Set(repository.issues.keys()))) {
      const owner = accounts.find(({ addresses }) => addresses.some((one) => one.toLowerCase() === address));
      if (owner !== undefined) byAccount.set(owner.id, (byAccount.get(owner.id) ?? 0) + count);
    }
    const rows = await app.deps.database.query
      .selectFrom("credits")
      .select(["account_id", (row) => row.fn.countAll<number>().as("count")])
      .where("repository_id", "=", repository.id)
      .where("role", "=", "author")
      .where("counted_at", "is not", null)
      .where("is_assistant", "=", false)
      .where("account_id", "is not", null)
      .groupBy("account_id")
      .execute();
    const inLedger = new Map(rows.map(({ account_id: id, count }) => [id, count]));
    expect(inLedger.size).toBeGreaterThan(50);
    expect(inOrder(inLedger)).toEqual(inOrder(byAccount));
  },
);
