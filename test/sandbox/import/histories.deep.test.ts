import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createClaimRules } from "../../../src/domain/credit/claims.ts";
import { parseMailmap } from "../../../src/domain/credit/mailmap.ts";
import { createPeople } from "../../../src/domain/credit/people.ts";
import { createTally } from "../../../src/domain/credit/tally.ts";
import { decodeUtf8OrWestern } from "../../../src/git/decode-text.ts";
import { openClone } from "../../../src/git/open-clone.ts";
import { readHistory } from "../../../src/git/read-history.ts";
import { createPerson } from "../../../src/sandbox/actions/accounts.ts";
import { gitDirectory } from "../../../src/sandbox/forge.ts";
import { importClone } from "../../../src/sandbox/import/import-clone.ts";
import { countByAccount } from "../../support/count-by-account.ts";
import { makeForge } from "../../support/make-forge.ts";
import { git, temporaryFolder } from "../../support/repository.ts";

const histories = join(import.meta.dirname, "../../../../shared/histories");
const areThere = existsSync(histories);
if (!areThere) console.info("no real histories are imported: ../shared/histories is not there");

// Real histories stand beside the project where its own checks run, and nowhere else.
test.runIf(areThere).each([
  ["hono", 0],
  ["kysely", 0],
  // Their addresses are those of lists, which the mailmap divides by name and no account can have.
  ["git", 3],
])("everybody in %s has an account with as many commits as the tally counts, %i aside", async (name, aside) => {
  const clone = join(temporaryFolder(), name);
  execFileSync("node", [join(histories, "rebuild"), join(histories, `${name}.ndjson.gz`), clone], { stdio: "pipe" });
  const forge = makeForge();
  const owner = createPerson(forge, { login: "owner" });
  const imported = await importClone(forge, { clone, owner });
  expect(imported.commits).toBe(Number(git(clone, ["rev-list", "--all", "--count"])));
  expect(git(gitDirectory(forge, imported.repository), ["for-each-ref", "refs/heads", "refs/tags"])).toBe(
    git(clone, ["for-each-ref", "refs/heads", "refs/tags"]),
  );
  const landed = git(clone, ["log", "--first-parent", "--min-parents=1", "--format=%s"]).split("\n");
  const numbers = landed.map((subject) => /\(#(\d+)\)$|^Merge pull request #(\d+) from /.exec(subject));
  expect(new Set(imported.repository.issues.keys())).toEqual(
    new Set(numbers.flatMap((match) => (match === null ? [] : Number(match[1] ?? match[2])))),
  );
  expect(imported.pullRequests).toBe(imported.repository.issues.size);

  const expected = await countByPerson(clone);
  const counted = await countByAccount(forge, imported.repository);
  expect(imported.people).toBe(expected.length);
  const differences = [...counted.values()]
    .toSorted((one, other) => other - one)
    .map((count, index) => (expected[index] ?? 0) - count);
  expect(differences.reduce((sum, difference) => sum + Math.abs(difference), 0)).toBe(aside);
});

/** How many commits each person wrote or co-wrote, the most first. */
async function countByPerson(folder: string): Promise<number[]> {
  const hasMailmap = git(folder, ["ls-tree", "HEAD", ".mailmap"]) !== "";
  const tally = createTally({
    claims: createClaimRules({ parse: "tolerant" }),
    people: createPeople(parseMailmap(hasMailmap ? [git(folder, ["show", "HEAD:.mailmap"])] : [])),
    chosenRoles: new Set(["author", "co-author"]),
    assistants: "hide",
    countSelf: true,
  });
  const history = readHistory(await openClone(folder), { revisions: ["--all"], paths: [] }, decodeUtf8OrWestern);
  for await (const commits of history) for (const commit of commits) tally.add(commit);
  return tally.finish().people.map(({ commits }) => commits);
}
