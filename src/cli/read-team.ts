import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../domain/errors.ts";

/**
 * Who is of the team: logins or names between commas, or `@` and a file that has one on each line, where `#` begins a remark.
 * Throws a UserError where the file cannot be read, or nobody is named.
 */
export function readTeam(value: string, directory: string): readonly string[] {
  const isFile = value.startsWith("@");
  const lines = isFile ? readLines(resolve(directory, value.slice(1))) : value.split(",");
  const team = lines.map((name) => name.trim().replace(/^@/, "")).filter((name) => name !== "");
  if (team.length > 0) return team;
  throw new UserError("--team names nobody; write logins as --team ada,grace, or --team @team.txt for a file of them", {
    misuse: true,
  });
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8")
      .split("\n")
      .map((line) => line.replace(/(?:^|\s)#.*$/, ""));
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "it is not text";
    throw new UserError(
      `the team in ${path} cannot be read (${code}); name a file with one login on each line, or logins without @`,
      { cause },
    );
  }
}
