import { mkdirSync, readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sweepFetched } from "../../src/app/playbook/sweep-fetched.ts";
import { temporaryFolder } from "../support/repository.ts";

test("what a crash left of a search is gone after an hour, and nothing else is", async () => {
  const folder = temporaryFolder();
  const now = new Date("2026-03-01T12:00:00Z");
  const ages = { "playbooks-old": 61, "playbooks-new": 1, "7-12": 600 };
  for (const [name, minutes] of Object.entries(ages)) {
    mkdirSync(join(folder, name, "objects"), { recursive: true });
    const then = new Date(now.getTime() - minutes * 60_000);
    utimesSync(join(folder, name), then, then);
  }
  await sweepFetched(folder, now);
  expect(readdirSync(folder).toSorted()).toEqual(["7-12", "playbooks-new"]);
  await sweepFetched(join(folder, "nowhere"), now);
});
