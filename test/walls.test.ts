import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

/** Which rooms of the house a room may import from, besides itself. The reasons are in .github/CONTRIBUTING.md. */
const walls: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  git: ["domain"],
  render: ["domain"],
  store: ["domain"],
  intake: ["domain", "store", "jobs"],
  github: ["domain"],
  app: ["domain", "github", "store", "git", "render"],
  jobs: ["domain", "store"],
  web: ["domain", "store", "render"],
  sandbox: ["domain", "git", "render"],
  cli: ["domain", "git", "github", "store", "render"],
  main: ["domain", "git", "render", "store", "intake", "github", "app", "jobs", "web", "sandbox", "cli"],
  setup: ["main"],
};
/** What the domain may use besides itself: libraries that do no input or output. */
const pureLibraries = new Set([
  "zod",
  "yaml",
  "fastest-levenshtein",
  "handlebars",
  "unified",
  "remark-parse",
  "remark-gfm",
]);
const sandboxData = [
  "@octokit/graphql-schema",
  "@octokit/openapi",
  "@octokit/openapi-types",
  "@octokit/openapi-webhooks",
];

const root = join(import.meta.dirname, "..");
const files = globSync("src/**/*.ts", { cwd: root });
const imports = files.flatMap((file) => {
  const source = readFileSync(join(root, file), "utf8");
  const statements = source.matchAll(/\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g);
  return Array.from(statements, ([, target = ""]) => ({ file, room: roomOf(file), target }));
});

test("every file is in a room of the house", () => {
  expect(files.filter((file) => walls[roomOf(file)] === undefined)).toEqual([]);
});

test("every room imports only from the rooms that its walls leave open", () => {
  const breaches = imports.filter(({ file, room, target }) => {
    if (!target.startsWith(".") || target.endsWith("/package.json")) return false;
    const other = roomOf(normalize(join(dirname(file), target)));
    return other !== room && !walls[room]?.includes(other);
  });
  expect(breaches).toEqual([]);
});

test("the domain is pure: no modules of Node's, no packages that do input or output, no clock, no chance", () => {
  const impure = imports.filter(({ room, target }) => {
    return room === "domain" && !target.startsWith(".") && !pureLibraries.has(target);
  });
  expect(impure).toEqual([]);
  const globals =
    /\b(process|Buffer|console|fetch|setTimeout|Math\.random|Date\.now|performance|crypto)\b[.(]|new Date\(\)/;
  const domainFiles = files.filter((file) => roomOf(file) === "domain");
  expect(domainFiles.filter((file) => globals.test(readFileSync(join(root, file), "utf8")))).toEqual([]);
});

test("only src/github imports Octokit, and the sandbox its descriptions of GitHub", () => {
  const octokit = imports.filter(({ room, target }) => {
    if (!/^(@octokit\/|octokit$)/.test(target) || room === "github") return false;
    return !(room === "sandbox" && sandboxData.some((name) => target === name || target.startsWith(`${name}/`)));
  });
  expect(octokit).toEqual([]);
});

function roomOf(file: string): string {
  return (file.split("/")[1] ?? "").replace(/\.ts$/, "");
}
