import { describe, expect, test } from "vitest";
import {
  type ContributorsFacts,
  type ContributorsPull,
  decideContributors,
} from "../../../src/domain/contributors/decide-contributors.ts";
import { writeContributors } from "../../../src/domain/contributors/write-contributors.ts";

const words = { list: "- Ada Example – author\n- Grace Sample – reviewer\n", beginning: "# Contributors\n" };
const people = [{ name: "Ada Example", login: null, url: null, roles: [] }];
const wanted = writeContributors(null, words).text;
const older = writeContributors(null, { ...words, list: "- Ada Example – author\n" }).text;
const oldAround = `${older}\nAnd the sea.\n`;
const wantedAround = `${wanted}\nAnd the sea.\n`;

const own = { sha: "a1", isOwn: true, text: older };
const theirs = { sha: "b2", isOwn: false, text: older };
const uptodate = { ...own, text: wanted };

function pull(state: ContributorsPull["state"], wish: Partial<ContributorsPull> = {}): ContributorsPull {
  return { number: 7, state, head: "a1", text: older, ...wish };
}

const nothing = (why: string) => ({ kind: "nothing", why });
const propose = (wish: object = {}) => ({ kind: "propose", text: wanted, from: null, number: null, ...wish });

describe("what is done about the file", () => {
  test.each<[string, Partial<ContributorsFacts>, object]>([
    ["a file that is not there is proposed", { file: { text: null } }, propose()],
    ["a file with an older list is proposed", { file: { text: older } }, propose()],
    ["words outside stay in what is proposed", { file: { text: oldAround } }, propose({ text: wantedAround })],
    ["a file that says it already needs nothing", { file: { text: wantedAround } }, nothing("said")],
    ["a file that is no text is left alone", { file: "unreadable" }, nothing("unreadable")],
    [
      "a list that somebody wants to keep is left alone",
      { file: { text: older.replace("- Ada", "<!-- curtain-call:keep -->\n- Ada") } },
      nothing("kept"),
    ],
    ["what is proposed already needs nothing", { branch: uptodate, pull: pull("open") }, nothing("proposed")],
    [
      "an open pull request is updated in its place",
      { branch: own, pull: pull("open") },
      propose({ from: "a1", number: 7 }),
    ],
    [
      "words that changed on the default branch are taken over",
      { file: { text: oldAround }, branch: uptodate, pull: pull("open") },
      propose({ text: wantedAround, from: "a1", number: 7 }),
    ],
    [
      "an open pull request is withdrawn where its list is old and the file says it",
      { file: { text: wanted }, branch: own, pull: pull("open") },
      { kind: "withdraw", from: "a1" },
    ],
    [
      "one that somebody pushed to is not withdrawn",
      { file: { text: wanted }, branch: theirs, pull: pull("open") },
      nothing("said"),
    ],
    [
      "what somebody pushed is left to them, and the pull request is told",
      { branch: theirs, pull: pull("open") },
      { kind: "leave", number: 7 },
    ],
    [
      "what somebody pushed is left to them when they have closed it, too",
      { branch: theirs, pull: pull("closed") },
      { kind: "leave", number: null },
    ],
    [
      "a branch of that name by somebody is left to them",
      { branch: theirs, pull: null },
      { kind: "leave", number: null },
    ],
    [
      "what somebody pushed is free once it was merged",
      { branch: theirs, pull: pull("merged", { head: "b2" }) },
      propose({ from: "b2" }),
    ],
    [
      "what somebody pushed after the merge is left to them",
      { branch: theirs, pull: pull("merged") },
      { kind: "leave", number: null },
    ],
    [
      "after a merge the next change is another pull request",
      { file: { text: older }, branch: own, pull: pull("merged") },
      propose({ from: "a1" }),
    ],
    ["after a merge that took the branch away, too", { file: { text: older }, pull: pull("merged") }, propose()],
    [
      "what somebody closed is not proposed again",
      { branch: uptodate, pull: pull("closed", { text: wanted }) },
      nothing("declined"),
    ],
    [
      "what somebody closed is not proposed again for other words around it",
      { file: { text: oldAround }, pull: pull("closed", { text: wanted }) },
      nothing("declined"),
    ],
    [
      "another list is proposed after one that was closed",
      { branch: own, pull: pull("closed") },
      propose({ from: "a1" }),
    ],
    ["a branch whose pull request was never opened gets one", { branch: uptodate }, propose({ from: "a1" })],
  ])("%s", (_, given, expected) => {
    const facts: ContributorsFacts = { file: { text: null }, branch: null, pull: null, ...given };
    expect(decideContributors(facts, { words, people })).toEqual(expected);
  });
});

describe("where there is nobody to name", () => {
  const nobody = { words: { ...words, list: "Nobody is named yet.\n" }, people: [] };

  test.each<[string, Partial<ContributorsFacts>, object]>([
    ["no file is made", {}, nothing("nobody")],
    ["a file without a list gets none", { file: { text: "# Us\n" } }, nothing("nobody")],
    [
      "a pull request that names somebody is withdrawn",
      { branch: own, pull: pull("open") },
      { kind: "withdraw", from: "a1" },
    ],
    [
      "a list that names somebody is emptied",
      { file: { text: older } },
      { kind: "propose", text: writeContributors(older, nobody.words).text, from: null, number: null },
    ],
  ])("%s", (_, given, expected) => {
    const facts: ContributorsFacts = { file: { text: null }, branch: null, pull: null, ...given };
    expect(decideContributors(facts, nobody)).toEqual(expected);
  });
});
