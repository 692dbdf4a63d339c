import { z } from "zod";
import type { BranchedRepository } from "../domain/repository.ts";
import { itemsOf } from "./answer-shapes.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";
import type { FileTexts } from "./read-pull-request.ts";
import { requireData } from "./require-data.ts";
import { branchedFields, branchedSelection, toBranchedRepository } from "./to-repository.ts";

/** A release among others, as far as their order goes. */
export interface TaggedRelease {
  readonly id: number;
  readonly tag: string;
  readonly isDraft: boolean;
  readonly isPrerelease: boolean;
  readonly publishedAt: Date | null;
}

/** What a release is to be seen with. */
export interface ReleaseSurroundings {
  readonly repository: BranchedRepository & { readonly hasIssues: boolean };
  /** The commit that the release's tag is at; null where there is none (yet, or any more). */
  readonly tagSha: string | null;
  /** The commit that the release's target is at; null where that is nothing. */
  readonly targetSha: string | null;
  readonly releases: readonly TaggedRelease[];
  readonly configuration: Pick<FileTexts, "repository" | "organization">;
}

const textShape = z.object({ text: z.string().nullish() }).nullish();
const releaseShape = z.object({
  databaseId: z.number().nullable(),
  tagName: z.string(),
  isDraft: z.boolean(),
  isPrerelease: z.boolean(),
  publishedAt: z.coerce.date().nullish(),
});
/** A tag with words of its own is an object, which names the commit. */
const taggedShape = z
  .object({ target: z.object({ oid: z.string(), target: z.object({ oid: z.string() }).optional() }).nullish() })
  .nullish();
const answerShape = z.object({
  organization: z.object({ configuration: textShape }).nullish(),
  repository: z.object({
    ...branchedFields,
    hasIssuesEnabled: z.boolean(),
    configuration: textShape,
    target: z.object({ oid: z.string().optional() }).nullish(),
    tagged: taggedShape,
    releases: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      nodes: z.array(releaseShape.nullable()).nullable(),
    }),
  }),
});
type Answer = z.infer<typeof answerShape>;

export interface SurroundingsToRead extends Place {
  readonly tag: string;
  readonly target: string;
  readonly configurationPath: string;
}

/** More releases than that are not looked through. */
const mostPages = 20;

/**
 * The releases of a repository, a hundred with each query, and the settings that are in force. `tag` is that of one of
 * them, and `target` a branch or a commit. Throws what GitHubClient throws, and NotThere.
 */
export async function readReleaseSurroundings(
  client: Pick<GitHubClient, "query">,
  { owner, name, tag, target, configurationPath }: SurroundingsToRead,
): Promise<ReleaseSurroundings> {
  const variables = { owner, name, tag: tagRef(tag), target, configuration: `HEAD:${configurationPath}` };
  const ask = async (after: string | null): Promise<Answer> => {
    const { data, errors } = await client.query(surroundingsQuery, { ...variables, after });
    // Most organisations have no repository `.github`, and that one may be withheld.
    const own = errors.filter(({ path }) => path[0] !== "organization");
    return answerShape.parse(requireData({ data, errors: own }));
  };
  const first = await ask(null);
  const releases = itemsOf(first.repository.releases);
  let { pageInfo } = first.repository.releases;
  for (let page = 1; pageInfo.hasNextPage && page < mostPages; page += 1) {
    const { repository } = await ask(pageInfo.endCursor);
    releases.push(...itemsOf(repository.releases));
    ({ pageInfo } = repository.releases);
  }
  return toSurroundings(first, releases);
}

function toSurroundings(
  { organization, repository }: Answer,
  releases: readonly z.infer<typeof releaseShape>[],
): ReleaseSurroundings {
  return {
    repository: { ...toBranchedRepository(repository), hasIssues: repository.hasIssuesEnabled },
    tagSha: shaOf(repository.tagged),
    targetSha: repository.target?.oid ?? null,
    releases: releases.map((release) => ({
      id: release.databaseId ?? 0,
      tag: release.tagName,
      isDraft: release.isDraft,
      isPrerelease: release.isPrerelease,
      publishedAt: release.publishedAt ?? null,
    })),
    configuration: {
      repository: repository.configuration?.text ?? null,
      organization: organization?.configuration?.text ?? null,
    },
  };
}

function tagRef(tag: string): string {
  return `refs/tags/${tag}`;
}

function shaOf(tagged: z.infer<typeof taggedShape>): string | null {
  return tagged?.target?.target?.oid ?? tagged?.target?.oid ?? null;
}

const taggedFragment = "fragment Tagged on Ref { target { oid ... on Tag { target { oid } } } }";

const surroundingsQuery = `
query ReleaseSurroundings(
  $owner: String!, $name: String!, $tag: String!, $target: String!, $configuration: String!, $after: String
) {
  organization: repository(owner: $owner, name: ".github") {
    configuration: object(expression: $configuration) { ... on Blob { text } }
  }
  repository(owner: $owner, name: $name) {
    ${branchedSelection} hasIssuesEnabled
    configuration: object(expression: $configuration) { ... on Blob { text } }
    target: object(expression: $target) { ... on Commit { oid } }
    tagged: ref(qualifiedName: $tag) { ...Tagged }
    releases(first: 100, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes { databaseId tagName isDraft isPrerelease publishedAt }
    }
  }
}
${taggedFragment}`;

const tagAnswerShape = z.object({ repository: z.object({ tagged: taggedShape }) });

/** The commit that a tag is at; null where it is not there any more. Throws what GitHubClient throws, and NotThere. */
export async function readTagCommit(
  client: Pick<GitHubClient, "query">,
  { owner, name, tag }: Place & { readonly tag: string },
): Promise<string | null> {
  const data = requireData(await client.query(tagQuery, { owner, name, tag: tagRef(tag) }));
  return shaOf(tagAnswerShape.parse(data).repository.tagged);
}

const tagQuery = `
query TagCommit($owner: String!, $name: String!, $tag: String!) {
  repository(owner: $owner, name: $name) { tagged: ref(qualifiedName: $tag) { ...Tagged } }
}
${taggedFragment}`;
