import { Hono } from "hono";
import rehypeRaw from "rehype-raw";
import { unified } from "unified";
import { expect, test } from "vitest";
import { createPerson } from "../../../src/sandbox/actions/accounts.ts";
import { addComment } from "../../../src/sandbox/actions/comments.ts";
import { writeFiles } from "../../../src/sandbox/actions/contents.ts";
import { openIssue } from "../../../src/sandbox/actions/issues.ts";
import { createLabel, createMilestone } from "../../../src/sandbox/actions/labels.ts";
import { openPull } from "../../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../../src/sandbox/actions/repositories.ts";
import type { Forge } from "../../../src/sandbox/forge.ts";
import { createPages } from "../../../src/sandbox/pages/create-pages.ts";
import { crawl } from "../../support/crawl.ts";
import { makeForge } from "../../support/make-forge.ts";
import { actorOf, makeStory } from "../../support/make-story.ts";

function open(forge: Forge) {
  return createPages(forge, { redeliver: async () => {} });
}

test("every link within the pages of a small story leads to a page", async () => {
  const forge = makeForge();
  const { ready, open: pull } = await makeStory(forge);
  const others = [`/acme/tides/issues/${pull.issue.number}`, `/acme/tides/pull/${ready.issue.number}.diff`];
  const found = await crawl(open(forge), others);
  expect(found.filter(({ status }) => status !== 200 && status !== 302)).toEqual([]);
  expect(found.length).toBeGreaterThan(70);
});

test("a sandbox in which nobody is yet has pages too, also where they are mounted among others", async () => {
  const server = new Hono().get("/api/v3", (context) => context.text("{}")).route("/", open(makeForge()));
  const found = await crawl(server, ["/deliveries", "/ghost", "/api/v3", "/nobody/nothing"]);
  const statuses = found.map(({ path, status }) => [path, status]);
  expect(statuses).toEqual([
    ["/", 200],
    ["/deliveries", 200],
    ["/ghost", 200],
    ["/api/v3", 200],
    ["/nobody/nothing", 404],
    ["/assets/style.css", 200],
    ["/avatars/10137", 200],
  ]);
});

test("each page has its essentials", async () => {
  const forge = makeForge();
  const { issue, open: pull, ready, merged } = await makeStory(forge);
  const pages = open(forge);
  const essentials: readonly (readonly [path: string, texts: readonly string[]])[] = [
    ["/", ["acme", "ada", "Curtain Call", "git clone http://127.0.0.1:4000/", "/deliveries"]],
    ["/acme", ["Tide tables as a service", "grace", "We like the sea."]],
    ["/ada", ["Ada Example", "Private", "acme"]],
    ["/apps/curtain-call", ["pull requests: <b>write</b>", "issue_comment", "All repositories"]],
    ["/acme/tides", ["git clone http://127.0.0.1:4000/acme/tides.git", "src/", "The sea is salty.", "3 commits"]],
    ["/ada/empty", ["Nothing has been pushed yet"]],
    ["/acme/tides/tree/feature/low-water/src", ["main.ts"]],
    ["/acme/tides/blob/main/src/main.ts", ["export function", 'id="L2"']],
    ["/acme/tides/blob/main/README.md?plain=1", ["# tides"]],
    ["/acme/tides/blob/main/data.bin", ["This file is binary"]],
    ["/acme/tides/commits/main", ["Say when high water is", "Joan Figure"]],
    [`/acme/tides/commit/${pull.head.commit}`, ["Add lowest", '<td class="sign">+</td>', "Nobody is missing"]],
    ["/acme/tides/branches", ["feature/low-water", "Default"]],
    ["/acme/tides/tags", ["v1.0.0"]],
    ["/acme/tides/issues?state=closed", ["High water is never shown", ">closed<"]],
    [
      `/acme/tides/issues/${issue.number}`,
      ["<b>High water is never shown</b>", "❤️", "Walking skeleton", "closed this"],
    ],
    ["/acme/tides/pulls", ["Say more", ">open<"]],
    [
      `/acme/tides/pull/${pull.issue.number}`,
      ["Is <em>lowest</em> a word?", "approved", "requested changes", "conflicts"],
    ],
    [`/acme/tides/pull/${ready.issue.number}`, ["Squash and merge as ada", "Co-authored-by: Joan Figure"]],
    [`/acme/tides/pull/${merged.issue.number}`, [">merged<", "Delete the branch feature/high-water"]],
    [`/acme/tides/pull/${pull.issue.number}/files`, ["2 files changed", "It is."]],
    [`/acme/tides/pull/${pull.issue.number}/commits`, ["Return lowest"]],
    [`/acme/tides/pull/${pull.issue.number}.diff`, ["diff --git a/lowest.md b/lowest.md"]],
    [`/acme/tides/pull/${pull.issue.number}.patch`, ["Subject: [PATCH 2/2] Add lowest"]],
    ["/acme/tides/labels", ["Something isn&#x27;t working"]],
    ["/acme/tides/milestones", ["1 of 1 done"]],
    ["/deliveries", ["issue_comment.created", "200 OK", "waiting"]],
  ];
  for (const [path, texts] of essentials) {
    const response = await pages.request(path);
    const text = await response.text();
    expect([path, response.status, texts.filter((part) => !text.includes(part))]).toEqual([path, 200, []]);
  }
});

test("what is not there has a friendly page, and what is former leads on", async () => {
  const forge = makeForge();
  const { open: pull, secret } = await makeStory(forge);
  const pages = open(forge);
  for (const path of [
    "/nobody",
    "/acme/none",
    "/acme/tides/issues/99",
    "/acme/tides/blob/main/none",
    "/acme/tides/blob/%E0",
    "/a/b/c/d/e",
  ]) {
    const response = await pages.request(path);
    expect([path, response.status]).toEqual([path, 404]);
    expect(await response.text()).toContain("There is nothing here");
  }
  for (const path of ["issues/NUMBER", "pull/NUMBER/merge", "issues/NUMBER/comments"]) {
    const response = await pages.request(`/acme/tides/${path.replace("NUMBER", String(pull.issue.number))}`);
    expect(response.headers.get("location")).toBe(`/acme/tides/pull/${pull.issue.number}`);
  }
  expect(await (await pages.request(`/ada/${secret.name}`)).text()).toContain("Private");
});

test("no page lets in scripts, frames or others' styles", async () => {
  const forge = makeForge();
  await makeStory(forge);
  const pages = open(forge);
  for (const path of ["/", "/nobody", "/acme/tides/raw/main/README.md", "/avatars/10137", "/assets/style.css"]) {
    const { headers } = await pages.request(path);
    const policy =
      "default-src 'none'; style-src 'self'; img-src 'self' https: http: data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    expect(headers.get("content-security-policy")).toBe(policy);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("same-origin");
  }
  const raw = await pages.request("/acme/tides/raw/main/odd/new%0Aline%20%3Cb%3E%26%2523.txt");
  expect(raw.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(await raw.text()).toBe("<script>alert(1)</script>\n");
});

test("what people call things does nothing on any page", async () => {
  const forge = makeForge();
  const evil = `"'><x-evil onclick=alert(1)>{{evil}}</x-evil><script>alert(1)</script>`;
  const url = "javascript:alert(1)";
  const mallory = createPerson(forge, {
    login: "mallory",
    name: evil,
    bio: evil,
    publicAddress: `"${evil}@example.com`,
  });
  const actor = actorOf(mallory);
  const repository = await createRepository(
    forge,
    { owner: mallory, name: "x", description: evil, homepage: url },
    actor,
  );
  repository.topics.push(evil);
  const label = await createLabel(forge, { repository, name: evil, color: "ff0000", description: evil }, actor);
  const body = `${evil}\n\n[link](${url}) <a href="${url}" onclick="x()">a</a><img src=README.md onerror=alert(1)>`;
  const milestone = await createMilestone(
    forge,
    { repository, title: evil, description: body, state: "open", dueOn: null },
    actor,
  );
  const content = Buffer.from(body);
  const path = evil.replaceAll("/", "_");
  const author = {
    name: evil.replace(/[<>]/g, ""),
    email: "mallory@example.com",
    date: forge.clock(),
    offset: "+0000",
  };
  const files = [path, `${path}.md`, "README.md"].map((name) => ({ path: name, mode: "100644", content }));
  await writeFiles(forge, { repository, branch: "main", files: files.slice(2), message: evil, author }, actor);
  await writeFiles(forge, { repository, branch: `y"'><x-evil>`, files, message: body, author }, actor);
  const issue = await openIssue(
    forge,
    { repository, title: evil, body, labels: [label], milestone, assignees: [mallory] },
    actor,
  );
  await addComment(forge, { issue, body: `</textarea>${body}` }, actor);
  await openPull(forge, { repository, title: evil, body, head: `y"'><x-evil>`, base: "main" }, actor);
  const found = await crawl(open(forge));
  const missing = found.filter(({ status }) => status !== 200);
  expect(missing.map(({ path: page, from, status }) => ({ page, from, status }))).toEqual([]);
  expect(found.length).toBeGreaterThan(30);
  expect(
    found.flatMap(({ path: page, html }) => intrusionsIn(html).map((intrusion) => `${page}: ${intrusion}`)),
  ).toEqual([]);
});

test("a large change is cut, and says so", async () => {
  const forge = makeForge();
  const { tides, ada } = await makeStory(forge);
  const lines = Buffer.from("a line\n".repeat(3000));
  const files = Array.from({ length: 310 }, (_, index) => ({ path: `large/${index}`, mode: "100644", content: lines }));
  const commit = await writeFiles(
    forge,
    { repository: tides, branch: "main", files, message: "Add much" },
    actorOf(ada),
  );
  const html = await (await open(forge).request(`/acme/tides/commit/${commit}`)).text();
  expect(html).toContain("310 files changed");
  expect(html).toContain("1,001 more lines left out");
  expect(html).toContain("10 more files left out");
  expect(html.split("<tr").length - 1).toBe(20_000);
});

test("lists show 25 at a time, and lead to the rest", async () => {
  const forge = makeForge();
  const { tides, ada } = await makeStory(forge);
  for (let count = 0; count < 60; count += 1) {
    await openIssue(forge, { repository: tides, title: `Issue ${count}`, body: null }, actorOf(ada));
  }
  const pages = open(forge);
  const rows = async (path: string): Promise<number> =>
    (await (await pages.request(path)).text()).split("row-title").length - 1;
  expect(
    await Promise.all(
      ["", "?page=2", "?page=3", "?page=4", "?page=-1"].map((page) => rows(`/acme/tides/issues${page}`)),
    ),
  ).toEqual([25, 25, 10, 0, 25]);
  expect(await (await pages.request("/acme/tides/issues?page=2&state=open")).text()).toContain(
    "?page&#x3D;3&amp;state&#x3D;open",
  );
});

/** Elements, handlers and addresses in a page that only somebody's text could have brought there. */
function intrusionsIn(html: string): string[] {
  const intrusions: string[] = [];
  const tree = unified()
    .use(rehypeRaw)
    .runSync({ type: "root", children: [{ type: "raw", value: html }] });
  const waiting: Node[] = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    waiting.push(...(node.children ?? []));
    if (/^(?:x-evil|script|iframe|style|object|embed)$/.test(node.tagName ?? "")) intrusions.push(`${node.tagName}`);
    for (const [name, value] of Object.entries(node.properties ?? {})) {
      if (/^on|^style$/i.test(name) || /^\s*javascript:/i.test(String(value)))
        intrusions.push(`${name}=${String(value)}`);
    }
  }
  return intrusions;
}

interface Node {
  readonly type: string;
  readonly tagName?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly children?: readonly Node[];
}
