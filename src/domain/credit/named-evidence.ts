import { linkTarget } from "./named-person.ts";
import type { PullRequestEvidence } from "./pull-request-credit.ts";

/** A link to why somebody has credit; the plural kinds stand for more than a table has room for. */
export interface NamedEvidence {
  readonly kind:
    | "commit"
    | "commits"
    | "review"
    | "issue"
    | "issues"
    | "superseded pull request"
    | "superseded pull requests"
    | "comment"
    | "files"
    | "command";
  readonly url: string;
  /** A commit's short id, or the number of an issue or a pull request; else empty. */
  readonly label: string;
  readonly count: number;
}

const mostLinks = 3;

/** The links to show for one person: each commit once, whatever it says about them. */
export function evidenceOf(evidence: readonly PullRequestEvidence[], pullRequest: string): NamedEvidence[] {
  const ofKind = (...kinds: PullRequestEvidence["kind"][]): PullRequestEvidence[] => [
    ...new Map(evidence.filter(({ kind }) => kinds.includes(kind)).map((one) => [one.url, one])).values(),
  ];
  const commits = ofKind("commit", "trailer");
  const issues = ofKind("issue");
  const superseded = ofKind("superseded pull request");
  const files = ofKind("files");
  return [
    ...(commits.length > mostLinks ? all("commits", commits, `${pullRequest}/commits`) : each("commit", commits)),
    ...first("review", ofKind("review")),
    ...(issues.length > mostLinks ? all("issues", issues, pullRequest) : each("issue", issues)),
    ...(superseded.length > mostLinks
      ? all("superseded pull requests", superseded, pullRequest)
      : each("superseded pull request", superseded)),
    ...first("comment", ofKind("comment")),
    ...first("command", ofKind("command")),
    ...files.slice(0, 1).map(({ url, label }) => ({
      kind: "files" as const,
      url: linkTarget(url),
      label: "",
      count: Number(label),
    })),
  ];
}

function each(kind: NamedEvidence["kind"], evidence: readonly PullRequestEvidence[]): NamedEvidence[] {
  return evidence.map(({ url, label }) => ({ kind, url: linkTarget(url), label, count: 1 }));
}

function all(kind: NamedEvidence["kind"], evidence: readonly PullRequestEvidence[], url: string): NamedEvidence[] {
  return [{ kind, url: linkTarget(url), label: "", count: evidence.length }];
}

function first(kind: NamedEvidence["kind"], evidence: readonly PullRequestEvidence[]): NamedEvidence[] {
  const [one] = evidence;
  return one === undefined ? [] : all(kind, evidence, one.url);
}
