import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createAcknowledgeCommand } from "../../src/cli/acknowledge-command.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { createPerson } from "../../src/sandbox/actions/accounts.ts";
import { changeRefs, tipOf } from "../../src/sandbox/actions/change-refs.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { addReview } from "../../src/sandbox/actions/reviews.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { temporaryFolder } from "../support/repository.ts";
import { send } from "../support/send.ts";
import { startTestSandbox } from "../support/start-test-sandbox.ts";

const { forge, acme, ada, grace, hedy, tokenOf } = await startTestSandbox({}, afterAll);
const joan = createPerson(forge, { login: "joan", name: "Joan Figure", addresses: ["joan@example.org"] });
const tides = await createRepository(forge, { owner: acme, name: "tides", autoInit: true }, by(ada));

interface Work {
  readonly branch: string;
  readonly author: Account;
  readonly message?: string;
  readonly body?: string;
  readonly reviewer?: Account;
  readonly method?: "squash" | "merge" | "rebase";
}

async function merge({ branch, author, message = branch, body, reviewer, method = "squash" }: Work): Promise<void> {
  await commitTo(forge, tides, { branch, author, message });
  await commitTo(forge, tides, { branch, author, message: `More of ${branch}` });
  const wanted = { repository: tides, title: branch, body: body ?? null, head: branch, base: "main" };
  const pull = await openPull(forge, wanted, by(author));
  if (reviewer !== undefined) await addReview(forge, { pull, body: "Fine", verdict: "APPROVE" }, by(reviewer));
  await mergePull(forge, { pull, method }, by(ada));
}

async function tag(name: string): Promise<void> {
  const to = await tipOf(forge, tides, "main");
  await changeRefs(forge, { repository: tides, changes: [{ ref: `refs/tags/${name}`, from: null, to }] }, by(ada));
}

async function write(files: Readonly<Record<string, string>>, author: Account): Promise<void> {
  const entries = Object.entries(files).map(([path, text]) => ({ path, mode: "100644", content: Buffer.from(text) }));
  const signature = { name: author.name ?? "", email: author.addresses[0] ?? "", date: forge.clock(), offset: "+0000" };
  const wanted = { repository: tides, branch: "main", files: entries, message: "Say more", author: signature };
  await writeFiles(forge, wanted, by(ada));
}

await merge({ branch: "begin", author: grace });
await tag("v1.0.0");
const issue = await openIssue(forge, { repository: tides, title: "High water is missing", body: null }, by(joan));
await merge({
  branch: "high-water",
  author: grace,
  message: "Count\n\nCo-authored-by: Mary Model <mary@example.org>\nCo-authored-by: Copilot <copilot@github.com>",
  body: `Closes #${issue.number}`,
  reviewer: hedy,
});
await merge({ branch: "rebased", author: hedy, method: "rebase" });
await merge({ branch: "merged", author: ada, method: "merge", reviewer: grace });
await write({ "docs/guide.md": "# Guide\n" }, joan);
await tag("v1.1.0");
const settings = `credit: { paths: { docs: ["docs/**"] } }
acknowledgements: { exclude: [hedy], template: thanks.hbs, prefixes: { "docs-v": ["docs/**"] } }`;
await write(
  {
    ".github/curtain-call.yml": settings,
    ".github/curtain-call/thanks.hbs": "Thanks: {{people people}}",
    "docs/more.md": "More\n",
  },
  joan,
);
await tag("v1.2.0");

/** What the command prints, what it says beside that, or what it complains of. */
async function run(args: readonly string[], env: Readonly<Record<string, string>> = { GITHUB_TOKEN: tokenOf(hedy) }) {
  const written = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof written) => ({
    write: (text: string) => {
      written[name] += text;
      return true;
    },
  });
  const terminal = { env, cwd: () => "/", stdout: stream("stdout"), stderr: stream("stderr") };
  try {
    const command = createAcknowledgeCommand(terminal as unknown as Terminal).exitOverride();
    await command.parseAsync(["--api-url", forge.api, ...args], { from: "user" });
    return { ...written, complaint: "" };
  } catch (error) {
    return { ...written, complaint: error instanceof Error ? error.message : String(error) };
  }
}

const onTides = ["--github", "acme/tides"];

test("authors, co-authors, reviewers and reporters are thanked, and whoever is new is welcomed", async () => {
  const { stdout, stderr, complaint } = await run(["v1.1.0", ...onTides]);
  expect([stderr, complaint]).toEqual(["", ""]);
  expect(stdout.replaceAll(forge.web, "https://github.test")).toMatchInlineSnapshot(`
    "## Thank you

    5 people made v1.1.0.

    **Wrote it:** [Ada Example](https://github.test/ada) (#5), [Grace Sample](https://github.test/grace) (#3), [Hedy Instance](https://github.test/hedy) (#4), [Joan Figure](https://github.test/joan), Mary Model (#3)

    **Reviewed it:** [Grace Sample](https://github.test/grace) (#5), [Hedy Instance](https://github.test/hedy) (#3)

    **Found what was wrong:** [Joan Figure](https://github.test/joan) (#3)

    **First time here:** [Hedy Instance](https://github.test/hedy) (#3), [Joan Figure](https://github.test/joan) (#3). Welcome!

    With help from Copilot.
    "
  `);
});

test("the same as JSON holds roles and pull requests", async () => {
  const { stdout } = await run(["v1.0.0..main", ...onTides, "--format", "json", "--ignore-config"]);
  const { people, assistants, range, release } = JSON.parse(stdout) as {
    people: { name: string; roles: object; pulls: number[] }[];
    assistants: unknown[];
    range: string;
    release: null;
  };
  expect([range, release, assistants.length]).toEqual(["v1.0.0..main", null, 1]);
  expect(people.find(({ name }) => name === "Grace Sample")).toMatchObject({
    roles: { author: 1, reviewer: 1 },
    pulls: [3, 5],
  });
});

test("a first release has everybody from the beginning, of whom nobody is new", async () => {
  const { stdout, complaint } = await run(["v1.0.0", ...onTides]);
  expect(complaint).toBe("");
  expect(stdout).toContain("Grace Sample");
  expect(stdout).not.toContain("First time");
});

describe("the repository's settings", () => {
  test("count as they are at the end of the range", async () => {
    const { stdout, complaint } = await run(["v1.0.0..v1.2.0", ...onTides]);
    expect(complaint).toBe("");
    expect(stdout).toMatch(/^Thanks: .*\[Joan Figure\]\(http:\/\/127\.0\.0\.1:\d+\/joan\)/);
    expect(stdout).not.toContain("Hedy");
    const sections = await run(["v1.2.0", ...onTides, "--template", "sections"]);
    expect(sections.stdout).toMatch(/\*\*Explained it:\*\* \[Joan Figure\]/);
  });

  test("say what the releases of a prefix are made of", async () => {
    await tag("docs-v1");
    const { stdout } = await run(["docs-v1", ...onTides]);
    expect(stdout).toMatch(/^Thanks: \[Joan Figure\]\(\S+\)\n$/);
  });
});

test("the section goes into a file of this machine", async () => {
  const file = join(temporaryFolder(), "NOTES.md");
  const { stdout, stderr, complaint } = await run(["v1.1.0", ...onTides, "--write", file]);
  expect([stdout, stderr, complaint]).toEqual(["", `${file} has the section for v1.0.0..v1.1.0 now.\n`, ""]);
  expect(readFileSync(file, "utf8")).toContain("**Found what was wrong:** [Joan Figure]");
});

test("work that was reverted since is not there", async () => {
  await merge({ branch: "wrong", author: hedy });
  const squashed = await tipOf(forge, tides, "main");
  await commitTo(forge, tides, {
    branch: "main",
    author: ada,
    message: `Revert "wrong"\n\nThis reverts commit ${squashed}.`,
  });
  const { stdout } = await run(["v1.2.0..main", ...onTides, "--ignore-config"]);
  expect(stdout).toBe("## Thank you\n\nNobody is named in v1.2.0..main.\n");
});

test.for<[what: string, args: string[], env: Record<string, string> | undefined, complaint: RegExp]>([
  ["no token", ["v1.1.0", ...onTides], {}, /^GitHub tells who reviewed and reported only with a token/],
  ["a token that is none", ["v1.1.0", ...onTides], { GH_TOKEN: "stolen" }, /does not take the token \(401\)/],
  ["a repository that is not there", ["v1", "--github", "acme/moon"], undefined, /^acme\/moon is not at http/],
  ["a tag that is not there", ["v7", ...onTides], undefined, /^'v7' is no tag in acme\/tides/],
  ["a range from nowhere", ["v7..main", ...onTides], undefined, /knows no way from 'v7' to 'main' in acme\/tides/],
  ["what is no repository", ["v1", "--github", "tides"], undefined, /^'tides' is no repository/],
  ["a clone as well", ["v1", ...onTides, "--repo", "."], undefined, /leave one of them away/],
  ["no repository", ["v1"], undefined, /--token and --api-url are for --github/],
])("one line tells what is wrong with %s", async ([, args, env, complaint]) => {
  const said = await run(args, env);
  expect([said.stdout, said.complaint]).toEqual(["", expect.stringMatching(complaint)]);
  expect(said.complaint.split("\n")).toHaveLength(1);
});

test.for<[what: string, rule: object, complaint: RegExp]>([
  ["asks to wait", { kind: "secondary-limit", times: 1 }, /^GitHub's limit is reached; it listens again on /],
  ["fails for long", { kind: "502", path: "/graphql", times: 100 }, /^GitHub answered 502: /],
])("a GitHub that %s is one clear line", async ([, rule, complaint]) => {
  await send(forge.web, { method: "PUT", path: "/_sandbox/faults", body: { rules: [rule] } });
  const { stdout, complaint: said } = await run(["v1.1.0", ...onTides]);
  await send(forge.web, { method: "PUT", path: "/_sandbox/faults", body: { rules: [] } });
  expect([stdout, said]).toEqual(["", expect.stringMatching(complaint)]);
});

test("a GitHub that cannot tell of so much at once is asked for less", async () => {
  const rules = [{ kind: "502", path: "/graphql", times: 1 }];
  await send(forge.web, { method: "PUT", path: "/_sandbox/faults", body: { rules } });
  expect((await run(["v1.1.0", ...onTides, "--ignore-config"])).stdout).toContain("5 people made v1.1.0.");
});

test.for<[what: string, address: string, complaint: RegExp]>([
  ["nothing answers", "http://127.0.0.1:1", /^http:\/\/127\.0\.0\.1:1 cannot be reached: /],
  ["the token would be seen by others", "http://example.com", /is no address with https/],
  ["it is none", "github", /is no address with https/],
])("an address where %s is one clear line", async ([, address, complaint]) => {
  const { stdout, complaint: said } = await run(["v1.1.0", ...onTides, "--api-url", address]);
  expect([stdout, said]).toEqual(["", expect.stringMatching(complaint)]);
});
