import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { importClone } from "../../src/sandbox/import/import-clone.ts";
import type { Release } from "../../src/sandbox/model/release.ts";
import { git, temporaryFolder } from "../support/repository.ts";
import { startTestApp } from "../support/start-test-app.ts";

interface Written {
  readonly author: string;
  readonly message: string;
  /** Marks of commits, the first parent first; the last one on main where none are given. */
  readonly parents?: readonly number[];
}

function identity(name: string, at: number): string {
  return `${name} <${name.toLowerCase().replaceAll(" ", ".")}@example.com> ${1_700_000_000 + at * 60} +0000`;
}

/** A repository made in one go. Each commit has its place as its mark, and is a minute after the one before. */
function makeClone(commits: readonly Written[], tags: Readonly<Record<string, number>>): string {
  const folder = temporaryFolder();
  git(folder, ["init", "--quiet", "--initial-branch=main"]);
  const stream = commits.map(({ author, message, parents = [] }, index) => {
    const mark = index + 1;
    const [first, ...others] = parents;
    return [
      "commit refs/heads/main",
      `mark :${mark}`,
      `author ${identity(author, mark)}`,
      `committer ${identity(author, mark)}`,
      `data ${Buffer.byteLength(message)}`,
      message,
      ...(first === undefined ? [] : [`from :${first}`]),
      ...others.map((other) => `merge :${other}`),
      "M 644 inline count.txt",
      `data ${String(mark).length}`,
      String(mark),
      "",
    ].join("\n");
  });
  const made = Object.entries(tags).map(([tag, mark]) => `reset refs/tags/${tag}\nfrom :${mark}\n\n`);
  execFileSync("git", ["fast-import", "--quiet"], { cwd: folder, input: [...stream, ...made].join("") });
  return folder;
}

/** 120 pull requests of 300 commits, their merges among these; then 3,000 commits of as many people. */
function history(): { readonly commits: Written[]; readonly tags: Record<string, number> } {
  const commits: Written[] = [{ author: "Ada Example", message: "Begin" }];
  let main = 1;
  for (let number = 1; number <= 120; number += 1) {
    const size = number % 2 === 0 ? 1 : 2;
    let tip = main;
    for (let one = 0; one < size; one += 1) {
      commits.push({ author: `Person ${number % 40}`, message: `Count ${number}.${one}`, parents: [tip] });
      tip = commits.length;
    }
    const message = `Merge pull request #${number} from acme/topic-${number}\n\nCount ${number}`;
    commits.push({ author: "Ada Example", message, parents: [main, tip] });
    main = commits.length;
  }
  const middle = main;
  for (let number = 1; number <= 3000; number += 1) {
    commits.push({ author: `Somebody Number ${number}`, message: `Add ${number}`, parents: [main] });
    main = commits.length;
  }
  return { commits, tags: { "v1.0.0": 1, "v1.1.0": middle, "v2.0.0": main } };
}

test("a look at a release of 300 commits takes ten requests at most, one more for each hundred, and 3,000 people fit", async () => {
  const { commits, tags } = history();
  const { forge, acme, app, installation, quiet, complaints, requests } = await startTestApp();
  const { repository } = await importClone(forge, {
    clone: makeClone(commits, tags),
    name: "tides",
    owner: acme,
    releases: true,
  });
  await app.deps.enqueue({ kind: "installation", installationId: installation.id, account: null });
  await quiet();
  const [, middle, last] = repository.releases.toSorted((one, other) => (one.tagName < other.tagName ? -1 : 1));

  async function askedFor(release: Release | undefined): Promise<number> {
    requests.length = 0;
    const place = { installationId: installation.id, repositoryId: repository.id, owner: "acme", name: "tides" };
    const { tagName: tag = "", id: releaseId = 0 } = release ?? {};
    await app.deps.enqueue({ kind: "release", ...place, tag, releaseId });
    await quiet();
    expect(complaints).toEqual([]);
    return requests.length;
  }

  // A release whose works are new is looked at twice.
  const asked = await askedFor(middle);
  expect(middle?.body).toContain("v1.0.0..v1.1.0 ");
  expect(asked).toBeLessThanOrEqual(2 * 10);
  const askedMore = (await askedFor(last)) - asked;
  expect(askedMore).toBe(2 * 27);
  const body = last?.body ?? "";
  expect(body).toContain("3,000 people made v2.0.0.");
  expect(body.length).toBeLessThanOrEqual(125_000);
  expect(body).toContain("(https://credit.example.org/acme/tides/-/releases/v2.0.0)");
  const page = await app.http.request("/acme/tides/-/releases/v2.0.0");
  expect(page.status).toBe(200);
  expect((await page.text()).match(/<th scope="row">/g)).toHaveLength(3000);
});
