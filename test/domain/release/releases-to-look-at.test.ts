import { expect, test } from "vitest";
import { stateOfRelease } from "../../../src/domain/release/release-state.ts";
import { type ListedRelease, releasesToLookAt } from "../../../src/domain/release/releases-to-look-at.ts";

const noon = new Date("2026-03-02T12:00:00Z");
const morning = new Date("2026-03-02T08:00:00Z");
const evening = new Date("2026-03-02T20:00:00Z");
const listed: ListedRelease = {
  id: 7,
  tag: "v1.4.0",
  isDraft: false,
  isPrerelease: false,
  sha: "4f2a91c0",
  touchedAt: evening,
};
const known = { id: 7, tag: "v1.4.0", state: stateOfRelease(listed) };

test("a release's state is a line to read", () => {
  expect(known.state).toBe("published v1.4.0 at 4f2a91c0");
  expect(stateOfRelease({ ...listed, isDraft: true, isPrerelease: true, sha: null })).toBe(
    "draft prerelease v1.4.0 at no commit",
  );
});

test.each<
  [string, Partial<ListedRelease>, readonly (typeof known | (Omit<typeof known, "state"> & { state: null }))[], boolean]
>([
  ["is as it was when it was looked at, is not", {}, [known], false],
  ["has a tag that was moved", { sha: "1234567e" }, [known], true],
  ["has another tag", { tag: "v1.4.1" }, [known], true],
  ["is a draft again", { isDraft: true }, [known], true],
  ["is a prerelease now", { isPrerelease: true }, [known], true],
  ["moved long ago, unseen", { sha: "1234567e", touchedAt: morning }, [known], true],
  ["was published since", {}, [], true],
  ["was published just then", { touchedAt: noon }, [], true],
  ["was there before, is not", { touchedAt: morning }, [], false],
  ["was published since, and whose look failed", {}, [{ ...known, state: null }], true],
  [
    "was there before, and whose look nobody remembers, is not",
    { touchedAt: morning },
    [{ ...known, state: null }],
    false,
  ],
])("a release is looked at that %s", (_, changed, all, isLookedAt) => {
  const release = { ...listed, ...changed };
  expect(releasesToLookAt([release], all, noon)).toEqual(isLookedAt ? [release] : []);
});
