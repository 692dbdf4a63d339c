import { createClaimRules } from "../../src/domain/credit/claims.ts";
import { parseMailmap } from "../../src/domain/credit/mailmap.ts";
import { createPeopleAsGit } from "../../src/domain/credit/people.ts";
import { createTally } from "../../src/domain/credit/tally.ts";
import { decodeUtf8 } from "../../src/git/decode-text.ts";
import { openClone } from "../../src/git/open-clone.ts";
import { readHistory } from "../../src/git/read-history.ts";
import { readSettings } from "../../src/git/read-settings.ts";
import { resolveRange } from "../../src/git/resolve-range.ts";
import { git } from "./repository.ts";

/** What `git shortlog` counts of authors and co-authors: the number of commits by `name <address>`. */
export function shortlogOf(folder: string, range = "HEAD"): Map<string, number> {
  const output = git(folder, ["shortlog", "-sne", "--group=author", "--group=trailer:co-authored-by", range]);
  const lines = output.split("\n").filter(Boolean);
  return sumByPerson(lines.map((line) => [line.slice(line.indexOf("\t") + 1), Number.parseInt(line, 10)]));
}

/** What we count in its place, in the same form. */
export async function tallyAsGit(folder: string, range = "HEAD"): Promise<Map<string, number>> {
  const clone = await openClone(folder);
  const settings = await readSettings(clone, decodeUtf8);
  const tally = createTally({
    claims: createClaimRules({ parse: "shortlog", grammar: settings.grammar }),
    people: createPeopleAsGit(parseMailmap(settings.mailmaps)),
    chosenRoles: new Set(["author", "co-author"]),
    assistants: "count",
    countSelf: true,
  });
  const revisions = await resolveRange(clone, range);
  for await (const commits of readHistory(clone, { revisions, paths: [] }, decodeUtf8)) {
    for (const commit of commits) tally.add(commit);
  }
  return sumByPerson(tally.finish().people.map(({ commits, name, email }) => [`${name} <${email}>`, commits]));
}

/** Whom git finds no address for, it prints without brackets; here they stand beside those with an empty one. */
export function sumByPerson(counts: readonly (readonly [person: string, commits: number])[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [person, commits] of counts) {
    const key = person.endsWith(" <>") ? person.slice(0, -" <>".length) : person;
    sums.set(key, (sums.get(key) ?? 0) + commits);
  }
  return sums;
}
