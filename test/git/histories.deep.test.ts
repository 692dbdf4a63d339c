import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/repository.ts";
import { shortlogOf, tallyAsGit } from "../support/shortlog.ts";

const histories = join(import.meta.dirname, "../../../shared/histories");

// Real histories stand beside the project where its own checks run, and nowhere else.
describe.runIf(existsSync(histories))("credits --as-git, over real histories", () => {
  test.each(["git", "hono", "kysely"])("counts whom git shortlog counts in %s", async (name) => {
    const folder = join(temporaryFolder(), name);
    execFileSync("node", [join(histories, "rebuild"), join(histories, `${name}.ndjson.gz`), folder], { stdio: "pipe" });
    expect(await tallyAsGit(folder)).toEqual(shortlogOf(folder));
  });
});
