import type { Hono } from "hono";
import { expect, test } from "vitest";
import { createRelease } from "../../../src/sandbox/actions/releases.ts";
import { gitDirectory } from "../../../src/sandbox/forge.ts";
import { latestRelease } from "../../../src/sandbox/model/release.ts";
import { createPages } from "../../../src/sandbox/pages/create-pages.ts";
import { makeForge } from "../../support/make-forge.ts";
import { actorOf, makeStory } from "../../support/make-story.ts";
import { git } from "../../support/repository.ts";

const path = "/acme/tides/releases";

async function start() {
  const forge = makeForge();
  const story = await makeStory(forge);
  return { forge, ...story, pages: createPages(forge, { redeliver: async () => {} }) };
}

async function post(pages: Hono, target: string, fields: Record<string, string>) {
  const response = await pages.request(`http://127.0.0.1:4000${target}`, {
    method: "POST",
    headers: { Origin: "http://127.0.0.1:4000", "Sec-Fetch-Site": "same-origin" },
    body: new URLSearchParams(fields),
  });
  return { status: response.status, location: response.headers.get("location"), text: await response.text() };
}

test("releases are listed, and one has its notes as Markdown with links to what they name", async () => {
  const { forge, tides, ada, issue, pages } = await start();
  const body = `High **water**, by @ada\n\nSolves #${issue.number}.`;
  await createRelease(forge, { repository: tides, tagName: "v1.0.0", name: "High water", body }, actorOf(ada));
  const draft = await createRelease(forge, { repository: tides, tagName: "web/v2", draft: true }, actorOf(ada));
  await createRelease(forge, { repository: tides, tagName: "web/v1", prerelease: true }, actorOf(ada));
  const one = await (await pages.request(`${path}/tag/v1.0.0`)).text();
  for (const part of [
    "High water",
    "<strong>water</strong>",
    'href="/ada"',
    `href="/acme/tides/issues/${issue.number}"`,
    ">Latest<",
    'href="/acme/tides/tree/v1.0.0"',
  ]) {
    expect(one).toContain(part);
  }
  const list = await (await pages.request(path)).text();
  expect(list).toContain(">Draft<");
  expect(list).toContain(">Pre-release<");
  expect((await pages.request(`${path}/tag/untagged-${draft.untagged}`)).status).toBe(200);
  expect((await pages.request(`${path}/tag/web/v1`)).status).toBe(200);
  expect((await pages.request(`${path}/tag/web/v2`)).status).toBe(404);
  expect((await pages.request(`${path}/99`)).status).toBe(404);
  const home = await (await pages.request("/acme/tides")).text();
  expect(home).toContain('href="/acme/tides/releases"');
  const tags = await (await pages.request("/acme/tides/tags")).text();
  expect(tags).toContain(`href="${path}/tag/v1.0.0"`);
  const links = new Set(
    Array.from(`${one}${list}${tags}`.matchAll(/\bhref="(\/[^"#]*)"/g), ([, link = ""]) =>
      link.replaceAll("&amp;", "&"),
    ),
  );
  expect(links).toContain(`${path}/${draft.id}`);
  for (const link of links) expect([link, (await pages.request(link)).status]).toEqual([link, 200]);
});

test("a release is drafted, edited, published, made a draft again and deleted", async () => {
  const { forge, tides, pages } = await start();
  const typed = { speaker: "ada", tag: "v2.0.0", target: "main", title: "Two", latest: "yes" };
  const drafted = await post(pages, path, { ...typed, body: "One\r\ntwo", do: "draft" });
  const [release] = tides.releases;
  if (release === undefined) throw new Error("there is no release");
  expect(drafted).toMatchObject({ status: 303, location: `${path}/tag/untagged-${release.untagged}` });
  expect(release).toMatchObject({ name: "Two", body: "One\ntwo", draft: true, author: { login: "ada" } });
  const form = await (await pages.request(`${path}/${release.id}`)).text();
  expect(form).toContain("One\ntwo</textarea>");
  const tags = () => git(gitDirectory(forge, tides), ["tag"]).trim().split("\n");
  expect(tags()).toEqual(["v1.0.0"]);
  const published = await post(pages, `${path}/${release.id}`, { ...typed, body: "Three", do: "publish" });
  expect(published).toMatchObject({ status: 303, location: `${path}/tag/v2.0.0` });
  expect([release.body, release.draft, latestRelease(tides) === release]).toEqual(["Three", false, true]);
  expect(tags()).toEqual(["v1.0.0", "v2.0.0"]);
  await post(pages, `${path}/${release.id}`, { ...typed, body: "Four", prerelease: "yes", do: "save" });
  expect([release.body, release.draft, release.prerelease]).toEqual(["Four", false, true]);
  await post(pages, `${path}/${release.id}`, { ...typed, body: "Four", do: "draft" });
  expect(release.draft).toBe(true);
  const deleted = await post(pages, `${path}/${release.id}`, { ...typed, do: "delete" });
  expect([deleted.location, tides.releases]).toEqual([path, []]);
});

test("a form that is refused keeps what was typed, and those who may not write release nothing", async () => {
  const { forge, tides, ada, pages } = await start();
  await createRelease(forge, { repository: tides, tagName: "v1.0.0" }, actorOf(ada));
  const typed = { tag: "v1.0.0", title: "Again", body: "The same", do: "publish" };
  const taken = await post(pages, path, { ...typed, speaker: "ada" });
  expect([taken.status, taken.text.includes("tag_name is taken already")]).toEqual([422, true]);
  expect(taken.text).toContain("The same</textarea>");
  expect(await post(pages, path, { ...typed, tag: "v3", speaker: "hedy" })).toMatchObject({ status: 403 });
  expect(tides.releases).toHaveLength(1);
});

test("what is written in a release does nothing on its pages", async () => {
  const { forge, tides, ada, pages } = await start();
  const evil = `"'><x-evil onclick=alert(1)>{{evil}}</x-evil><script>alert(1)</script>`;
  const tagName = `v1'"><b>{{x}}`.replace(/[~^:?*[\\]/g, "");
  const wanted = { repository: tides, tagName, name: evil, body: evil };
  const release = await createRelease(forge, wanted, actorOf(ada));
  for (const page of [
    path,
    `${path}/tag/${encodeURIComponent(tagName)}`,
    `${path}/${release.id}`,
    "/acme/tides/tags",
  ]) {
    const response = await pages.request(page);
    const text = await response.text();
    expect([page, response.status, /<x-evil|<script|<b>\{\{/.test(text)]).toEqual([page, 200, false]);
  }
});
