import { expect, test } from "vitest";
import { readIssuesCounted } from "../../src/store/issues-counted.ts";
import { hidePerson } from "../../src/store/people.ts";
import {
  findReleasesAtTag,
  findReleasesOf,
  findReleasesSince,
  forgetRelease,
  readPublishedRelease,
  rememberRelease,
} from "../../src/store/releases.ts";
import { rememberTold, wasTold } from "../../src/store/told.ts";
import { findKnownBefore, readWorkCredits } from "../../src/store/work-credits.ts";
import { describeDatabases } from "../support/databases.ts";
import {
  ada,
  addRepositories,
  credit,
  entry,
  grace,
  hedy,
  inTransaction,
  march,
  promised,
  pullRequest,
} from "../support/ledger.ts";

const key = { installationId: 1, repositoryId: 10 };
const work = (number: number, ...originals: readonly number[]) => {
  return { subject: pullRequest(number), originals: originals.map(pullRequest) };
};

await describeDatabases("releases", ({ open }) => {
  test("what a release consists of is kept, and a draft is shown to nobody", async () => {
    const database = await open();
    const release = { id: 7, tag: "v1", isDraft: true, range: "v1", works: [work(12), work(30, 13)] };
    await rememberRelease(database, key, { ...release, publishedAt: null });
    expect(await readPublishedRelease(database, key, "v1")).toBeNull();
    expect(await findReleasesAtTag(database, key, "v1")).toEqual([{ releaseId: 7, tag: "v1" }]);
    expect(await findReleasesSince(database, key, march(1))).toEqual([]);
    await rememberRelease(database, key, { ...release, isDraft: false, publishedAt: march(2) });
    expect(await findReleasesSince(database, key, march(2))).toEqual([{ releaseId: 7, tag: "v1" }]);
    expect(await findReleasesSince(database, key, march(3))).toEqual([]);
    expect(await readPublishedRelease(database, key, "v1")).toEqual({ ...release, isDraft: false });
    expect(await readPublishedRelease(database, { ...key, installationId: 2 }, "v1")).toBeNull();
    await forgetRelease(database, key, 7);
    expect(await findReleasesAtTag(database, key, "v1")).toEqual([]);
  });

  test("a tag has a part in the releases that end or begin with it, and in none whose tag is only spelled alike", async () => {
    const database = await open();
    const ranges = [
      ["v1", "v1"],
      ["v1.1", "v1..v1.1"],
      ["v1.2", "v1.1..v1.2"],
      ["v1", "v0..the draft"],
    ];
    for (const [place, [tag = "", range = ""]] of ranges.entries()) {
      await rememberRelease(database, key, { id: 7 + place, tag, isDraft: false, range, works: [], publishedAt: null });
    }
    const found = async (tag: string) =>
      (await findReleasesAtTag(database, key, tag)).map(({ releaseId }) => releaseId);
    expect(await found("v1")).toEqual([7, 8, 10]);
    expect(await found("v1.1")).toEqual([8, 9]);
    expect(await found("v_")).toEqual([]);
  });

  test("releases are found by whom their works credit, those that were brought from elsewhere too", async () => {
    const database = await open();
    await addRepositories(database);
    await credit(database, pullRequest(12), { entries: [entry(ada)] });
    await credit(database, pullRequest(13), { entries: [entry(grace)] });
    await rememberRelease(database, key, {
      id: 7,
      tag: "v1",
      isDraft: false,
      range: "v1",
      works: [work(12)],
      publishedAt: null,
    });
    await rememberRelease(database, key, {
      id: 8,
      tag: "v2",
      isDraft: false,
      range: "v2",
      works: [work(30, 13)],
      publishedAt: null,
    });
    const found = (account: typeof ada) =>
      inTransaction(database, (transaction) => findReleasesOf(transaction, 1, account.accountId ?? 0));
    expect((await found(ada)).map(({ releaseId, tag }) => [releaseId, tag])).toEqual([[7, "v1"]]);
    expect((await found(grace)).map(({ releaseId, tag }) => [releaseId, tag])).toEqual([[8, "v2"]]);
    expect(await found(hedy)).toEqual([]);
  });

  test("the credit of many works comes at once, without what is promised and whom nobody is to see", async () => {
    const database = await open();
    await credit(database, pullRequest(12), { entries: [entry(ada), entry(hedy, { role: "reviewer" })] });
    await credit(database, pullRequest(13), { entries: [entry(grace, { day: 2, state: "lost" })] });
    await credit(database, pullRequest(14), { entries: [promised(grace)] });
    await inTransaction(database, (transaction) => hidePerson(transaction, 1, { id: 103, login: "hedy" }));
    const credits = await readWorkCredits(database, key, [12, 13, 14, 99].map(pullRequest));
    expect(credits.map(({ subject, name, role, countedAt }) => [subject, name, role, countedAt])).toEqual([
      [pullRequest(12), "Ada Example", "author", march(1)],
      [pullRequest(13), "Grace Sample", "author", march(2)],
    ]);
    expect(await readWorkCredits(database, { ...key, installationId: 2 }, [pullRequest(12)])).toEqual([]);
    expect(await readWorkCredits(database, key, [])).toEqual([]);
  });

  test("whoever had merged work before their own moment is known; issues make nobody known", async () => {
    const database = await open();
    await credit(database, pullRequest(12), { entries: [entry(ada, { day: 1 })] });
    await credit(database, { kind: "issue", number: 3 }, { entries: [entry(hedy, { day: 1, role: "reporter" })] });
    const moments = new Map([ada, grace, hedy].map((person) => [person.key, march(2)]));
    expect(await findKnownBefore(database, key, moments)).toEqual(new Set([ada.key]));
    expect(await findKnownBefore(database, key, new Map([[ada.key, march(1)]]))).toEqual(new Set());
  });

  test("issues count between two moments, the first one not among them", async () => {
    const database = await open();
    for (const number of [1, 2, 3]) {
      await credit(database, { kind: "issue", number }, { entries: [entry(ada, { day: number, role: "reporter" })] });
    }
    const numbers = async (after: Date | null, until: Date | null) =>
      (await readIssuesCounted(database, key, { after, until })).map(({ number }) => number);
    expect(await numbers(march(1), march(2))).toEqual([2]);
    expect(await numbers(null, null)).toEqual([1, 2, 3]);
  });

  test("a thing is told once for each repository", async () => {
    const database = await open();
    expect(await wasTold(database, key, "edited 7")).toBe(false);
    for (const day of [1, 2]) await rememberTold(database, key, { thing: "edited 7", now: march(day) });
    expect(await wasTold(database, key, "edited 7")).toBe(true);
    expect(await wasTold(database, { ...key, repositoryId: 11 }, "edited 7")).toBe(false);
  });
});
