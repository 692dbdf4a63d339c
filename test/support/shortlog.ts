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

/** What `git shortlog` counts of authors and co-authors: `<count>\t<name> <<address>>`, sorted. */
export function shortlogOf(folder: string, range = "HEAD"): string[] {
  const output = git(folder, ["shortlog", "-sne", "--group=author", "--group=trailer:co-authored-by", range]);
  return output.split("\n").filter(Boolean).map(tidyLine).toSorted();
}

/** What we count in its place, in the same form. */
export async function tallyAsGit(folder: string, range = "HEAD"): Promise<string[]> {
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
  const lines = tally.finish().people.map(({ commits, name, email }) => `${commits}\t${name} <${email}>`);
  return lines.map(tidyLine).toSorted();
}

/** A value without an address stands alone in shortlog's output, and we show it as a name with an empty address. */
function tidyLine(line: string): string {
  return line.trim().replace(/ <>$/, "");
}
