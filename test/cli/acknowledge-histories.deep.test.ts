import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { curtainCall } from "../support/curtain-call.ts";
import { git, temporaryFolder } from "../support/repository.ts";

const histories = join(import.meta.dirname, "../../../shared/histories");

interface Named {
  readonly range: string;
  readonly people: readonly { readonly name: string }[];
  readonly assistants: readonly { readonly name: string }[];
}

/** Authors by git, and co-authors wherever a line of the message begins with one, by their address: the names it came with. */
function namesByAddress(folder: string, range: string): Map<string, Set<string>> {
  const shortlog = git(folder, ["shortlog", "-sne", range]).replace(/^\s*\d+\t/gm, "Co-authored-by: ");
  const messages = git(folder, ["log", "--format=%B", range]);
  const found = new Map<string, Set<string>>();
  for (const [, name = "", address = ""] of `${shortlog}\n${messages}`.matchAll(
    /^Co-authored-by: *(.*?) *<(\S+@\S+)>$/gim,
  )) {
    // An account's private address, with and without its number.
    const key = address.toLowerCase().replace(/^\d+\+(?=.*@users\.noreply\.github\.com$)/, "");
    found.set(key, (found.get(key) ?? new Set()).add(name.replace(/\s+/g, " ")));
  }
  return found;
}

// Real histories stand beside the project where its own checks run, and nowhere else.
describe.runIf(existsSync(histories))("acknowledge, over hono's history", () => {
  test("each release names everybody whom git counts, and nobody else; a second time it says the same", () => {
    const folder = join(temporaryFolder(), "hono");
    const archive = join(histories, "hono.ndjson.gz");
    execFileSync("node", [join(histories, "rebuild"), archive, folder], { stdio: "pipe" });
    const everywhere = namesByAddress(folder, "HEAD");
    for (const tag of ["v3.5.0", "v4.0.0", "v4.10.0", "v4.12.0", "v4.13.3"]) {
      const { stdout } = curtainCall(["acknowledge", tag, "--repo", folder, "--format", "json"]);
      const { range, people, assistants } = JSON.parse(stdout) as Named;
      const named = [...people, ...assistants].map(({ name }) => name);
      const counted = Array.from(
        namesByAddress(folder, range).keys(),
        (address) => everywhere.get(address) ?? new Set(),
      );
      expect({ tag, missing: counted.filter((names) => !named.some((name) => names.has(name))) }).toEqual({
        tag,
        missing: [],
      });
      expect({ tag, others: named.filter((name) => !counted.some((names) => names.has(name))) }).toEqual({
        tag,
        others: [],
      });
      expect(named.length).toBeGreaterThan(2);
      expect(curtainCall(["acknowledge", tag, "--repo", folder, "--format", "json"]).stdout).toBe(stdout);
    }
  });
});
