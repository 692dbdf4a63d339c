import { expect, test } from "vitest";
import { canonical } from "../support/outcome/canonical.ts";
import { differencesOf } from "./differences.ts";

const comment = { repository: "tides", number: 7, comment: "Thank you, Ada" };
const outcome = [{ repository: "tides", number: 7, state: "closed" }, comment];
const wanted = canonical(outcome);

test("equal outcomes have no differences, in whatever order they are told", () => {
  expect(differencesOf(wanted, canonical(outcome.toReversed()))).toEqual([]);
});

test("a comment that was doubled is found, though the same one is wanted once", () => {
  expect(differencesOf(wanted, canonical([...outcome, comment]))).toEqual([
    '+ {"repository":"tides","number":7,"comment":"Thank you, Ada"}',
  ]);
});

test("a comment that was lost, and one that says something else, are found", () => {
  expect(differencesOf(wanted, canonical(outcome.slice(0, 1)))).toEqual([
    '- {"repository":"tides","number":7,"comment":"Thank you, Ada"}',
  ]);
  expect(differencesOf(wanted, canonical([...outcome.slice(0, 1), { ...comment, comment: "Thank you" }]))).toHaveLength(
    2,
  );
});
