import { Octokit } from "@octokit/rest";
import { expect, test } from "vitest";
import { importClone } from "../../../src/sandbox/import/import-clone.ts";
import { manyMerges } from "../../support/fast-import.ts";
import { git, temporaryFolder } from "../../support/repository.ts";
import { startTestSandbox } from "../../support/start-test-sandbox.ts";

test("500 imported pull requests with 20 commits each are listed over REST, over GraphQL and on pages", async () => {
  const { forge, acme, ada, tokenOf } = await startTestSandbox();
  const clone = temporaryFolder();
  git(clone, ["init", "--quiet", "--bare", "--initial-branch=trunk"]);
  git(clone, ["fast-import", "--quiet"], manyMerges(500, 20));
  await importClone(forge, { clone, owner: acme, name: "tides" });

  const client = new Octokit({ baseUrl: forge.api, auth: tokenOf(ada) });
  const place = { owner: "acme", repo: "tides" };
  const pulls = await client.paginate(client.rest.pulls.list, {
    ...place,
    state: "all",
    direction: "asc",
    per_page: 100,
  });
  expect(pulls.map(({ number }) => number)).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
  const commits = await client.rest.pulls.listCommits({ ...place, pull_number: 500, per_page: 100 });
  expect(commits.data).toHaveLength(20);

  const query = `query ($after: String) { repository(owner: "acme", name: "tides") {
    pullRequests(first: 100, after: $after) {
      totalCount pageInfo { endCursor } nodes { number commits(first: 50) { totalCount nodes { commit { messageHeadline } } } }
    } } }`;
  const { data } = await client.request("POST /graphql", {
    baseUrl: `${forge.web}/api`,
    query,
    variables: { after: null },
  });
  const { totalCount, nodes } = (data as { data: { repository: { pullRequests: Listed } } }).data.repository
    .pullRequests;
  expect([totalCount, nodes.length]).toEqual([500, 100]);
  expect(nodes.map((pull) => pull.commits.totalCount)).toEqual(Array.from({ length: 100 }, () => 20));
  expect(nodes[4]?.commits.nodes[19]?.commit.messageHeadline).toBe("Step 19 of 5");

  const page = await fetch(`${forge.web}/acme/tides/pulls?state=closed&page=20`);
  expect(await page.text()).toContain("Title 1<");
});

interface Listed {
  readonly totalCount: number;
  readonly nodes: readonly {
    readonly commits: {
      readonly totalCount: number;
      readonly nodes: readonly { commit: { messageHeadline: string } }[];
    };
  }[];
}
