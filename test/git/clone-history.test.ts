import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { cloneHistory, removeClone } from "../../src/git/clone-history.ts";
import { readAncestry } from "../../src/git/read-ancestry.ts";
import { readCommits } from "../../src/git/read-commits.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { git, temporaryFolder } from "../support/repository.ts";
import { startTestSandbox } from "../support/start-test-sandbox.ts";

const never = new AbortController().signal;
const secret = "ghs_secret";
const head = "0".repeat(40);

test("a clone has the commits, none of the files, no token, and is used again", async () => {
  const { forge, acme, ada, grace, tokenOf } = await startTestSandbox();
  const repository = await createRepository(
    forge,
    { owner: acme, name: "tides", private: true, autoInit: true },
    by(ada),
  );
  const first = await commitTo(forge, repository, { branch: "main", author: grace, message: "Ünder\n\nthe moon" });
  const directory = join(temporaryFolder(), "clones", "1-10");
  let asked = 0;
  const token = async (): Promise<string> => {
    asked += 1;
    return tokenOf(ada);
  };
  const wanted = { directory, url: `${forge.web}/acme/tides.git`, branch: "main", token, signal: never };
  const clone = await cloneHistory({ ...wanted, head: first });
  if (clone === null) throw new Error("there is no clone");
  expect(git(directory, ["config", "--list", "--local"])).not.toMatch(/ghp_|authorization|@/i);
  expect(readdirSync(directory)).not.toContain("hooks");
  const ancestry = await readAncestry(clone, first);
  expect([...ancestry.keys()]).toHaveLength(2);
  const [newest, oldest] = await readCommits(clone, [...ancestry.keys()]);
  expect(newest).toEqual({
    sha: first,
    author: { name: "Grace Sample", address: "grace@example.org" },
    message: "Ünder\n\nthe moon",
    parents: 1,
    committedAt: expect.any(Date),
  });
  expect(oldest?.parents).toBe(0);
  await cloneHistory({ ...wanted, head: first });
  expect(asked).toBe(1);
  const second = await commitTo(forge, repository, { branch: "main", author: grace, message: "Later" });
  expect(await cloneHistory({ ...wanted, head: second })).not.toBeNull();
  expect(asked).toBe(2);
  expect(await cloneHistory({ ...wanted, head })).toBeNull();
  mkdirSync(`${directory}.left-by-a-crash`);
  await removeClone(directory);
  expect(readdirSync(join(directory, ".."))).toEqual([]);
});

test.for<[what: string, url: string, reason: RegExp]>([
  ["a repository that is not there", "http://ada:word@127.0.0.1:1/acme/tides.git", /^git cannot clone http:\/\/127/],
  ["a folder", "file:///tmp", /not allowed/],
  ["another machine by ssh", "ssh://git@127.0.0.1:1/acme/tides.git", /not allowed/],
  ["a command", "ext::sh -c true", /not allowed/],
])("%s is not cloned, and the reason holds no credentials", async ([, url, reason]) => {
  const directory = join(temporaryFolder(), "clone");
  const wanted = { directory, url, branch: "main", head, token: async () => secret, signal: never };
  const said = await cloneHistory(wanted).then(
    () => "cloned",
    (error: Error) => error.message,
  );
  expect(said).toMatch(reason);
  expect(said).not.toMatch(/ghs_|word/);
  expect(existsSync(directory)).toBe(false);
});

test("nothing follows to another place, and a clone that never ends can be ended", async () => {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? "");
    if (request.url?.startsWith("/moved")) response.writeHead(302, { location: "/elsewhere" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  const web = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const directory = join(temporaryFolder(), "clone");
  const wanted = { directory, branch: "main", head, token: async () => secret };
  await expect(cloneHistory({ ...wanted, url: `${web}/moved.git`, signal: never })).rejects.toThrow("git cannot clone");
  const stopping = new AbortController();
  const hanging = cloneHistory({ ...wanted, url: `${web}/hangs.git`, signal: stopping.signal });
  const said = hanging.catch((error: Error) => error.message);
  while (!paths.some((path) => path.startsWith("/hangs"))) await new Promise((resolve) => setTimeout(resolve, 10));
  stopping.abort();
  expect(await said).toContain("git cannot clone");
  expect(paths.filter((path) => path.startsWith("/elsewhere"))).toEqual([]);
});
