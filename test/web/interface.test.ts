import { expect, test } from "vitest";
import { describeDatabases } from "../support/databases.ts";
import { fillPublicLedger, openWeb, unsaid } from "../support/public-ledger.ts";

await describeDatabases("the ledger as JSON", ({ open }) => {
  async function openFilled() {
    const database = await open();
    await fillPublicLedger(database);
    return openWeb(database);
  }
  let shared: ReturnType<typeof openFilled> | null = null;
  const openShared = (): ReturnType<typeof openFilled> => (shared ??= openFilled());

  test("a tally says what the page says, and never by which key somebody is known", async () => {
    const { json } = await openShared();
    const { months, ...answer } = await json("/api/tally/ACME?limit=2");
    expect(answer).toEqual({
      owner: "acme",
      repository: null,
      since: null,
      until: null,
      role: null,
      page: 1,
      limit: 2,
      works: 3,
      peopleCount: 4,
      people: [
        {
          id: 101,
          login: "ada",
          name: "Ada Example",
          works: 3,
          roles: {
            author: 2,
            idea: 1,
            mentor: 1,
          },
          first: "2026-03-01T12:00:00.000Z",
          last: "2026-03-12T12:00:00.000Z",
        },
        {
          id: 104,
          login: "mallory",
          name: "<img src=x onerror=alert(1)>",
          works: 1,
          roles: { reviewer: 1 },
          first: "2026-03-01T12:00:00.000Z",
          last: "2026-03-01T12:00:00.000Z",
        },
      ],
      assistants: [
        {
          name: "Copilot",
          works: 1,
        },
      ],
    });
    const { names, credits } = months as { names: string[]; credits: Record<string, number[]> };
    expect(names).toHaveLength(24);
    expect(names.at(-1)).toBe("2026-04");
    expect(credits["author"]?.slice(-2)).toEqual([3, 0]);
  });

  test("a tally can be asked for one repository, some days, one role, and the people after the first", async () => {
    const { json } = await openShared();
    const namesOf = async (path: string): Promise<unknown> => {
      const { people } = await json(path);
      return (people as { name: string; works: number }[]).map(({ name, works }) => `${name} ${works}`);
    };
    expect(await namesOf("/api/tally/acme/charts")).toEqual(["Ada Example 1", "Joan Figure 1"]);
    expect(await namesOf("/api/tally/acme?since=2026-03-10")).toEqual(["Ada Example 1"]);
    expect(await namesOf("/api/tally/acme?role=co-author")).toEqual(["Grace Sample 1"]);
    expect(await namesOf("/api/tally/acme?limit=1&page=3")).toEqual(["Grace Sample 1"]);
    expect(await json("/api/tally/acme?role=co-author")).toMatchObject({ works: 1, peopleCount: 1 });
  });

  test("a person's answer says what their page says", async () => {
    const { json } = await openShared();
    const { recent, ...answer } = await json("/api/people/acme/ada?limit=2");
    expect(recent).toEqual([
      {
        repository: "tides",
        kind: "issue",
        number: 7,
        title: null,
        roles: ["idea"],
        url: "https://github.example.com/acme/tides/issues/7",
        countedAt: "2026-03-12T12:00:00.000Z",
      },
      {
        repository: "charts",
        kind: "commit",
        sha: "4f2a91c0d3",
        title: null,
        roles: ["author"],
        url: "https://github.example.com/acme/charts/commit/4f2a91c0d3",
        countedAt: "2026-03-09T12:00:00.000Z",
      },
    ]);
    expect(answer).toMatchObject({
      owner: "acme",
      id: 101,
      login: "ada",
      works: 3,
      roles: {
        author: 2,
        idea: 1,
        mentor: 1,
      },
      repositories: [
        {
          name: "tides",
          works: 2,
          last: "2026-03-12T12:00:00.000Z",
        },
        {
          name: "charts",
          works: 1,
          last: "2026-03-09T12:00:00.000Z",
        },
      ],
      taught: [
        {
          id: 102,
          login: "grace",
          name: "Grace Sample",
          since: "2026-03-01T12:00:00.000Z",
          works: 1,
        },
      ],
      taughtBy: [],
    });
    expect(await json("/api/people/acme/grace?since=2026-04-01")).toMatchObject({ works: 0, roles: {}, first: null });
  });

  test.each([
    ["/api/tally/acme?limit=0", "limit has to be a number from 1 to 1000"],
    ["/api/tally/acme?limit=1001", "limit has to be a number from 1 to 1000"],
    ["/api/tally/acme?limit=-1", "limit has to be a number from 1 to 1000"],
    ["/api/tally/acme?page=11", "page has to be a number from 1 to 10"],
    ["/api/tally/acme?since=1969-12-31", "since has to be a day between 1970 and 2999"],
    ["/api/tally/acme/tides?until=2026-13-01", "until has to be a day such as 2026-03-01"],
    ["/api/tally/acme?sort=name", 'there is no parameter "sort" here'],
    ["/api/people/acme/ada?role=author", 'there is no parameter "role" here'],
  ])("%s is refused in one line", async (path, error) => {
    const { get, json } = await openShared();
    expect((await get(path)).status).toBe(400);
    expect(await json(path)).toEqual({ error });
  });

  test.each([
    "/api/tally/nobody",
    "/api/tally/sleepy",
    "/api/tally/goner",
    "/api/tally/hush/tides",
    "/api/tally/acme/secrets",
    "/api/people/acme/hedy",
    "/api/people/acme/hideaway",
    "/api/people/acme/frances",
  ])("%s is not there, as if nobody had ever heard of it", async (path) => {
    const { get } = await openShared();
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: "nothing public is known under this name" });
  });

  test("nothing that is not public is in any answer", async () => {
    const { get } = await openShared();
    for (const path of ["/api/tally/acme", "/api/tally/acme/tides", "/api/people/acme/ada", "/api/people/acme/grace"]) {
      const text = await (await get(path)).text();
      expect(unsaid.filter((one) => text.includes(one))).toEqual([]);
      expect(text).not.toMatch(/address:|account:|"key"/);
    }
  });

  test("pages of anybody may read it, and ask again whether it changed", async () => {
    const { get } = await openShared();
    const response = await get("/api/tally/acme", { headers: { Origin: "https://example.org" } });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(response.headers.get("cache-control")).toBe("public, max-age=60");
    const headers = { Origin: "https://example.org", "If-None-Match": response.headers.get("etag") ?? "" };
    const again = await get("/api/tally/acme", { headers });
    expect(again.status).toBe(304);
    expect(again.headers.get("access-control-allow-origin")).toBe("*");
    const refused = await get("/api/tally/acme?limit=x", { headers: { Origin: "https://example.org" } });
    expect(refused.headers.get("access-control-allow-origin")).toBe("*");
  });
});
