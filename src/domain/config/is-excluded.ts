import { asciiLowerCase } from "../ascii-lower-case.ts";
import { matchWildcards } from "./match-wildcards.ts";

/** Whether one of the patterns matches the login, without case. Only `*` is special: `*[bot]` is every app's account. */
export function isExcluded(patterns: readonly string[], login: string): boolean {
  const letters = asciiLowerCase(login).split("");
  return patterns.some((pattern) =>
    matchWildcards(asciiLowerCase(pattern).split(""), letters, {
      wildcard: "*",
      equals: (piece, letter) => piece === letter,
    }),
  );
}
