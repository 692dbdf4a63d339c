import { matchWildcards } from "./match-wildcards.ts";

/**
 * Whether one of the globs matches a path from the repository's root. `*` stands for anything within one folder, `?`
 * for one character, `**` as a whole folder name for any folders or none; all else is literal, case included.
 */
export function matchesPath(globs: readonly string[], path: string): boolean {
  const folders = path.split("/");
  return globs.some((glob) => matchWildcards(glob.split("/"), folders, { wildcard: "**", equals: matchesName }));
}

function matchesName(pattern: string, name: string): boolean {
  return matchWildcards(Array.from(pattern), Array.from(name), {
    wildcard: "*",
    equals: (piece, character) => piece === "?" || piece === character,
  });
}
