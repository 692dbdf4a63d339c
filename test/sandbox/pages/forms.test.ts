import type { Hono } from "hono";
import { expect, test } from "vitest";
import { changeRefs, tipOf } from "../../../src/sandbox/actions/change-refs.ts";
import { setMergeQueue } from "../../../src/sandbox/actions/merge-queue.ts";
import type { Delivery } from "../../../src/sandbox/model/app.ts";
import { entryOf } from "../../../src/sandbox/model/merge-queue.ts";
import { createPages } from "../../../src/sandbox/pages/create-pages.ts";
import { makeForge } from "../../support/make-forge.ts";
import { actorOf, makeStory } from "../../support/make-story.ts";

async function start() {
  const forge = makeForge();
  const story = await makeStory(forge);
  const redelivered: Delivery[] = [];
  const redeliver = async (delivery: Delivery): Promise<void> => {
    redelivered.push(delivery);
  };
  return { forge, ...story, redelivered, pages: createPages(forge, { redeliver }) };
}

async function post(pages: Hono, path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return pages.request(`http://127.0.0.1:4000${path}`, {
    method: "POST",
    headers: { Origin: "http://127.0.0.1:4000", "Sec-Fetch-Site": "same-origin", ...headers },
    body: new URLSearchParams(fields),
  });
}

test("a comment is said by whoever was chosen, who is remembered", async () => {
  const { pages, issue } = await start();
  const response = await post(pages, `/acme/tides/issues/${issue.number}/comments`, {
    speaker: "hedy",
    body: "One\r\ntwo",
    do: "comment",
  });
  const comment = issue.comments.at(-1);
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe(`/acme/tides/issues/${issue.number}#issuecomment-${comment?.id}`);
  expect([comment?.author.login, comment?.body]).toEqual(["hedy", "One\ntwo"]);
  const cookie = response.headers.get("set-cookie") ?? "";
  expect(cookie).toBe("speaking-as=hedy; Path=/; HttpOnly; SameSite=Strict");
  const page = await pages.request(`/acme/tides/issues/${issue.number}`, { headers: { Cookie: cookie } });
  expect(await page.text()).toContain('<option value="hedy" selected>');
});

test("issues are opened, closed, opened again, labelled and reacted to", async () => {
  const { pages, tides } = await start();
  const opened = await post(pages, "/acme/tides/issues", { speaker: "hedy", title: "New", body: "" });
  const issue = tides.issues.get(Number(opened.headers.get("location")?.split("/").at(-1)));
  const path = opened.headers.get("location") ?? "";
  expect([issue?.title, issue?.body, issue?.author.login]).toEqual(["New", null, "hedy"]);
  await post(pages, `${path}/comments`, { speaker: "hedy", body: "Never mind", do: "not-planned" });
  expect([issue?.state, issue?.stateReason, issue?.comments.length]).toEqual(["closed", "not_planned", 1]);
  await post(pages, `${path}/comments`, { speaker: "ada", body: "", do: "reopen" });
  expect([issue?.state, issue?.comments.length]).toEqual(["open", 1]);
  await post(pages, `${path}/labels`, { speaker: "ada", label: "bug", do: "add" });
  expect(issue?.labels.map(({ name }) => name)).toEqual(["bug"]);
  await post(pages, `${path}/labels`, { speaker: "ada", label: "bug", do: "remove" });
  expect(issue?.labels).toEqual([]);
  await post(pages, `${path}/reactions`, { speaker: "grace", to: "description", content: "rocket" });
  expect(issue?.reactions.map(({ content, user }) => [content, user.login])).toEqual([["rocket", "grace"]]);
  const [comment] = issue?.comments ?? [];
  await post(pages, `${path}/comments/${comment?.id}`, { speaker: "hedy", body: "I do mind" });
  expect(comment?.body).toBe("I do mind");
});

test("a pull request is reviewed, merged with the words that were typed, and its branch deleted", async () => {
  const { pages, ready, forge } = await start();
  const path = `/acme/tides/pull/${ready.issue.number}`;
  await post(pages, `${path}/reviews`, { speaker: "ada", body: "Good", do: "approve" });
  expect(ready.reviews.map(({ state, author }) => [state, author.login])).toEqual([["APPROVED", "ada"]]);
  await post(pages, `${path}/line-comments`, {
    speaker: "hedy",
    path: "docs/one.md",
    line: "1",
    side: "RIGHT",
    body: "One?",
  });
  const [first] = ready.reviewComments;
  await post(pages, `${path}/line-comments`, { speaker: "grace", answers: String(first?.id), body: "One." });
  expect(ready.reviewComments.map(({ body, inReplyTo }) => [body, inReplyTo])).toEqual([
    ["One?", null],
    ["One.", first],
  ]);
  const fields = {
    speaker: "grace",
    method: "squash",
    title: "Say it all",
    message: "Reported-by: Hedy <hedy@example.org>",
    head: ready.head.commit,
  };
  const merged = await post(pages, `${path}/merge`, fields);
  expect([merged.status, merged.headers.get("location")]).toEqual([303, `${path}#merge`]);
  expect([ready.merged?.by.login, ready.issue.state]).toEqual(["grace", "closed"]);
  const commit = await (await pages.request(`/acme/tides/commit/${ready.merged?.commit}`)).text();
  expect(commit).toContain("Say it all");
  expect(commit).toContain("Reported-by: Hedy &lt;hedy@example.org&gt;");
  await post(pages, `${path}/branch`, { speaker: "grace" });
  expect(forge.happenings.some(({ event }) => event === "delete")).toBe(true);
  expect(await (await pages.request(path)).text()).toContain("deleted the branch <code>docs</code>");
});

test("a pull request is opened as a draft, and made ready", async () => {
  const { pages, tides, forge } = await start();
  const commit = await tipOf(forge, tides, "docs");
  const changes = [{ ref: "refs/heads/more", from: null, to: commit }];
  await changeRefs(forge, { repository: tides, changes }, { account: tides.owner, viaAppId: null });
  const fields = { speaker: "grace", title: "More", body: "", head: "more", base: "main", draft: "yes" };
  const opened = await post(pages, "/acme/tides/pulls", fields);
  const path = opened.headers.get("location") ?? "";
  const pull = tides.issues.get(Number(path.split("/").at(-1)))?.pull;
  expect([opened.status, pull?.head.branch, pull?.draft]).toEqual([303, "more", true]);
  expect((await post(pages, `${path}/ready`, { speaker: "hedy" })).status).toBe(403);
  expect(await (await pages.request(path)).text()).toContain("Ready for review");
  await post(pages, `${path}/ready`, { speaker: "grace" });
  expect(pull?.draft).toBe(false);
  const again = await post(pages, "/acme/tides/pulls", fields);
  expect([again.status, await again.text()]).toEqual([422, expect.stringContaining("A pull request already exists")]);
  expect((await post(pages, "/acme/tides/pulls", { ...fields, speaker: "hedy" })).status).toBe(403);
});

test("a pull request is put in the merge queue with a button, and taken out with another", async () => {
  const { pages, ready, tides, forge, ada } = await start();
  await setMergeQueue(forge, tides, { rules: { requiredChecks: ["tests"] }, actor: actorOf(ada) });
  const path = `/acme/tides/pull/${ready.issue.number}`;
  const show = async (login: string): Promise<string> =>
    (await pages.request(path, { headers: { Cookie: `speaking-as=${login}` } })).text();
  const before = await show("ada");
  expect(before).toContain("Merge when ready as ada");
  expect(before).not.toContain("Squash and merge");
  expect(await show("hedy")).not.toContain("Merge when ready");
  expect((await post(pages, `${path}/queue`, { speaker: "hedy", do: "enqueue" })).status).toBe(403);
  const head = ready.head.commit;
  expect((await post(pages, `${path}/queue`, { speaker: "ada", do: "enqueue", head })).status).toBe(303);
  const queued = await show("ada");
  expect(queued).toContain("This is queued to be merged, and next.");
  expect(queued).toContain("put this in the merge queue");
  expect(queued).not.toContain("Merge when ready");
  const direct = await post(pages, `${path}/merge`, { speaker: "ada", method: "squash", head });
  expect([direct.status, await direct.text()]).toEqual([
    405,
    expect.stringContaining("Changes must be made through the merge queue"),
  ]);
  await post(pages, `${path}/queue`, { speaker: "ada", do: "dequeue" });
  expect(entryOf(ready)).toBeNull();
  expect(await show("ada")).toContain("took this out of the merge queue");
});

test("who may not do something is offered no button for it, and is refused", async () => {
  const { pages, ready, issue, secret, open } = await start();
  const path = `/acme/tides/pull/${ready.issue.number}`;
  const page = await (await pages.request(path, { headers: { Cookie: "speaking-as=hedy" } })).text();
  expect(page).toContain("hedy may not merge here");
  expect(page).not.toContain("Squash and merge");
  const refusals = [
    [`${path}/merge`, { speaker: "hedy", method: "squash" }],
    [`${path}/comments`, { speaker: "hedy", do: "close", body: "" }],
    [`${path}/labels`, { speaker: "hedy", label: "bug", do: "add" }],
    [`/acme/tides/issues/${issue.number}/comments/${issue.comments[0]?.id}`, { speaker: "hedy", body: "Mine now" }],
    [`${path}/comments`, { speaker: "nobody", body: "Hello", do: "comment" }],
    [`${path}/comments`, { speaker: "curtain-call[bot]", body: "Hello", do: "comment" }],
    ["/ada/secret/issues", { speaker: "hedy", title: "I cannot see this" }],
  ] as const;
  for (const [to, fields] of refusals) expect([to, (await post(pages, to, fields)).status]).toEqual([to, 403]);
  expect([ready.merged, ready.issue.state, ready.issue.labels, secret.issues.size]).toEqual([null, "open", [], 0]);
  expect(open.issue.labels).toEqual([]);
});

test("what is refused stands on the page with what was typed", async () => {
  const { pages, open, ready } = await start();
  const path = `/acme/tides/pull/${open.issue.number}`;
  const review = await post(pages, `${path}/reviews`, { speaker: "grace", body: "I like <mine>", do: "approve" });
  const text = await review.text();
  expect(review.status).toBe(422);
  expect(text).toContain("Can not approve your own pull request");
  expect(text).toContain("I like &lt;mine&gt;</textarea>");
  expect(text).toContain('<option value="grace" selected>');
  const conflict = await post(pages, `${path}/merge`, { speaker: "ada", method: "merge", title: "t", message: "m" });
  expect([conflict.status, await conflict.text()]).toEqual([
    405,
    expect.stringContaining("Pull Request is not mergeable"),
  ]);
  const readyPath = `/acme/tides/pull/${ready.issue.number}/merge`;
  const moved = await post(pages, readyPath, {
    speaker: "ada",
    method: "squash",
    title: "My title",
    message: "",
    head: "0".repeat(40),
  });
  expect([moved.status, await moved.text()]).toEqual([409, expect.stringContaining('value="My title"')]);
  const nameless = await post(pages, "/acme/tides/issues", { speaker: "ada", title: " ", body: "Kept" });
  expect([nameless.status, await nameless.text()]).toEqual([422, expect.stringContaining("Kept</textarea>")]);
  const switched = await post(pages, `${path}/comments`, { speaker: "hedy", body: "Half a thought", do: "switch" });
  expect([switched.status, await switched.text()]).toEqual([200, expect.stringContaining("Half a thought</textarea>")]);
  expect(switched.headers.get("set-cookie")).toContain("speaking-as=hedy");
});

test("nothing is done for a form of another site", async () => {
  const { pages, issue, redelivered, forge } = await start();
  const before = issue.comments.length;
  const path = `/acme/tides/issues/${issue.number}/comments`;
  const fields = { speaker: "ada", body: "Hello", do: "comment" };
  for (const headers of [
    { Origin: "https://example.com", "Sec-Fetch-Site": "cross-site" },
    { Origin: "http://127.0.0.1:5000", "Sec-Fetch-Site": "same-site" },
    { Origin: "null", "Sec-Fetch-Site": "cross-site" },
    { Origin: "", "Sec-Fetch-Site": "" },
  ]) {
    const response = await post(pages, path, fields, headers);
    expect([headers, response.status]).toEqual([headers, 403]);
    const id = forge.state.deliveries[0]?.id;
    expect((await post(pages, `/deliveries/${id}/redeliver`, {}, headers)).status).toBe(403);
  }
  expect([issue.comments.length, redelivered]).toEqual([before, []]);
  const byName = { Origin: "http://localhost:4000", "Sec-Fetch-Site": "" };
  expect((await post(pages, path, fields, byName)).status).toBe(303);
});

test("a delivery is sent again", async () => {
  const { pages, forge, redelivered } = await start();
  const [delivery] = forge.state.deliveries;
  const response = await post(pages, `/deliveries/${delivery?.id}/redeliver`, {});
  expect([response.status, response.headers.get("location")]).toEqual([303, "/deliveries"]);
  expect(redelivered).toEqual([delivery]);
  expect((await post(pages, "/deliveries/1/redeliver", {})).status).toBe(404);
});
