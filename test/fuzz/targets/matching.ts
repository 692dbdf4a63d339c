import { matchesPath } from "../../../src/domain/config/matches-path.ts";
import { pathClashes, pathProblem } from "../../../src/domain/playbook/check-path.ts";
import { readPattern } from "../../../src/domain/playbook/match-pattern.ts";
import type { FuzzTarget } from "../fuzz-target.ts";

const folders = ["/", "//", "a", "A", "docs", "..", ".", ".git", ".GIT", "aux", "con.txt", ":", "\\", "~1", "ｇit"];

/** Names of files in a playbook, one on each line. */
export const paths: FuzzTarget = {
  name: "paths",
  pieces: [...folders, "\n", "\u200D", "C:", "com¹", "ß", "é", "e\u0301"],
  longest: 100_000,
  read: (text) => {
    const names = text.split("\n");
    const taken = names.filter((path) => pathProblem(path) === null);
    for (const path of taken) {
      const seen = path.normalize("NFKC").toLowerCase().split("/");
      if (seen.includes(".git") || seen.includes("..")) throw new Error(`${path} is taken`);
    }
    for (const { index, message } of pathClashes(taken)) {
      if (taken[index] === undefined || /[\r\n]/.test(message)) throw new Error(`a clash is of nothing: ${message}`);
    }
  },
};

/** A glob on the first line, and paths on the others. */
export const globs: FuzzTarget = {
  name: "globs",
  pieces: [...folders, "*", "**", "**/", "/**", "?", "*a*", "[", "{a,b}", "!", "\n"],
  longest: 100_000,
  read: (text) => {
    const [glob = "", ...names] = text.split("\n");
    // Settings may be long, and so may paths, but the time is that of both.
    const short = glob.slice(0, 100);
    for (const path of names) matchesPath([short], path);
    if (!matchesPath(["**"], text) || !matchesPath([text.replace(/[*?]/g, "a")], text.replace(/[*?]/g, "a"))) {
      throw new Error("what matches everything, or itself, does not");
    }
  },
};

/** A pattern on the first line, and texts for it on the others. */
export const patterns: FuzzTarget = {
  name: "patterns",
  pieces: [
    "(",
    "(?:",
    ")",
    "[",
    "[^",
    "]",
    "a-z",
    "{2}",
    "{1,",
    "{0,1000}",
    "}",
    "*",
    "+",
    "?",
    "|",
    "\\",
    "\\d",
    "\\p{L}",
    "^",
    "$",
    ".",
    "-",
    "a",
    "1",
    "\n",
  ],
  longest: 50_000,
  read: (text) => {
    const [pattern = "", ...texts] = text.split("\n");
    const reading = readPattern(pattern);
    if (!reading.ok) {
      if (/[\r\n]/.test(reading.message) && !/[\r\n]/.test(pattern)) throw new Error("a refusal has several lines");
      return;
    }
    for (const one of texts.map((line) => line.slice(0, 1000)).slice(0, 3)) {
      const isMatch = reading.pattern.matches(one);
      if (isMatch && reading.pattern.isTame && !/^[\w.-]*$/.test(one)) throw new Error(`${one} is called tame`);
      if (isMatch !== matchesByItself(pattern, one)) throw new Error(`${pattern} means something else for ${one}`);
    }
  },
};

/** What JavaScript says, where that takes no time worth mentioning. */
function matchesByItself(pattern: string, text: string): boolean {
  const short = text.slice(0, 12);
  if (short !== text || pattern.length > 30) return readMatches(pattern, text);
  try {
    return new RegExp(`^(?:${pattern.replace(/^\^/, "").replace(/(?<!\\)\$$/, "")})$`, "u").test(text);
  } catch {
    // Some of what is taken here JavaScript does not take.
    return readMatches(pattern, text);
  }
}

function readMatches(pattern: string, text: string): boolean {
  const reading = readPattern(pattern);
  return reading.ok && reading.pattern.matches(text);
}
