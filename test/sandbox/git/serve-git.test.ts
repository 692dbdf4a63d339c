import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { countCommits } from "../../../src/sandbox/git/list-commits.ts";
import { parseCgiHeaders } from "../../../src/sandbox/git/parse-cgi-headers.ts";
import { snapshotRefs } from "../../../src/sandbox/git/refs.ts";
import { resolveCommit } from "../../../src/sandbox/git/resolve-commit.ts";
import { type GitRequest, type GitResponse, serveGit } from "../../../src/sandbox/git/serve-git.ts";
import { updateRefs } from "../../../src/sandbox/git/update-refs.ts";
import { makeBareRepository, makeCommit } from "../../support/bare-repository.ts";
import { git, makeRepository, temporaryFolder } from "../../support/repository.ts";

const services = ["/info/refs", "/git-upload-pack", "/git-receive-pack"] as const;

/** Serves one repository, and notes what was asked. */
async function serve(directory: string) {
  const asked: { service: string; encoding: string | null; length: string | null }[] = [];
  const statuses: number[] = [];
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? "/", "http://localhost");
    const service = services.find((each) => url.pathname === `/repository.git${each}`);
    if (service === undefined) return void outgoing.writeHead(404).end();
    const request = {
      ...anyRequest,
      method: incoming.method ?? "GET",
      service,
      query: url.search.slice(1),
      contentType: incoming.headers["content-type"] ?? null,
      contentEncoding: incoming.headers["content-encoding"] ?? null,
      contentLength: incoming.headers["content-length"] ?? null,
      gitProtocol: incoming.headers["git-protocol"]?.toString() ?? null,
      body: Readable.toWeb(incoming),
    };
    asked.push({ service, encoding: request.contentEncoding, length: request.contentLength });
    const response = await serveGit(directory, request);
    outgoing.writeHead(response.status, response.headers);
    await pipeline(Readable.fromWeb(response.body), outgoing);
    statuses.push((await response.ended).status);
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { url: `http://127.0.0.1:${address.port}/repository.git`, asked, statuses };
}

const anyRequest: GitRequest = {
  method: "GET",
  service: "/info/refs",
  query: "service=git-upload-pack",
  contentType: null,
  contentEncoding: null,
  contentLength: null,
  gitProtocol: null,
  body: null,
  remoteUser: null,
};

/** Runs git beside the server, which is in this process and could not answer a git that is waited for. */
async function gitBeside(directory: string, args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)("git", ["-C", directory, ...args]);
  return stdout + stderr;
}

test("a repository is pushed, cloned, and fetched from", async () => {
  const directory = await makeBareRepository();
  const { url, asked } = await serve(directory);
  const history = Array.from({ length: 200 }, (_, index) => ({ message: `Commit ${index}`, files: { a: `${index}` } }));
  const work = makeRepository(history);
  await gitBeside(work, ["push", url, "main"]);
  const main = git(work, ["rev-parse", "main"]).trim();
  expect(await resolveCommit(directory, "main")).toBe(main);
  expect(await countCommits(directory, { include: [main] })).toBe(200);
  const clone = join(temporaryFolder(), "clone");
  await gitBeside(work, ["clone", url, clone]);
  expect(git(clone, ["rev-parse", "HEAD"]).trim()).toBe(main);
  const partial = join(temporaryFolder(), "partial");
  await gitBeside(work, ["clone", "--depth=1", "--filter=blob:none", url, partial]);
  expect(git(partial, ["rev-list", "--count", "HEAD"])).toBe("1\n");
  expect(asked.map(({ service }) => service)).toContain("/git-receive-pack");
});

test("a compressed request and one of unknown length are understood", async () => {
  const directory = await makeBareRepository();
  const { url, asked } = await serve(directory);
  const work = makeRepository([{ message: "Begin", files: { a: "1" } }]);
  const bytes = Array.from({ length: 20_000 }, (_, index) => Math.sin(index).toString(36)).join("");
  for (let index = 0; index < 60; index += 1) {
    const blob = git(work, ["hash-object", "-w", "--stdin"], `${index}${bytes}`).trim();
    const tree = git(work, ["mktree"], `100644 blob ${blob}\ta\n`).trim();
    const commit = git(work, ["commit-tree", "-m", `Branch ${index}`, tree]).trim();
    git(work, ["update-ref", `refs/heads/branch-${index}`, commit]);
  }
  await gitBeside(work, ["-c", "http.postBuffer=65536", "push", "--all", url]);
  const clone = join(temporaryFolder(), "clone");
  await gitBeside(work, ["clone", url, clone]);
  expect(git(clone, ["branch", "--remotes"]).split("\n")).toHaveLength(63);
  expect(asked).toContainEqual({ service: "/git-upload-pack", encoding: "gzip", length: expect.anything() });
  expect(asked).toContainEqual({ service: "/git-receive-pack", encoding: null, length: null });
});

test("a pull request's ref can be fetched and not be pushed, and the default branch not be deleted", async () => {
  const directory = await makeBareRepository();
  const { url } = await serve(directory);
  const commit = await makeCommit(directory, { files: { a: "1" } });
  const hidden = await makeCommit(directory, { files: { a: "2" }, parents: [commit] });
  await updateRefs(directory, [
    { ref: "refs/heads/main", from: null, to: commit },
    { ref: "refs/pull/1/head", from: null, to: commit },
  ]);
  const before = await snapshotRefs(directory);
  const work = temporaryFolder();
  await gitBeside(work, ["clone", url, "."]);
  await gitBeside(work, ["fetch", url, "refs/pull/1/head"]);
  await gitBeside(work, ["fetch", url, hidden]);
  expect(git(work, ["rev-parse", "FETCH_HEAD"]).trim()).toBe(hidden);
  await expect(gitBeside(work, ["push", url, "HEAD:refs/pull/2/head"])).rejects.toThrow("hidden ref");
  await expect(gitBeside(work, ["push", url, "+FETCH_HEAD:refs/pull/1/head"])).rejects.toThrow("hidden ref");
  await expect(gitBeside(work, ["push", url, ":main"])).rejects.toThrow("refusing to delete the current branch");
  expect(await snapshotRefs(directory)).toEqual(before);
});

test("nothing but the smart protocol is served", async () => {
  const directory = await makeBareRepository();
  expect((await serveGit(directory, { ...anyRequest, query: "" })).status).toBe(403);
  expect((await serveGit(directory, { ...anyRequest, query: "service=git-upload-archive" })).status).toBe(403);
  expect((await serveGit(directory, { ...anyRequest, method: "DELETE" })).status).toBe(400);
  const plain = { ...anyRequest, method: "POST", service: "/git-upload-pack" as const, contentType: "text/plain" };
  const body = new Blob(["0000".repeat(100_000)]).stream();
  expect((await serveGit(directory, { ...plain, body })).status).toBe(415);
  expect((await serveGit(join(directory, "objects"), anyRequest)).status).toBe(404);
});

test("git is ended where nobody reads its answer", async () => {
  const directory = await makeBareRepository();
  const sha = await makeCommit(directory, { files: { a: Array.from({ length: 300_000 }, Math.random).join("") } });
  await updateRefs(directory, [{ ref: "refs/heads/main", from: null, to: sha }]);
  const want = `0011command=fetch0001000fno-progress0032want ${sha}\n0009done\n0000`;
  const ask = async (): Promise<GitResponse> =>
    serveGit(directory, {
      ...anyRequest,
      method: "POST",
      service: "/git-upload-pack",
      contentType: "application/x-git-upload-pack-request",
      gitProtocol: "version=2",
      body: new Blob([want]).stream(),
    });
  const unread = await ask();
  expect(unread.status).toBe(200);
  await unread.body.cancel();
  expect((await unread.ended).status).not.toBe(0);
  const read = await ask();
  expect((await new Response(read.body).bytes()).length).toBeGreaterThan(1_000_000);
  expect((await read.ended).status).toBe(0);
});

test("git is ended where the request breaks off", async () => {
  const directory = await makeBareRepository();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(Buffer.from("00"));
    },
    pull(controller) {
      controller.error(new Error("the client went away"));
    },
  });
  const contentType = "application/x-git-receive-pack-request";
  const request = { ...anyRequest, method: "POST", service: "/git-receive-pack" as const, contentType, body };
  // Whether git has begun to answer before it is ended is left to chance.
  const status = await serveGit(directory, request)
    .then(async ({ ended }) => (await ended).status)
    .catch(() => "no answer");
  expect(status).not.toBe(0);
});

test("headers are read once they are complete", () => {
  expect(parseCgiHeaders(Buffer.from("Content-Type: a\r\n"))).toBeNull();
  expect(parseCgiHeaders(Buffer.from("Status: 404 Not Found\r\nContent-Type: a: b\r\n\r\nbody\r\n\r\n"))).toEqual({
    status: 404,
    headers: { "content-type": "a: b" },
    rest: Buffer.from("body\r\n\r\n"),
  });
});
