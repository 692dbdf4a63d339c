import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { roles } from "../../src/domain/credit/roles.ts";
import { webOf } from "../../src/main/read-host.ts";
import { drawMonths } from "../../src/web/draw-months.ts";
import { chartedPart, toSeries } from "../../src/web/month-series.ts";
import { createRecall } from "../../src/web/recall.ts";
import { roleColours } from "../../src/web/role-colours.ts";

const now = new Date("2026-03-15T10:00:00Z");
const dateOf = (day: string | null): Date | null => (day === null ? null : new Date(`${day}T00:00:00Z`));

test.each([
  ["no bound: the month that is now, and those before it", null, null, "2024-04", "2026-03", 24],
  ["an end long ago", null, "2020-02-01", "2018-02", "2020-01", 24],
  ["an end that is yet to come", null, "2027-01-01", "2024-04", "2026-03", 24],
  ["a late beginning", "2026-02-27", null, "2026-02", "2026-03", 2],
  ["a beginning that is too early", "1990-01-01", "2026-01-02", "2024-02", "2026-01", 24],
  ["a beginning that is yet to come", "2027-01-01", null, undefined, undefined, 0],
])("a chart shows the last two years of %s", (_, since, until, first, last, count) => {
  const { months } = toSeries([], chartedPart({ since: dateOf(since), until: dateOf(until) }, now));
  expect([months[0], months.at(-1), months.length]).toEqual([first, last, count]);
});

test("months without credit are nought, and roles without any are left out", () => {
  const counts = [
    { month: "2026-01", role: "mentor", credits: 2 },
    { month: "2026-03", role: "author", credits: 5 },
    { month: "2026-03", role: "mentor", credits: 1 },
  ] as const;
  const period = { since: new Date("2026-01-20T00:00:00Z"), until: now };
  expect(toSeries(counts, period)).toEqual({
    months: ["2026-01", "2026-02", "2026-03"],
    roles: [
      { role: "author", credits: [0, 0, 5] },
      { role: "mentor", credits: [2, 0, 1] },
    ],
  });
});

test("a chart has a bar in the colour of its role, and nothing in it that a strict policy stops", () => {
  const credited = [
    { role: "author", credits: [0, 3] },
    { role: "mentor", credits: [1, 2] },
  ] as const;
  const svg = drawMonths({ months: ["2026-02", "2026-03"], roles: credited }).toHTML();
  expect(svg.match(new RegExp(`fill="${roleColours.mentor}"`, "g"))).toHaveLength(2);
  expect(svg).toMatch(/>Feb 2026<.*>Mar 2026</s);
  expect(svg).not.toMatch(/<style|style=|<script|CDATA|class=|ecmeta/);
  // Where there is no credit there is no letter.
  expect(svg.match(/>[AB]</g)).toEqual([">A<", ">B<", ">B<"]);
});

test("each role's colour stands out from light pages and dark ones, and is its own", () => {
  const stylesheet = readFileSync(join(import.meta.dirname, "../../templates/pages/style.css"), "utf8");
  const grounds = Array.from(stylesheet.matchAll(/--(?:page|box): (#\w{6})/g), ([, colour = ""]) => colour);
  expect(grounds).toHaveLength(4);
  const faint = roles.filter((role) => grounds.some((ground) => contrast(roleColours[role], ground) < 3));
  expect(faint).toEqual([]);
  expect(new Set(Object.values(roleColours)).size).toBe(roles.length);
});

test.each([
  ["https://api.github.com", "https://github.com"],
  ["https://github.example.com/api/v3", "https://github.example.com"],
  ["http://127.0.0.1:4010/api/v3", "http://127.0.0.1:4010"],
])("people see the GitHub of %s at %s", (api, web) => {
  expect(webOf(api)).toBe(web);
});

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].toSorted((left, right) => right - left);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((place) => {
    const part = Number.parseInt(colour.slice(place, place + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test("what is asked for again within half a minute is made once, even while it is being made", async () => {
  let moment = 0;
  let made = 0;
  const recall = createRecall(() => new Date(moment));
  const ask = (): Promise<string> => recall("page", async () => `page ${(made += 1)}`);
  expect(await Promise.all([ask(), ask()])).toEqual(["page 1", "page 1"]);
  moment = 29_999;
  expect(await ask()).toBe("page 1");
  moment = 30_000;
  expect(await ask()).toBe("page 2");
});

test("what could not be made is tried again, and holds nobody up", async () => {
  const recall = createRecall(() => now);
  const fail = (): Promise<string> => recall("page", () => Promise.reject(new Error("no database")));
  for (let turn = 0; turn < 5; turn += 1) await expect(fail()).rejects.toThrow("no database");
  expect(await recall("page", async () => "there")).toBe("there");
});

test("no more than two pages are made at once, and each gets its turn", async () => {
  const recall = createRecall(() => now);
  const endings: (() => void)[] = [];
  const make = (key: string): Promise<string> =>
    recall(key, () => new Promise((resolve) => endings.push(() => resolve(key))));
  const all = Promise.all(["one", "two", "three", "four"].map(make));
  const begun: number[] = [];
  for (let ended = 0; ended < 4; ended += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    begun.push(endings.length);
    endings[ended]?.();
  }
  expect(await all).toEqual(["one", "two", "three", "four"]);
  expect(begun).toEqual([2, 3, 4, 4]);
});
