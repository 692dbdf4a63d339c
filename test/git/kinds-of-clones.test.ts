import { mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { Commit } from "../../src/domain/credit/commit.ts";
import { decodeUtf8, decodeUtf8OrWestern } from "../../src/git/decode-text.ts";
import { openClone } from "../../src/git/open-clone.ts";
import { readHistory } from "../../src/git/read-history.ts";
import { readSettings } from "../../src/git/read-settings.ts";
import { resolveRange } from "../../src/git/resolve-range.ts";
import { curtainCall } from "../support/curtain-call.ts";
import { git, makeRepository, temporaryFolder } from "../support/repository.ts";

const two = [
  { message: "Begin\n", files: { "a.txt": "a" } },
  { message: "Go on\n\nHelped-by: Grace Sample <grace@example.org>\n", author: "ada <ada@old.example.com>" },
];
const mailmap = "Ada Example <ada@example.com> <ada@old.example.com>\n";

async function readCommits(folder: string, range = "HEAD", decode = decodeUtf8OrWestern): Promise<Commit[]> {
  const clone = await openClone(folder);
  const commits: Commit[] = [];
  const revisions = await resolveRange(clone, range);
  for await (const batch of readHistory(clone, { revisions, paths: [] }, decode)) commits.push(...batch);
  return commits;
}

/** The mailmap that is in force there, in one piece. */
async function mailmapOf(folder: string): Promise<string> {
  return (await readSettings(await openClone(folder), decodeUtf8)).mailmaps.join("");
}

/** What the command prints of people, as `name commits`. */
function peopleOf(folder: string): { people: string[]; stderr: string } {
  const { stdout, stderr } = curtainCall(["credits", "--repo", folder, "--format", "json"]);
  const { people } = JSON.parse(stdout);
  return { people: people.map((one: { name: string; commits: number }) => `${one.name} ${one.commits}`), stderr };
}

describe("a clone of any kind is read, with its mailmap", () => {
  const whole = { people: ["Ada Example 2", "Grace Sample 1"], stderr: "" };

  test("a work tree, from a folder within it", () => {
    const folder = makeRepository(two, mailmap);
    mkdirSync(join(folder, "deep/er"), { recursive: true });
    expect(peopleOf(join(folder, "deep/er"))).toEqual(whole);
  });

  test("a bare clone", () => {
    const folder = join(temporaryFolder(), "bare.git");
    git(".", ["clone", "--quiet", "--bare", makeRepository(two, mailmap), folder]);
    expect(peopleOf(folder)).toEqual(whole);
  });

  test("a linked work tree", () => {
    const folder = join(temporaryFolder(), "linked");
    git(makeRepository(two, mailmap), ["worktree", "add", "--quiet", "--detach", folder]);
    expect(peopleOf(folder)).toEqual(whole);
  });

  test("a submodule", () => {
    const folder = makeRepository([{ message: "Begin\n" }]);
    const add = [
      "-c",
      "protocol.file.allow=always",
      "submodule",
      "add",
      "--quiet",
      makeRepository(two, mailmap),
      "module",
    ];
    git(folder, add);
    expect(peopleOf(join(folder, "module"))).toEqual(whole);
  });

  test("a partial clone", () => {
    const origin = makeRepository(two, mailmap);
    git(origin, ["config", "uploadpack.allowFilter", "true"]);
    const folder = join(temporaryFolder(), "partial");
    git(".", ["clone", "--quiet", "--filter=tree:0", `file://${origin}`, folder]);
    expect(peopleOf(folder)).toEqual(whole);
  });

  test("a shallow clone, which it says", () => {
    const folder = join(temporaryFolder(), "shallow");
    git(".", ["clone", "--quiet", "--depth=1", `file://${makeRepository(two, mailmap)}`, folder]);
    const { people, stderr } = peopleOf(folder);
    expect(people).toEqual(["Ada Example 1", "Grace Sample 1"]);
    expect(stderr).toMatch(/^curtain-call: .* is cut .*--unshallow[^\n]*\n$/);
  });

  test("one with object ids of SHA-256", async () => {
    const folder = temporaryFolder();
    git(folder, ["init", "--quiet", "--object-format=sha256"]);
    git(folder, ["commit", "--quiet", "--allow-empty", "--message=Begin"]);
    const [commit] = await readCommits(folder);
    expect(commit?.id).toBe(git(folder, ["rev-parse", "HEAD"]).trim());
    expect(commit?.id).toHaveLength(64);
  });
});

describe("the mailmap comes from where git takes it", () => {
  test("in a bare repository from HEAD", async () => {
    const folder = makeRepository(two, mailmap);
    git(folder, ["config", "core.bare", "true"]);
    expect(await mailmapOf(folder)).toBe(mailmap);
  });

  test("from the work tree, then mailmap.blob, then mailmap.file", async () => {
    const folder = makeRepository([{ message: "Begin\n", files: { other: "2\n" } }], "1\n");
    writeFileSync(join(folder, "third"), "3\n");
    git(folder, ["config", "mailmap.blob", "HEAD:other"]);
    git(folder, ["config", "mailmap.file", "third"]);
    mkdirSync(join(folder, "below"));
    expect(await mailmapOf(join(folder, "below"))).toBe("1\n2\n3\n");
  });

  test("from a home folder", async () => {
    const folder = makeRepository([{ message: "Begin\n" }]);
    const home = temporaryFolder();
    vi.stubEnv("HOME", home);
    writeFileSync(join(home, "map"), "home\n");
    git(folder, ["config", "mailmap.file", "~/map"]);
    expect(await mailmapOf(folder)).toBe("home\n");
  });

  test("never through a symbolic link in the work tree, nor from what is not there", async () => {
    const folder = makeRepository([{ message: "Begin\n" }], mailmap);
    renameSync(join(folder, ".mailmap"), join(folder, "real"));
    symlinkSync("real", join(folder, ".mailmap"));
    git(folder, ["config", "mailmap.blob", "HEAD:nosuch"]);
    git(folder, ["config", "mailmap.file", "nosuch"]);
    expect(await mailmapOf(folder)).toBe("");
  });
});

describe("what git's configuration says of trailers is kept", () => {
  test("a comment character that git chooses is its usual one", async () => {
    const folder = makeRepository([{ message: "Begin\n" }]);
    git(folder, ["config", "core.commentChar", "auto"]);
    expect((await readSettings(await openClone(folder), decodeUtf8)).grammar.commentPrefix).toBe("#");
  });

  test("a mailmap blob that is there and cannot be read is a failure", async () => {
    const folder = makeRepository([{ message: "Begin\n", files: { "maps/one": "1" } }]);
    git(folder, ["config", "mailmap.blob", "HEAD:maps"]);
    await expect(mailmapOf(folder)).rejects.toThrow(/mailmap HEAD:maps .*git fsck/);
  });

  test("a mailmap that is named and cannot be read is a failure", async () => {
    const folder = makeRepository([{ message: "Begin\n" }]);
    git(folder, ["config", "mailmap.file", "x".repeat(5000)]);
    await expect(mailmapOf(folder)).rejects.toThrow(/mailmap .* cannot be read/);
  });

  test("comment character, separators and keys", async () => {
    const folder = makeRepository([{ message: "Begin\n" }]);
    git(folder, ["config", "core.commentChar", ";"]);
    git(folder, ["config", "trailer.separators", ":="]);
    git(folder, ["config", "trailer.co.key", "Co-authored-by: "]);
    git(folder, ["config", "trailer.co.where", "end"]);
    git(folder, ["config", "trailer.Fix.where", "end"]);
    expect((await readSettings(await openClone(folder), decodeUtf8)).grammar).toEqual({
      commentPrefix: ";",
      separators: ":=",
      configured: [
        { name: "co", key: "Co-authored-by: " },
        { name: "Fix", key: null },
      ],
    });
  });
});

describe("every commit is read whole", () => {
  test("empty messages and names, line breaks of Windows, dates before 1970", async () => {
    const messages = ["", "\n\n\nlate\n", "a\r\n\r\nb\r\n", "no end", "a\n\n\n"];
    const folder = makeRepository(
      messages.map((message, index) => ({
        message,
        author: "<ada@example.com>",
        date: index === 0 ? -2_000_000_000 : index,
      })),
    );
    const commits = await readCommits(folder);
    expect(commits.map(({ message }) => message).toReversed()).toEqual(messages);
    expect(commits[0]?.author).toEqual({ name: "", address: "ada@example.com" });
  });

  test("merges and octopus merges", async () => {
    const folder = makeRepository(two);
    for (const branch of ["one", "two", "three"]) {
      git(folder, ["checkout", "--quiet", "-b", branch, "main"]);
      git(folder, ["commit", "--quiet", "--allow-empty", `--message=${branch}`]);
    }
    git(folder, ["checkout", "--quiet", "main"]);
    git(folder, ["merge", "--quiet", "--message=octopus", "one", "two", "three"]);
    expect((await readCommits(folder)).map(({ message }) => message.trim()).toSorted()).toEqual(
      ["Begin", "Go on\n\nHelped-by: Grace Sample <grace@example.org>", "octopus", "one", "three", "two"].toSorted(),
    );
  });

  test("commits that end just where a piece of git's output does", async () => {
    const overhead = "commit \nAda Example\0ada@example.com\0\0\n".length + 40;
    for (const size of [65_535, 65_536, 65_537, 65_538]) {
      const rest = size - 2 * overhead - 1;
      const folder = makeRepository([{ message: "x" }, { message: "y".repeat(rest) }]);
      expect((await readCommits(folder)).map(({ message }) => message.length)).toEqual([rest, 1]);
    }
  });

  test("a message of several megabytes between two others", async () => {
    const long = `Long\n\n${"All work and no play. 😀\n".repeat(300_000)}\nHelped-by: Grace Sample <grace@example.org>\n`;
    const folder = makeRepository([{ message: "Begin\n" }, { message: long }, { message: "End\n" }]);
    const messages = (await readCommits(folder)).map(({ message }) => message);
    expect(messages[1] === long).toBe(true);
    expect([messages[0], messages[2], messages.length]).toEqual(["End\n", "Begin\n", 3]);
    expect(peopleOf(folder).people).toEqual(["Ada Example 3", "Grace Sample 1"]);
  });

  test("messages in another encoding, by the name that the commit gives it", async () => {
    const western = Buffer.from("Müll\n\nHelped-by: Jörg <joerg@example.org>\n", "latin1");
    const folder = makeRepository([
      { message: western, author: Buffer.from("Jürgen <j@example.org>", "latin1"), encoding: "ISO-8859-1" },
    ]);
    const [commit] = await readCommits(folder);
    expect(commit).toMatchObject({
      author: { name: "Jürgen", address: "j@example.org" },
      message: "Müll\n\nHelped-by: Jörg <joerg@example.org>\n",
    });
  });

  test("in UTF-8, whatever git is set to print, and a replacement character that was written stays one", async () => {
    const folder = makeRepository([{ message: "Müll \uFFFD\n" }]);
    git(folder, ["config", "i18n.logOutputEncoding", "ISO-8859-1"]);
    expect((await readCommits(folder))[0]?.message).toBe("Müll \uFFFD\n");
  });

  test("8-bit names that name no encoding, as western ones or, for parity with git, as not readable", async () => {
    const author = Buffer.from("Jürgen <j@example.org>", "latin1");
    const folder = makeRepository([{ message: Buffer.from([0x80, 0x0a]), author }]);
    expect((await readCommits(folder))[0]).toMatchObject({ author: { name: "Jürgen" }, message: "€\n" });
    const [commit] = await readCommits(folder, "HEAD", decodeUtf8);
    expect(commit?.author.name.toWellFormed()).toBe("J\uFFFDrgen");
    expect(commit?.message.toWellFormed()).toBe("\uFFFD\n");
  });
});

test("a tag stands for its commit", async () => {
  const folder = makeRepository(two);
  git(folder, ["tag", "--annotate", "--message=One", "v1", "HEAD~1"]);
  expect(await readCommits(folder, "v1")).toHaveLength(1);
  expect(await readCommits(folder, "v1..")).toHaveLength(1);
});
