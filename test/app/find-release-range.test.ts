import { expect, test } from "vitest";
import { findReleaseRange } from "../../src/app/find-release-range.ts";
import type { TaggedRelease } from "../../src/github/read-release-surroundings.ts";

/** Releases by their tags, in the order in which they were published; `~` is a draft, `!` a prerelease, `-` one whose tag is gone. */
function releasesOf(...tags: readonly string[]): TaggedRelease[] {
  return tags.map((text, index) => {
    const tag = text.replace(/^[~!-]+/, "");
    return {
      id: index + 1,
      tag,
      isDraft: text.startsWith("~"),
      isPrerelease: text.startsWith("!"),
      sha: text.startsWith("-") ? null : `sha of ${tag}`,
      publishedAt: text.startsWith("~") ? null : new Date(index * 1000),
    };
  });
}

test.each<[name: string, tags: string[], own: number, range: string | null]>([
  ["the first one has everything", ["v1.0.0"], 1, "v1.0.0"],
  ["the next one what came since", ["v1.0.0", "v1.1.0"], 2, "v1.0.0..v1.1.0"],
  ["versions tell the order, and not time", ["v2.0.0", "v1.0.0", "v1.0.1"], 3, "v1.0.0..v1.0.1"],
  ["each prefix is a line of its own", ["web-v1.0.0", "api-v3.0.0", "web-v1.1.0"], 3, "web-v1.0.0..web-v1.1.0"],
  ["a release follows the last release", ["v1.0.0", "v1.1.0-rc.1", "v1.1.0"], 3, "v1.0.0..v1.1.0"],
  ["a prerelease follows the last prerelease", ["v1.0.0", "v1.1.0-rc.1", "v1.1.0-rc.2"], 3, "v1.1.0-rc.1..v1.1.0-rc.2"],
  ["what GitHub calls a prerelease is one", ["v1.0.0", "!v1.1.0", "v1.2.0"], 3, "v1.0.0..v1.2.0"],
  ["such a prerelease may follow another", ["v1.0.0", "!v1.1.0", "!v1.2.0"], 3, "v1.1.0..v1.2.0"],
  ["drafts of others do not count", ["v1.0.0", "~v1.1.0", "v1.2.0"], 3, "v1.0.0..v1.2.0"],
  ["neither do releases whose tag is gone", ["v1.0.0", "-v1.1.0", "v1.2.0"], 3, "v1.0.0..v1.2.0"],
  ["one whose own tag is gone is nowhere", ["v1.0.0", "-v1.1.0"], 2, null],
])("%s", (_, tags, own, range) => {
  const releases = releasesOf(...tags);
  const release = releases[own - 1];
  expect(release && findReleaseRange(release, { releases, targetSha: "sha of main" })?.name).toBe(range ?? undefined);
});

test("a draft whose tag is not made yet is where its target is", () => {
  const releases = releasesOf("v1.0.0", "-v1.1.0").map((one) => ({ ...one, isDraft: one.sha === null }));
  const [, draft] = releases;
  const found = draft && findReleaseRange(draft, { releases, targetSha: "sha of main" });
  expect(found).toMatchObject({ to: "sha of main", name: "v1.0.0..v1.1.0", previous: { sha: "sha of v1.0.0" } });
});

test("a draft without a tag follows what was published last", () => {
  const releases = releasesOf("v2.0.0", "v1.0.1", "!v3.0.0");
  const draft = { id: 9, tag: "untagged-0123456789abcdef0123", isDraft: true };
  const found = findReleaseRange(draft, { releases, targetSha: "sha of main" });
  expect(found).toMatchObject({ to: "sha of main", name: "v1.0.1..the draft" });
});
