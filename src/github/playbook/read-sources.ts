import { z } from "zod";
import { MissingPermission } from "../errors.ts";
import type { GitHubClient, QueryError } from "../github-client.ts";
import { toFailure } from "../judge-errors.ts";
import type { Place } from "../place.ts";

/** A repository with playbooks, and which of its commits is meant: a tag, a branch or a commit's id; the default branch for null. */
export interface SourceToRead extends Place {
  readonly ref: string | null;
}

export interface SourceReading extends Place {
  readonly id: number;
  readonly isPrivate: boolean;
  /** Of its page; git finds it there too, with `.git` behind it. */
  readonly url: string;
  /** The commit's id and by what it was found; null where there is no such commit. */
  readonly commit: { readonly id: string; readonly ref: string } | null;
}

const commitShape = z.object({ oid: z.string().optional() }).nullish();
const repositoryShape = z.object({
  databaseId: z.number(),
  name: z.string(),
  owner: z.object({ login: z.string() }),
  isPrivate: z.boolean(),
  url: z.string(),
  defaultBranchRef: z.object({ name: z.string(), target: z.object({ oid: z.string() }).nullable() }).nullable(),
  tag: commitShape,
  branch: commitShape,
  commit: commitShape,
});
const answerShape = z.record(z.string(), repositoryShape.nullish());

/**
 * Reads where some repositories are, whose and how far they are shown, and each one's commit, in one query; null for one that
 * is not there or not shown to the installation. A tag wins over a branch of its name; renames are followed. Throws what
 * GitHubClient throws, and QueryFailed.
 */
export async function readSources(
  client: Pick<GitHubClient, "query">,
  sources: readonly SourceToRead[],
): Promise<readonly (SourceReading | null)[]> {
  if (sources.length === 0) return [];
  const variables = sources.flatMap(({ owner, name, ref }, index) => [
    [`owner${index}`, owner],
    [`name${index}`, name],
    [`tag${index}`, `refs/tags/${ref ?? ""}^{commit}`],
    [`branch${index}`, `refs/heads/${ref ?? ""}^{commit}`],
    [`commit${index}`, `${ref ?? ""}^{commit}`],
    [`named${index}`, ref !== null],
    // Of any other text GitHub would make more than it says.
    [`id${index}`, ref !== null && isId(ref)],
  ]);
  const { data, errors } = await client.query(sourcesQuery(sources.length), Object.fromEntries(variables));
  requireJudged(errors);
  const answer = answerShape.parse(data ?? {});
  return sources.map((source, index) => toReading(answer[`source${index}`] ?? null, source));
}

function isId(ref: string): boolean {
  return /^[\da-f]{7,40}$/i.test(ref);
}

/** That one of them is not there is part of the answer. */
function requireJudged(errors: readonly QueryError[]): void {
  const others = errors.filter(({ type, path }) => !(type === "NOT_FOUND" && path.length === 1));
  if (others.length === 0) return;
  if (others.some(({ type }) => type === "FORBIDDEN")) throw new MissingPermission([], { cause: toFailure(others) });
  throw toFailure(others);
}

function toReading(answer: z.infer<typeof repositoryShape> | null, { ref }: SourceToRead): SourceReading | null {
  if (answer === null) return null;
  const { databaseId: id, name, owner, isPrivate, url, defaultBranchRef, tag, branch, commit } = answer;
  const place = { id, owner: owner.login, name, isPrivate, url };
  if (ref === null) {
    const head = defaultBranchRef?.target?.oid;
    return { ...place, commit: head === undefined ? null : { id: head, ref: defaultBranchRef?.name ?? "" } };
  }
  const found = tag?.oid ?? branch?.oid ?? commit?.oid;
  return { ...place, commit: found === undefined ? null : { id: found, ref } };
}

function sourcesQuery(count: number): string {
  const places = Array.from({ length: count }, (_, place) => place);
  const variables = places.map(
    (place) =>
      `$owner${place}: String!, $name${place}: String!, $tag${place}: String!, $branch${place}: String!, $commit${place}: String!, $named${place}: Boolean!, $id${place}: Boolean!`,
  );
  const sources = places.map(
    (place) => `
  source${place}: repository(owner: $owner${place}, name: $name${place}) {
    databaseId name owner { login } isPrivate url
    defaultBranchRef { name target { oid } }
    tag: object(expression: $tag${place}) @include(if: $named${place}) { ... on Commit { oid } }
    branch: object(expression: $branch${place}) @include(if: $named${place}) { ... on Commit { oid } }
    commit: object(expression: $commit${place}) @include(if: $id${place}) { ... on Commit { oid } }
  }`,
  );
  return `query Sources(${variables.join(", ")}) {${sources.join("")}\n}`;
}
