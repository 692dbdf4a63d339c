import { expect, test } from "vitest";
import { findReleaseBefore, findReleaseRange } from "../../src/app/find-release-range.ts";
import type { TaggedRelease } from "../../src/github/read-release-surroundings.ts";

/** Releases by their tags, in the order in which they were published; `~` is a draft, `!` a prerelease. */
function releasesOf(...tags: readonly string[]): TaggedRelease[] {
  return tags.map((text, index) => ({
    id: index + 1,
    tag: text.replace(/^[~!]/, ""),
    isDraft: text.startsWith("~"),
    isPrerelease: text.startsWith("!"),
    publishedAt: text.startsWith("~") ? null : new Date(index * 1000),
  }));
}

test.each<[name: string, tags: string[], own: number, before: string | null]>([
  ["nothing is before the first one", ["v1.0.0"], 1, null],
  ["the next one follows it", ["v1.0.0", "v1.1.0"], 2, "v1.0.0"],
  ["versions tell the order, and not time", ["v2.0.0", "v1.0.0", "v1.0.1"], 3, "v1.0.0"],
  ["each prefix is a line of its own", ["web-v1.0.0", "api-v3.0.0", "web-v1.1.0"], 3, "web-v1.0.0"],
  ["a release follows the last release", ["v1.0.0", "v1.1.0-rc.1", "v1.1.0"], 3, "v1.0.0"],
  ["a prerelease follows the last prerelease", ["v1.0.0", "v1.1.0-rc.1", "v1.1.0-rc.2"], 3, "v1.1.0-rc.1"],
  ["what GitHub calls a prerelease is one", ["v1.0.0", "!v1.1.0", "v1.2.0"], 3, "v1.0.0"],
  ["such a prerelease may follow another", ["v1.0.0", "!v1.1.0", "!v1.2.0"], 3, "v1.1.0"],
  ["drafts of others do not count", ["v1.0.0", "~v1.1.0", "v1.2.0"], 3, "v1.0.0"],
  ["a draft follows what is published", ["v1.0.0", "~v1.1.0"], 2, "v1.0.0"],
  ["a draft without a tag follows what was published last", ["v2.0.0", "v1.0.1", "!v3.0.0", "~"], 4, "v1.0.1"],
  ["as does one that GitHub names untagged", ["v2.0.0", "v1.0.1", "~untagged-0123456789abcdef0123"], 3, "v1.0.1"],
])("%s", (_, tags, own, before) => {
  const releases = releasesOf(...tags);
  const release = releases[own - 1];
  expect(release && (findReleaseBefore(release, releases)?.tag ?? null)).toBe(before);
});

const repository = {
  id: 10,
  owner: "acme",
  name: "tides",
  isPrivate: false,
  url: "https://github.example/acme/tides",
  defaultBranch: "main",
  hasIssues: true,
};

/** A range where only these tags are there. */
async function rangeOf(
  tags: readonly string[],
  there: Readonly<Record<string, string>>,
  more: { tagSha?: string | null } = {},
) {
  const releases = releasesOf(...tags);
  const release = releases.at(-1);
  if (release === undefined) throw new Error("there is no release");
  const query = async (_: string, { tag }: Readonly<Record<string, unknown>>) => {
    const oid = there[String(tag).replace("refs/tags/", "")];
    return { data: { repository: { tagged: oid === undefined ? null : { target: { oid } } } }, errors: [] };
  };
  const surroundings = { repository, releases, tagSha: null, targetSha: "sha of main", ...more };
  const configuration = { repository: null, organization: null };
  return findReleaseRange({ query }, release, { ...surroundings, configuration });
}

test("a release is at its tag, and the one before at its own", async () => {
  const found = await rangeOf(["v1.0.0", "v1.1.0"], { "v1.0.0": "sha of v1.0.0" }, { tagSha: "sha of v1.1.0" });
  expect(found).toMatchObject({ to: "sha of v1.1.0", name: "v1.0.0..v1.1.0", previous: { sha: "sha of v1.0.0" } });
});

test("a release whose tag is gone is nowhere, and a draft whose tag is not made yet is where its target is", async () => {
  expect(await rangeOf(["v1.0.0", "v1.1.0"], { "v1.0.0": "sha of v1.0.0" })).toBeNull();
  const draft = await rangeOf(["v1.0.0", "~v1.1.0"], { "v1.0.0": "sha of v1.0.0" });
  expect(draft).toMatchObject({ to: "sha of main", name: "v1.0.0..v1.1.0", until: null });
});

test("releases whose tag is gone are passed over", async () => {
  const found = await rangeOf(["v1.0.0", "v1.1.0", "v1.2.0"], { "v1.0.0": "a" }, { tagSha: "c" });
  expect(found).toMatchObject({ name: "v1.0.0..v1.2.0", previous: { sha: "a" } });
  expect(await rangeOf(["v1.0.0", "v1.2.0"], {}, { tagSha: "c" })).toMatchObject({ name: "v1.2.0", previous: null });
});
