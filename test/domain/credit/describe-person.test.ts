import { expect, test } from "vitest";
import { describePerson } from "../../../src/domain/credit/describe-person.ts";

const nobody = { key: "id 101", assistant: null, loginAlone: null };

/** Appearances from the newest on, each as name, address, login and how often. */
function describeAppearances(...seen: [name: string, address: string, login: string | null, count: number][]) {
  const appearances = seen.map(([name, address, login, count], order) => ({ name, address, login, count, order }));
  const newestFirst = describePerson({ ...nobody, appearances });
  expect(describePerson({ ...nobody, appearances: appearances.toReversed() })).toEqual(newestFirst);
  return newestFirst;
}

test("the name and the address most used are shown, each for itself", () => {
  expect(describeAppearances(["Ada", "new@example.com", null, 2], ["A. E.", "old@example.com", null, 3])).toEqual({
    name: "A. E.",
    login: null,
    email: "old@example.com",
  });
});

test("the uses of one name add up over addresses", () => {
  const shown = describeAppearances(
    ["Ada", "a@example.com", null, 2],
    ["A. E.", "b@example.com", null, 3],
    ["Ada", "c@example.com", null, 2],
  );
  expect(shown).toMatchObject({ name: "Ada", email: "b@example.com" });
});

test("on a tie the newest is shown, by its newest use", () => {
  const shown = describeAppearances(
    ["Ada", "a@example.com", null, 1],
    ["A. E.", "b@example.com", null, 2],
    ["Ada", "c@example.com", null, 1],
  );
  expect(shown).toMatchObject({ name: "Ada" });
});

test("an empty name is shown only where there is no other", () => {
  expect(describeAppearances(["", "a@example.com", null, 5], ["Ada", "a@example.com", null, 1])).toMatchObject({
    name: "Ada",
  });
  expect(describeAppearances(["", "a@example.com", null, 5])).toMatchObject({ name: "" });
});

test("the newest login is shown, however seldom it was used", () => {
  const shown = describeAppearances(
    ["Ada", "a@example.com", null, 1],
    ["Ada", "b@example.com", "new", 1],
    ["Ada", "c@example.com", "old", 9],
  );
  expect(shown).toMatchObject({ login: "new" });
});
