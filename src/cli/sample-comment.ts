import type { CreditCheck } from "../domain/credit/credit-check.ts";
import type { CreditComment } from "../domain/credit/credit-comment.ts";
import type { NamedPerson } from "../domain/credit/named-person.ts";
import { type Role, roles } from "../domain/credit/roles.ts";
import { some } from "../domain/credit/some.ts";
import { type SamplePerson, sampleCrowd, samplePeople, sampleProfile } from "./sample-people.ts";

const pull = "https://github.example.com/acme/tides/pull/5";
const sha = "4f2a91c0de4f2a91c0de4f2a91c0de4f2a91c0de";
const commit = { commit: sha.slice(0, 7), url: `https://github.example.com/acme/tides/commit/${sha}` };

type Row = CreditComment["rows"]["shown"][number];
type Evidence = Row["evidence"][number];

const evidence: Readonly<Record<Evidence["kind"], Evidence>> = {
  commit: { kind: "commit", url: commit.url, label: commit.commit, count: 1 },
  commits: { kind: "commits", url: `${pull}/commits`, label: "", count: 12 },
  review: { kind: "review", url: `${pull}#pullrequestreview-1`, label: "", count: 2 },
  issue: { kind: "issue", url: "https://github.example.com/acme/tides/issues/3", label: "#3", count: 1 },
  issues: { kind: "issues", url: pull, label: "", count: 5 },
  "superseded pull request": {
    kind: "superseded pull request",
    url: "https://github.example.com/acme/tides/pull/4",
    label: "#4",
    count: 1,
  },
  "superseded pull requests": { kind: "superseded pull requests", url: pull, label: "", count: 5 },
  comment: { kind: "comment", url: `${pull}#issuecomment-1`, label: "", count: 1 },
  files: { kind: "files", url: `${pull}/files`, label: "3", count: 3 },
  command: { kind: "command", url: `${pull}#issuecomment-2`, label: "", count: 1 },
};

/**
 * The comment on a pull request with everything that it may ever say, with so many people at least. No pull request has all of
 * it at once: what is told before a merge and what after it are both there.
 */
export function sampleComment(people: number): CreditComment {
  const { ada, grace, joan, linking, markup } = samplePeople;
  return {
    rows: some(rowsOf([...Object.values(samplePeople), ...sampleCrowd(people - Object.keys(samplePeople).length)])),
    assistants: {
      names: some(["Copilot", "dependabot[bot]"].map((name) => ({ name, url: null }))),
      accountable: of(ada),
    },
    warning: sampleWarning,
    trailers: some([
      "Co-authored-by: Grace Sample <grace@example.org>",
      "Co-authored-by: ``` <b>fence</b> <fence@example.com>",
      "Reviewed-by: Katherine Model <katherine@example.com>",
    ]),
    instead: some([
      {
        who: of(grace),
        commit: commit.commit,
        trailers: ["Co-authored-by: Grace Sample <7+grace@users.noreply.github.com>"],
      },
    ]),
    landed: {
      ...commit,
      isSquash: true,
      people: 9,
      hidden: some([of(joan)]),
      leftOut: some([of(linking), of(markup)]),
    },
    configuration: some([
      { line: 3, message: '"chek" is not a setting that is known in credit. Did you mean "check"?' },
      { line: 7, message: 'acknowledgements.sort has to be credits or name, and not "<b>height</b>".' },
    ]),
    missingPermissions: ["checks: write"],
    templates: some([
      { path: ".github/curtain-call/credit.md.hbs", line: 2, message: '"lookup" is not a helper.' },
      {
        path: ".github/curtain-call/credit-check.md.hbs",
        line: null,
        message: "It takes longer than 1000 milliseconds.",
      },
    ]),
    hasCommands: true,
  };
}

/** The check on a pull request, with everything that it may ever say. */
export function sampleCheck(people: number): CreditCheck {
  return { conclusion: "failure", warning: sampleWarning, people: Math.max(people, Object.keys(samplePeople).length) };
}

const sampleWarning: CreditComment["warning"] = {
  squash: {
    isOnlyWay: false,
    people: 9,
    lost: some([of(samplePeople.grace), of(samplePeople.table)]),
    hidden: some([of(samplePeople.joan)]),
    undocumented: some([of(samplePeople.accents)]),
    remedy: "message",
    isQueued: false,
  },
  unlinked: some([
    { who: of(samplePeople.joan), role: "author", ...commit, hasInstead: false },
    { who: of(samplePeople.markup), role: "co-author", ...commit, hasInstead: true },
  ]),
  unattributed: some([{ role: "tester", text: "Tested-by: [everybody](https://example.com)", ...commit }]),
  forbidden: some([{ name: "Copilot", url: null }]),
};

/** Each with another role, and all kinds of evidence among them. */
function rowsOf(people: readonly SamplePerson[]): Row[] {
  const kinds = Object.values(evidence);
  return people.map((person, index) => {
    const own: readonly Role[] = roles.slice(index % roles.length, (index % roles.length) + 1 + (index % 2));
    const because = kinds.slice(index % kinds.length, (index % kinds.length) + 1 + (index % 3));
    return { who: of(person), isNewcomer: index % 5 === 3, roles: own, evidence: because };
  });
}

function of({ name, login }: SamplePerson): NamedPerson {
  return { name, url: sampleProfile(login) };
}
