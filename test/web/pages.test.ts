import { expect, test } from "vitest";
import { hidePerson } from "../../src/store/people.ts";
import { crawl } from "../support/crawl.ts";
import { describeDatabases } from "../support/databases.ts";
import { account, credit, entry, inTransaction, pullRequest } from "../support/ledger.ts";
import { fillPublicLedger, hostileTitle, openWeb, unsaid } from "../support/public-ledger.ts";

await describeDatabases("the ledger's pages", ({ open }) => {
  async function openFilled() {
    const database = await open();
    await fillPublicLedger(database);
    return { database, ...openWeb(database) };
  }
  /** One for all tests that only read. */
  let shared: ReturnType<typeof openFilled> | null = null;
  const openShared = (): ReturnType<typeof openFilled> => (shared ??= openFilled());

  test("the front page names those with public repositories, and counts nothing that is private or not listed", async () => {
    const { page } = await openShared();
    const front = await page("/");
    expect(rowsOf(front)).toEqual(["Organisation Repositories People", "acme 4 4", "Globe 1 1", "Twice 1 0"]);
  });

  test("an organisation's page tells who did how much, in which roles and since when", async () => {
    const { page } = await openShared();
    const html = await page("/acme");
    expect(rowsOf(html)).toEqual(
      expect.arrayContaining([
        "Ada Example ada 3 author 2 idea 1 mentor 1 1 March 2026 12 March 2026",
        "Grace Sample grace 1 co-author 1 1 March 2026 1 March 2026",
        "Joan Figure 1 author 1 9 March 2026 9 March 2026",
        "March 2026 3 1 1 1 1 7".replace("March", "Mar"),
        "charts 1 2 9 March 2026",
        "tides 2 3 12 March 2026",
        "people 0 0 –",
      ]),
    );
    expect(textOf(html)).toContain("4 people have credit for 3 pieces of work here.");
    expect(textOf(html)).toContain("1 person taught 1 other, in 1 piece of work.");
    expect(textOf(html)).toContain("With help from Copilot (1).");
    expect(html).toContain('href="/acme/-/people/ada"');
  });

  test("a repository's page is about that one alone, even where it is named as a part of our addresses", async () => {
    const { page } = await openShared();
    const charts = await page("/acme/charts");
    expect(textOf(charts)).toContain("2 people have credit for 1 piece of work here.");
    expect(charts).not.toContain("Grace");
    expect(charts).toContain('href="https://github.example.com/acme/charts"');
    expect(await page("/acme/people")).toContain("<h1>people</h1>");
    expect(await page("/acme/-")).toContain("<h1>-</h1>");
  });

  test("a person's page tells where they worked, at what, whom they taught and who taught them", async () => {
    const { page } = await openShared();
    const ada = await page("/acme/-/people/ada");
    expect(textOf(ada)).toContain(
      "Credit for 3 pieces of work in the public repositories of acme, since 1 March 2026.",
    );
    expect(rowsOf(ada)).toEqual(expect.arrayContaining(["tides 2 12 March 2026", "Grace Sample grace 1 March 2026 1"]));
    for (const place of ["tides/pull/1", "charts/commit/4f2a91c0d3", "tides/issues/7"]) {
      expect(ada).toContain(`href="https://github.example.com/acme/${place}"`);
    }
    expect(ada).toContain('href="https://github.example.com/ada"');
    expect(textOf(ada)).not.toContain("Who taught them");
    expect(rowsOf(await page("/acme/-/people/grace"))).toContain("Ada Example ada 1 March 2026 1");
  });

  test("two organisations with a repository and a person of the same name never mix", async () => {
    const { page } = await openShared();
    for (const path of ["/Globe", "/Globe/tides", "/Globe/-/people/ada"]) {
      const html = await page(path);
      expect(html).toContain("Ada Elsewhere");
      expect(html).not.toMatch(/Ada Example|Grace|acme/);
    }
    for (const path of ["/acme", "/acme/tides", "/acme/-/people/ada"]) {
      expect(await page(path)).not.toMatch(/Elsewhere|Globe/);
    }
  });

  test.each([
    ["an owner whom nobody knows", "/nobody"],
    ["one whose installation sleeps", "/sleepy"],
    ["one whose installation is gone", "/goner/tides"],
    ["one with private repositories only", "/hush"],
    ["a private repository", "/acme/secrets"],
    ["a repository of another", "/Globe/charts"],
    ["the older of two installations of one name", "/twice/older"],
    ["somebody with credit in a private repository only", "/acme/-/people/hedy"],
    ["somebody who asked not to be listed", "/acme/-/people/hideaway"],
    ["somebody who was forgotten", "/acme/-/people/frances"],
    ["a person of another organisation", "/Globe/-/people/grace"],
    ["an address that leads nowhere", "/acme/tides/more"],
    ["a name with a character that databases refuse", "/acme%00"],
    ["a broken escape", "/%E0%A4%A"],
  ])("%s is a page that is not there, without a word on why", async (_, path) => {
    const { get } = await openShared();
    const response = await get(path);
    expect(response.status).toBe(404);
    const html = await response.text();
    expect(html).toBe(await (await get("/nobody-at-all")).text());
    expect(html).toContain("There is nothing public under this address.");
  });

  test("names are found in any casing, and a slash at the end leads to the page", async () => {
    const { get, page } = await openShared();
    expect(await page("/ACME/Tides")).toBe(await page("/acme/tides"));
    expect(await page("/GLOBE/-/people/ADA")).toContain("Ada Elsewhere");
    const response = await get("/acme/");
    expect(response.status).toBe(301);
    expect(response.headers.get("location")).toBe("http://127.0.0.1:3000/acme");
  });

  test("every page that links lead to is there, holds no script and no style, and says nothing that is not public", async () => {
    const { web } = await openShared();
    const found = await crawl(web);
    expect(found.filter(({ status }) => status !== 200)).toEqual([]);
    expect(found.length).toBeGreaterThan(30);
    const pages = found.filter(({ html }) => html !== "");
    expect(pages.filter(({ html }) => !/^1(,2)*$/.test(headingsOf(html).join(",")))).toEqual([]);
    for (const { path, html } of pages) {
      const harm = html.match(/<script|<style|\sstyle=|\son\w+=|javascript:|<img|<iframe|&lt;!\[CDATA/gi);
      const said = unsaid.filter((text) => html.includes(text));
      // An escaped name may hold what would be an attribute.
      expect({ path, harm: harm?.filter((one) => one !== " onerror=") ?? [], said }).toEqual({
        path,
        harm: [],
        said: [],
      });
    }
  });

  test("what people wrote is shown as they wrote it, and is nothing but text", async () => {
    const { page } = await openShared();
    expect(await page("/acme")).toContain("&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;");
    const html = await page("/acme/-/people/ada");
    expect(html).toContain("&lt;/a&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#x27;more&#x27;");
    expect(html).not.toContain(hostileTitle);
  });

  test.each([
    ["days", "?since=2026-03-09&until=2026-03-11", ["Ada Example ada 1", "Joan Figure 1"]],
    ["one day, the last included", "?since=2026-03-12&until=2026-03-12", ["Ada Example ada 1"]],
    ["a role", "?role=author", ["Ada Example ada 2", "Joan Figure 1"]],
    ["a role that nobody has", "?role=design", []],
    ["fields left empty", "?since=&until=&role=mentor", ["Ada Example ada 1"]],
    ["what is unknown", "?utm=1&role=idea", ["Ada Example ada 1"]],
  ])("a page can be asked for %s", async (_, query, people) => {
    const { page } = await openShared();
    const rows = rowsOf(await page(`/acme${query}`)).filter((row) => /^(Ada|Grace|Joan|<img)/.test(row));
    expect(rows.map((row) => row.replace(/(?<=\d) .*/, ""))).toEqual(people);
  });

  test.each([
    ["?since=yesterday", "since has to be a day such as 2026-03-01"],
    ["?since=2026-02-30", "since has to be a day such as 2026-03-01"],
    ["?until=9999-12-31", "until has to be a day between 1970 and 2999"],
    ["?since=2026-03-02&until=2026-03-01", "since is a later day than until; give them the other way round"],
    ["?role=<b>", "role has to be one of author, co-author"],
    ["?page=0", "page has to be a number from 1 to 200"],
    ["?page=1e3", "page has to be a number from 1 to 200"],
  ])("%s is refused with a page that says why", async (query, text) => {
    const { get } = await openShared();
    for (const path of ["/acme", "/nobody"]) {
      const response = await get(`${path}${query}`);
      expect(response.status).toBe(400);
      expect(textOf(await response.text())).toContain(text);
    }
  });

  test("a long list goes on on the next page", async () => {
    const { database, page } = await openFilled();
    const crowd = Array.from({ length: 70 }, (_, index) => entry(account(1000 + index, `Crowd ${index}`)));
    await credit(database, pullRequest(90), { entries: crowd, repositoryId: 13 });
    const first = await page("/acme/people?role=author");
    expect(first.match(/Crowd \d+/g)).toHaveLength(50);
    expect(first).toContain('href="/acme/people?role&#x3D;author&amp;page&#x3D;2" rel="next"');
    const second = await page("/acme/people?role=author&page=2");
    expect(second.match(/Crowd \d+/g)).toHaveLength(20);
    expect(new Set([...(first.match(/Crowd \d+/g) ?? []), ...(second.match(/Crowd \d+/g) ?? [])]).size).toBe(70);
    expect(second).not.toContain('rel="next"');
    expect(textOf(await page("/acme/people?page=3"))).toContain("The list ends before this page.");
  });

  test("whoever asks not to be listed has no page from then on, and half a minute later is on none", async () => {
    const { database, web, page, get, wait } = await openFilled();
    expect(await page("/acme")).toContain("Grace");
    expect(await page("/acme/-/people/grace")).toContain("Grace");
    await inTransaction(database, (transaction) => hidePerson(transaction, 1, { id: 102, login: "grace" }));
    expect((await get("/acme/-/people/grace")).status).toBe(404);
    wait(30);
    const found = await crawl(web);
    expect(found.filter(({ html }) => /grace/i.test(html))).toEqual([]);
    expect(textOf(await page("/acme"))).toContain("3 people have credit");
    expect(textOf(await page("/acme"))).toContain("No mentoring is told of here in this time.");
  });

  test("browsers are told to run nothing, to load nothing from elsewhere and to tell nobody, and may keep a page shortly", async () => {
    const { get } = await openShared();
    for (const path of ["/", "/acme", "/acme/-/people/ada", "/nobody", "/acme?page=0"]) {
      const { headers } = await get(path);
      expect(headers.get("content-security-policy")).toBe(
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      );
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
    }
    const response = await get("/acme");
    expect(response.headers.get("cache-control")).toBe("public, max-age=60");
    const again = await get("/acme", { headers: { "If-None-Match": response.headers.get("etag") ?? "" } });
    expect(again.status).toBe(304);
    expect((await get("/acme", { method: "POST" })).status).toBe(404);
  });
});

/** What stands in the rows of a page's tables, as people read them. */
function rowsOf(html: string): string[] {
  return Array.from(html.matchAll(/<tr>(.*?)<\/tr>/gs), ([, row = ""]) => textOf(row));
}

function textOf(html: string): string {
  const spaced = html.replace(/<svg.*?<\/svg>/gs, "").replace(/<\/t[hd]>/g, " ");
  return spaced
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replace(/\s+/g, " ")
    .trim();
}

function headingsOf(html: string): number[] {
  return Array.from(html.matchAll(/<h(\d)/g), ([, level]) => Number(level));
}
