import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recogniseAssistant } from "../../src/domain/credit/recognise-assistant.ts";
import { importClone } from "../../src/sandbox/import/import-clone.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Release } from "../../src/sandbox/model/release.ts";
import { git, temporaryFolder } from "../support/repository.ts";
import { startTestApp } from "../support/start-test-app.ts";

const histories = join(import.meta.dirname, "../../../shared/histories");
/** Ends what git prints of a commit. */
const end = "\u0001";

/** The addresses of who wrote what a tag has and the one before it has not, by git and a pattern alone; without what was reverted. */
function writersOf(clone: string, range: readonly string[]): ReadonlySet<string> {
  const log = git(clone, ["log", "--no-merges", `--format=%H%n%an%n%ae%n%B${end}`, ...range]);
  const commits = log.split(end).flatMap((text) => {
    const [sha = "", name = "", address = "", ...message] = text.trimStart().split("\n");
    return sha === "" ? [] : [{ sha, name, address, message: message.join("\n") }];
  });
  const reverted = new Set(
    commits.flatMap(({ message }) =>
      Array.from(message.matchAll(/This reverts commit ([\da-f]{40})/g), ([, sha]) => sha),
    ),
  );
  const people = commits
    .filter(({ sha }) => !reverted.has(sha))
    .flatMap(({ name, address, message }) => {
      const helped = Array.from(message.matchAll(/^co-authored-by:\s*(.*?)\s*<([^<>]+)>\s*$/gim));
      return [{ name, address }, ...helped.map(([, other = "", at = ""]) => ({ name: other, address: at }))];
    });
  return new Set(people.filter((one) => recogniseAssistant(one) === null).map(({ address }) => address.toLowerCase()));
}

/** The logins that a text links to. */
function linkedIn(body: string | null, web: string): string[] {
  const links = (body ?? "").matchAll(/\]\(([^)\s]+)\)/g);
  const logins = Array.from(links, ([, url = ""]) => (url.startsWith(`${web}/`) ? url.slice(web.length + 1) : ""));
  return [...new Set(logins)].filter((login) => login !== "").toSorted();
}

/** It takes a quarter of an hour: whoever asks for all by this name has it. */
const isAskedFor = process.env["TEST_HISTORIES"] === "all";

// Real histories stand beside the project where its own checks run, and nowhere else.
test.runIf(isAskedFor && existsSync(histories))(
  "every release of hono thanks whom git names in its range, and nobody else",
  async () => {
    const clone = join(temporaryFolder(), "hono");
    execFileSync("node", [join(histories, "rebuild"), join(histories, "hono.ndjson.gz"), clone], { stdio: "pipe" });
    const { forge, acme, app, installation, quiet, complaints, requests } = await startTestApp();
    const { repository } = await importClone(forge, { clone, owner: acme, releases: true });
    await app.deps.enqueue({ kind: "installation", installationId: installation.id, account: null });
    await quiet();
    const place = {
      installationId: installation.id,
      repositoryId: repository.id,
      owner: "acme",
      name: repository.name,
    };
    const lookAt = async (releases: readonly Release[]): Promise<void> => {
      for (const { id: releaseId, tagName: tag } of releases) {
        await app.deps.enqueue({ kind: "release", ...place, tag, releaseId });
      }
      await quiet();
    };
    await lookAt(repository.releases);
    expect(complaints).toEqual([]);

    const owners = new Map<string, Account>();
    for (const account of forge.state.accounts.values()) {
      for (const address of account.addresses) owners.set(address.toLowerCase(), account);
    }
    const inOrder = git(clone, ["-c", "versionsort.suffix=-", "tag", "--sort=v:refname"]).split("\n").filter(Boolean);
    const wrong: object[] = [];
    for (const { tagName, body } of repository.releases) {
      const before = new Set(inOrder.slice(0, inOrder.indexOf(tagName)));
      const range = /^<!-- curtain-call:acknowledgements (\S+) /m.exec(body ?? "")?.[1] ?? null;
      if (range === null) {
        // Nothing is in it that an earlier one does not have.
        const holders = git(clone, ["tag", "--contains", tagName]).split("\n");
        if (!holders.some((holder) => before.has(holder))) wrong.push({ tagName, range });
        continue;
      }
      const [from = "", to = range] = range.includes("..") ? range.split("..") : [];
      if (to !== tagName || (from !== "" && !before.has(from))) wrong.push({ tagName, range });
      const revisions = from === "" ? [tagName] : [tagName, `^${from}`];
      const writers = [...writersOf(clone, revisions)].flatMap((address) => owners.get(address)?.login ?? []);
      const expected = [...new Set(writers)].toSorted();
      const told = linkedIn(body, forge.web);
      const missing = expected.filter((login) => !told.includes(login));
      const extra = told.filter((login) => !expected.includes(login));
      if (missing.length + extra.length > 0) wrong.push({ tagName, missing, extra });
    }
    expect(repository.releases.length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);

    const bodies = repository.releases.map(({ body }) => body);
    requests.length = 0;
    await lookAt(repository.releases.filter((_, index) => index % 5 === 0));
    expect(requests.filter(({ method, route }) => method !== "GET" && route !== "/graphql")).toEqual([]);
    expect(repository.releases.map(({ body }) => body)).toEqual(bodies);
  },
);
