import { expect, test } from "vitest";
import { createInstallationToken, setSuspended } from "../../../src/sandbox/actions/apps.ts";
import { changeRefs } from "../../../src/sandbox/actions/change-refs.ts";
import { writeFiles } from "../../../src/sandbox/actions/contents.ts";
import { openPull } from "../../../src/sandbox/actions/pulls.ts";
import type { Forge } from "../../../src/sandbox/forge.ts";
import { gitClient } from "../../support/git-client.ts";
import { temporaryFolder } from "../../support/repository.ts";
import { startTestSandbox } from "../../support/start-test-sandbox.ts";
import { by, installTestApp, makeTides } from "../../support/test-app.ts";

function addressOf({ web }: Forge, token: string, name = "tides"): string {
  return `http://x-access-token:${token}@${new URL(web).host}/acme/${name}.git`;
}

async function cloneWithoutBlobs(address: string): Promise<string> {
  const folder = temporaryFolder();
  await gitClient(folder, "clone", "--quiet", "--filter=blob:none", "--bare", address, ".");
  return folder;
}

/** How many blobs a clone has not fetched, and how many commits it has. */
async function countIn(folder: string): Promise<{ missing: number; commits: number }> {
  const objects = await gitClient(folder, "rev-list", "--objects", "--all", "--missing=print");
  const commits = await gitClient(folder, "rev-list", "--all", "--count");
  return { missing: objects.split("\n").filter((line) => line.startsWith("?")).length, commits: Number(commits) };
}

async function start() {
  const sandbox = await startTestSandbox();
  const { forge, ada } = sandbox;
  const repository = await makeTides(sandbox, { private: true });
  const push = async (path: string, branch = "main") => {
    const files = [{ path, mode: "100644", content: Buffer.from(`${path}\n`) }];
    await writeFiles(forge, { repository, branch, files, message: `Add ${path}` }, by(ada));
  };
  return { ...sandbox, repository, push };
}

test("an app clones a private repository without its files, and fetches what came later", async () => {
  const sandbox = await start();
  const { forge, ada, repository, push } = sandbox;
  const { token, installation } = await installTestApp(sandbox, { permissions: { contents: "read" } });
  await push("high.txt");
  const folder = await cloneWithoutBlobs(addressOf(forge, token));
  expect(await countIn(folder)).toEqual({ missing: 2, commits: 2 });

  await push("low.txt");
  const message = { repository, title: "Neap", body: null, head: "neap", base: "main" };
  const tip = (await gitClient(folder, "ls-remote", "origin", "refs/heads/main")).slice(0, 40);
  await changeRefs(forge, { repository, changes: [{ ref: "refs/heads/neap", from: null, to: tip }] }, by(ada));
  await push("neap.txt", "neap");
  const pull = await openPull(forge, message, by(ada));
  // Tokens live for an hour: each fetch brings its own.
  const { text } = createInstallationToken(forge, installation, {});
  await gitClient(folder, "remote", "set-url", "origin", addressOf(forge, text));
  const refs = ["+refs/heads/*:refs/heads/*", "+refs/pull/*:refs/pull/*"];
  await gitClient(folder, "fetch", "--quiet", "--filter=blob:none", "--prune", "origin", ...refs);
  expect(await countIn(folder)).toEqual({ missing: 4, commits: 4 });
  expect((await gitClient(folder, "rev-parse", "main", "refs/pull/1/head")).trim().split("\n")).toEqual([
    tip,
    pull.head.commit,
  ]);
  expect(await gitClient(folder, "show", "main:low.txt")).toBe("low.txt\n");
});

test("an app that was not granted to read files, or not there, clones nothing", async () => {
  const sandbox = await start();
  const { forge, ada, repository } = sandbox;
  const locks = await makeTides(sandbox, { name: "locks", private: true });
  const { installation } = await installTestApp(sandbox, { permissions: { contents: "write", issues: "write" } });
  const clone = (asked: Parameters<typeof createInstallationToken>[2]) => {
    const { text } = createInstallationToken(forge, installation, asked);
    return cloneWithoutBlobs(addressOf(forge, text));
  };
  await expect(clone({ permissions: { issues: "write" } })).rejects.toThrow("403");
  await expect(clone({ repositories: [locks] })).rejects.toThrow("not found");
  await expect(clone({ repositories: [repository], permissions: { contents: "read" } })).resolves.toEqual(
    expect.any(String),
  );
  const { text } = createInstallationToken(forge, installation, {});
  await setSuspended(forge, { installation, suspended: true }, by(ada));
  await expect(cloneWithoutBlobs(addressOf(forge, text))).rejects.toThrow("403");
});
