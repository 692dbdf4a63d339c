import { expect, test } from "vitest";
import { lastMeeting } from "../../../src/domain/ledger/last-meeting.ts";

/** `b<a` is a commit b made from a. */
function commits(text: string) {
  return text.split(" ").flatMap((one) => {
    const [sha = "", parents = ""] = one.split("<");
    return sha === "" ? [] : [{ sha, parents: Array.from(parents, (parent) => ({ sha: parent })) }];
  });
}

test.for<[what: string, list: string, where: number | null]>([
  ["no commits", "", null],
  ["one that is made from the base", "b<a", 0],
  ["one that is made from something else", "b<z", null],
  ["each made from the one before", "b<a c<b d<c", 2],
  ["two branches that do not meet in the list", "b<a c<a d<b", 0],
  ["a branch that began before the base", "x<z y<x b<a", null],
  ["a branch that began before the base, and was merged", "x<z b<a c<bx", 2],
  ["two branches that meet", "c<a d<a e<cd", 2],
  ["two branches that met, and two more on their way", "c<a d<a e<cd f<e g<e", 3],
  ["branches of which one is still beside the other", "b<a c<a d<b e<d", 0],
  ["a child that stands before its parent", "c<b b<a d<c", null],
])("%s", ([, list, where]) => {
  expect(lastMeeting(commits(list), "a")).toBe(where);
});
