import { expect, test } from "vitest";
import type { GitHubClient, QueryAnswer } from "../../src/github/github-client.ts";
import { readCommitsById } from "../../src/github/read-commits-by-id.ts";

const shas = Array.from({ length: 120 }, (_, index) => index.toString(16).padStart(40, "0"));
const pageInfo = { hasNextPage: false, endCursor: null };

/** A GitHub that answers for so many commits at once, of which the first is gone. */
function createClient(most: number) {
  const asked: number[] = [];
  const query = async (text: string): Promise<QueryAnswer> => {
    const wanted = Array.from(text.matchAll(/(c\d+): object\(oid: "([\da-f]+)"\)/g), ([, alias, sha]) => [alias, sha]);
    asked.push(wanted.length);
    if (wanted.length > most) throw Object.assign(new Error("Bad gateway"), { status: 502 });
    const answers = wanted.map(([alias, sha]) => [alias, sha === shas[0] ? null : commit(sha ?? "")]);
    return { data: { repository: Object.fromEntries(answers) as unknown }, errors: [] };
  };
  return { client: { query } as unknown as GitHubClient, asked };
}

function commit(oid: string) {
  const nodes = [{ merged: false }, { merged: oid.endsWith("5") }];
  return {
    id: oid,
    oid,
    url: "",
    message: "",
    parents: { totalCount: 1 },
    authors: { pageInfo, nodes: [] },
    committedDate: "2026-03-01T12:00:00Z",
    associatedPullRequests: { nodes },
  };
}

test.for<[most: number, asked: number[]]>([
  [50, [50, 50, 20]],
  [20, [50, ...Array.from({ length: 9 }, () => 13), 3]],
])("where GitHub gives %i at once, all are read in their order", async ([most, asked]) => {
  const { client, asked: seen } = createClient(most);
  const found = await readCommitsById(client, { owner: "acme", name: "tides", shas });
  expect(found.map(({ facts }) => facts.sha)).toEqual(shas.slice(1));
  expect(found.filter(({ isMerged }) => isMerged).every(({ facts }) => facts.sha.endsWith("5"))).toBe(true);
  expect(found.filter(({ isMerged }) => isMerged)).toHaveLength(8);
  expect(seen).toEqual(asked);
});

test("a GitHub that cannot give a single one fails", async () => {
  const { client } = createClient(0);
  await expect(readCommitsById(client, { owner: "acme", name: "tides", shas })).rejects.toThrow("Bad gateway");
});
