import { expect, test } from "vitest";
import { readBlob, readBlobs, writeBlob } from "../../../src/sandbox/git/blobs.ts";
import { readCommits, writeCommit } from "../../../src/sandbox/git/commits.ts";
import { createBareRepository, setDefaultBranch } from "../../../src/sandbox/git/create-repository.ts";
import { emptyTree } from "../../../src/sandbox/git/object-ids.ts";
import { writeObject } from "../../../src/sandbox/git/objects.ts";
import { readTag, writeTag } from "../../../src/sandbox/git/tags.ts";
import { ada, getCommit, grace, makeBareRepository, makeCommit } from "../../support/bare-repository.ts";
import { git, temporaryFolder } from "../../support/repository.ts";

const missing = "1".repeat(40);
const commit = { tree: emptyTree, parents: [], author: ada, committer: grace, message: "Begin\n" };

test("a new repository is bare, and its HEAD is the default branch", async () => {
  const directory = await makeBareRepository();
  expect(git(directory, ["rev-parse", "--is-bare-repository"])).toBe("true\n");
  expect(git(directory, ["symbolic-ref", "HEAD"])).toBe("refs/heads/main\n");
  expect(git(directory, ["config", "receive.hideRefs"])).toBe("refs/pull\n");
  await setDefaultBranch(directory, "next/one");
  expect(git(directory, ["symbolic-ref", "HEAD"])).toBe("refs/heads/next/one\n");
});

test.each(["", "-f", "a..b", "a b", "../x", "x.lock", "HEAD"])("'%s' is no default branch", async (name) => {
  await expect(createBareRepository(temporaryFolder(), name)).rejects.toThrow("is no name for a branch");
});

test("blobs come back byte by byte, in the order asked for", async () => {
  const directory = await makeBareRepository();
  const bytes = [
    Buffer.from("a\n"),
    Buffer.from([0, 255, 10, 13, 10]),
    Buffer.alloc(0),
    Buffer.alloc(300_000, "x\r\n"),
  ];
  const shas = await Promise.all(bytes.map((each) => writeBlob(directory, each)));
  expect(await readBlobs(directory, shas)).toEqual(bytes);
  expect(await readBlobs(directory, [...shas].toReversed())).toEqual([...bytes].toReversed());
  expect(await readBlob(directory, shas[1] ?? "")).toEqual(bytes[1]);
});

test.each([missing, "", "HEAD", "--batch-check", "x\ny", "1".repeat(41)])(
  "there is no blob, commit or tag %j",
  async (sha) => {
    const directory = await makeBareRepository();
    const known = await writeCommit(directory, commit);
    expect(await readBlobs(directory, [sha, known])).toEqual([null, null]);
    expect((await readCommits(directory, [sha, known])).map((each) => each?.sha)).toEqual([undefined, known]);
    expect(await readTag(directory, sha)).toBeNull();
  },
);

test("a commit comes back as it was written", async () => {
  const directory = await makeBareRepository();
  const first = await writeCommit(directory, commit);
  const message = "\n  A commit\twith Ünïcode 💫\r\n\n\nand no line break at its end";
  const written = { ...commit, message, parents: [first, await writeCommit(directory, { ...commit, author: grace })] };
  const sha = await writeCommit(directory, written);
  expect(await getCommit(directory, sha)).toEqual({ ...written, sha });
  expect(git(directory, ["cat-file", "commit", sha])).toBe(
    [
      `tree ${emptyTree}`,
      ...written.parents.map((parent) => `parent ${parent}`),
      "author Ada Example <ada@example.com> 1714557600 +0200",
      "committer Grace Sample <grace@example.org> 1717236000 -0530",
      "",
      message,
    ].join("\n"),
  );
});

test("a name cannot begin another header, nor another address", async () => {
  const directory = await makeBareRepository();
  const author = { ...ada, name: "Ada\nparent <x>\0", email: "<ada@example.com>\ncommitter", offset: "+1\n" };
  const { parents, ...read } = await getCommit(directory, await writeCommit(directory, { ...commit, author }));
  expect(parents).toEqual([]);
  expect(read.author).toMatchObject({ name: "Adaparent x", email: "ada@example.comcommitter", offset: "+0000" });
  expect(read.committer).toEqual(grace);
});

test("a commit with a signature, an encoding, or bytes of long ago is read", async () => {
  const directory = await makeBareRepository();
  const people = "author J\xf6rg <j@example.com> 1 +0100\ncommitter J\xf6rg <j@example.com> 2 +0100\n";
  const write = async (headers: string): Promise<string> =>
    writeObject(directory, "commit", Buffer.from(`tree ${emptyTree}\n${people}${headers}\nGr\xfc\xdfe\n`, "latin1"));
  const signature = "gpgsig -----BEGIN\n \n author nobody\n -----END\n";
  for (const headers of [signature, "encoding ISO-8859-1\n", "encoding nonsense\n"]) {
    const read = await getCommit(directory, await write(headers));
    expect(read).toMatchObject({ author: { name: "Jörg", email: "j@example.com" }, message: "Grüße\n", parents: [] });
  }
});

test("a commit's tree and parents are ids", async () => {
  const directory = await makeBareRepository();
  await expect(writeCommit(directory, { ...commit, tree: "HEAD" })).rejects.toThrow("is no object id");
  await expect(writeCommit(directory, { ...commit, parents: [`${missing}\nx`] })).rejects.toThrow("is no object id");
});

test("an annotated tag comes back as it was written", async () => {
  const directory = await makeBareRepository();
  const object = await makeCommit(directory, { files: { a: "" } });
  const tag = { object, type: "commit" as const, tag: "v1.0", tagger: grace, message: "Ünïcode\n\n" };
  const sha = await writeTag(directory, tag);
  expect(await readTag(directory, sha)).toEqual({ ...tag, sha });
  expect(await readTag(directory, object)).toBeNull();
  const old = await writeObject(directory, "tag", Buffer.from(`object ${object}\ntype commit\ntag v0\n\nOld\n`));
  expect(await readTag(directory, old)).toMatchObject({ tagger: null, message: "Old\n" });
});
