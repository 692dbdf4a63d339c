import { z } from "zod";
import { roles } from "../credit/roles.ts";

const boolean = z.boolean();

function text(pattern: RegExp, expected: string) {
  return z
    .string({ error: `${expected}, written in quotes` })
    .max(200, { error: "may have 200 characters at most: shorten it" })
    .regex(pattern, { error: expected });
}

function listOf<Item extends z.ZodType>(item: Item, expected: string) {
  return z.array(item, { error: expected }).max(100, { error: "may have 100 entries at most: use patterns with *" });
}

// Braces, `!` and a leading slash mean something elsewhere; here they would silently match nothing.
const globText =
  'has to be a path from the repository\'s root such as "docs/**", with *, ** and ? and without a slash around it, "{", "}" or "!"';
const glob = text(/^(?!\.{0,2}\/|!)[^\p{Cc}{}\\]*[^\p{Cc}{}\\/]$/u, globText);
const globs = listOf(glob, 'has to be a list of paths such as ["docs/**"]');
const login = text(/^[A-Za-z0-9_*-]+(?:\[bot\])?$/, 'has to be a login without "@", such as "ada" or "*[bot]"');
const team = "[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+";
const personOrTeam = text(
  new RegExp(`^(?:[A-Za-z0-9_*-]+(?:\\[bot\\])?|@${team}|@[A-Za-z0-9_-]+/\\*)$`),
  'has to be a login such as "ada", a team such as "@acme/platform", or "@acme/*" for all of an organisation',
);
const approver = text(new RegExp(`^@(?:[A-Za-z0-9_-]+|${team})$`), 'has to be "@acme/platform" or "@ada"');
const repository = text(new RegExp(`^${team}$`), 'has to be a repository such as "acme/start-here"');
const source = text(
  new RegExp(`^${team}(?:@[A-Za-z0-9_./-]+)?$`),
  'has to be a repository, and the version to take, such as "acme/playbooks@v3"',
);
const trailerKey = text(/^[A-Za-z0-9-]+$/, 'has to be a key such as "Paired-with": letters, digits and -');
const tagPrefix = text(/^[A-Za-z0-9_./@-]+$/, 'has to be what tags start with, such as "web-v"');
const templateText = 'has to be sections, flat, table, or a file in .github/curtain-call/ such as "thanks.hbs"';
const filePath = text(
  /^(?!\/)(?!.*(?:^|\/)(?:\.{1,2}|\.git)(?:\/|$))[A-Za-z0-9_./ -]*[A-Za-z0-9_-]$/i,
  'has to be a file in the repository such as "CONTRIBUTORS.md"',
);

const credit = z
  .strictObject({
    comment: z
      .enum(["auto", "always", "never"])
      .default("auto")
      .meta({ description: "when to comment on a pull request; `auto`: when there is something to say" }),
    check: z
      .enum(["off", "advise", "require"])
      .default("off")
      .meta({ description: "the check `credit`: none, one that advises, or one that fails when credit would be lost" }),
    assistants: z
      .enum(["section", "count", "hide", "forbid"])
      .default("section")
      .meta({ description: "AI assistants and bots: apart, as people, not at all, or not allowed (the check fails)" }),
    commenters: boolean.default(false).meta({ description: "credit people who commented on the pull request" }),
    trailers: z
      .record(trailerKey, z.enum(roles))
      .default({})
      .meta({
        description: "trailers that give credit here, and the role",
        examples: [{ "Paired-with": "co-author" }],
      }),
    paths: z
      .strictObject({
        docs: globs.default([]).meta({ description: "who changes these gets the role docs" }),
        design: globs.default([]).meta({ description: "who changes these gets the role design" }),
        maintenance: globs.default([]).meta({ description: "who changes these gets the role maintenance" }),
      })
      .prefault({})
      .meta({
        description: "roles by the files that somebody changed: docs, design, maintenance",
        examples: [{ docs: ["docs/**", "**/*.md"], design: ["**/*.svg"] }],
      }),
    exclude: listOf(login, 'has to be a list of logins such as ["*[bot]"]')
      .default([])
      .meta({
        description: "accounts that get no credit; `*` stands for anything",
        examples: [["*[bot]", "release-machine"]],
      }),
  })
  .prefault({})
  .meta({ description: "credit on pull requests" });

const acknowledgements = z
  .strictObject({
    releases: boolean.default(true).meta({ description: "thank people in the notes of releases" }),
    template: z
      .union([z.enum(["sections", "flat", "table"]), text(/^(?!\.)[A-Za-z0-9_.-]+\.hbs$/, templateText)], {
        error: templateText,
      })
      .default("sections")
      .meta({
        description: "how: `sections`, `flat`, `table`, or a file in `.github/curtain-call/`",
        examples: ["thanks.hbs"],
      }),
    prefixes: z
      .record(tagPrefix, globs)
      .default({})
      .meta({
        description: "what the releases of a tag prefix are made of",
        examples: [{ "web-v": ["packages/web/**"] }],
      }),
    sort: z.enum(["credits", "name"]).default("credits").meta({ description: "who comes first" }),
    mentions: boolean.default(false).meta({ description: "mention people, which tells them, instead of linking" }),
    exclude: listOf(personOrTeam, 'has to be a list of people or teams such as ["@acme/platform"]')
      .default([])
      .meta({ description: "people or teams not listed in releases", examples: [["ada", "@acme/platform"]] }),
    team: listOf(personOrTeam, 'has to be a list of people or teams such as ["@acme/platform"]')
      .default([])
      .meta({
        description: "people or teams that stand apart from the community; `@acme/*` for all of an organisation",
        examples: [["ada", "@acme/platform"]],
      }),
    files: z
      .strictObject({
        contributors: filePath.optional().meta({ description: "the file to keep" }),
      })
      .prefault({})
      .meta({ description: "files to keep up to date", examples: [{ contributors: "CONTRIBUTORS.md" }] }),
  })
  .prefault({})
  .meta({ description: "thanks in releases" });

const playbooks = z
  .strictObject({
    sources: listOf(source, 'has to be a list such as ["acme/playbooks@v3"]')
      .default([])
      .meta({ description: "repositories with playbooks, and which version", examples: [["acme/playbooks@v3"]] }),
    where: listOf(repository, 'has to be a list such as ["acme/start-here"]')
      .default([])
      .meta({ description: "where playbooks can be asked for; everywhere if empty", examples: [["acme/start-here"]] }),
    approvers: listOf(approver, 'has to be a list such as ["@acme/platform"]')
      .default([])
      .meta({ description: "who may confirm for somebody else", examples: [["@acme/platform"]] }),
    approval: z
      .enum(["never", "public", "always"])
      .default("public")
      .meta({ description: "when somebody else must confirm; `public`: for a public repository" }),
  })
  .prefault({})
  .meta({ description: "repositories from playbooks" });

/**
 * What `.github/curtain-call.yml` may say: the one source of checks, defaults, the JSON Schema for editors, and
 * README's table. Nothing in it is required.
 *
 * A repository's file counts as a whole: where there is one, the file in the organisation's `.github` repository is
 * not read. Mixing the two would leave nobody able to say which line is in force.
 */
export const configurationSchema = z.strictObject({ credit, acknowledgements, playbooks }).meta({
  title: "Curtain Call",
  description: "Settings in .github/curtain-call.yml",
});

export type Configuration = z.infer<typeof configurationSchema>;

/** What is in force where nobody configured anything. */
export const defaultConfiguration: Configuration = configurationSchema.parse({});
