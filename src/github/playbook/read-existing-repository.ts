import { z } from "zod";
import type { ExistingRepository } from "../../domain/playbook/keep-what-is-there.ts";
import { itemsOf } from "../answer-shapes.ts";
import type { GitHubClient } from "../github-client.ts";
import type { Place } from "../place.ts";
import { requireData } from "../require-data.ts";
import { existingRepositoryQuery } from "./existing-repository-query.ts";
import { readTree } from "./read-tree-of-branch.ts";

/** What there is of a repository; or why nothing can be applied to it: it has no commit, or too many files to know them all. */
export type ExistingReading = Omit<ExistingRepository, "issues"> | "empty" | "too large";

const lists = ["labels", "milestones"] as const;
type ListName = (typeof lists)[number];
type Cursors = Readonly<Partial<Record<ListName, string | null>>>;

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ pageInfo, nodes: z.array(item.nullable()).nullable() });
const named = pageOf(z.object({ name: z.string() })).nullish();
const titled = pageOf(z.object({ title: z.string() })).nullish();

const answerShape = z.object({
  repository: z.object({
    databaseId: z.number(),
    name: z.string(),
    owner: z.object({ login: z.string() }),
    description: z.string().nullable(),
    visibility: z.enum(["PUBLIC", "PRIVATE", "INTERNAL"]),
    defaultBranchRef: z.object({ name: z.string(), target: z.object({ oid: z.string() }).nullable() }).nullable(),
    labels: named,
    milestones: titled,
  }),
});

/**
 * A repository with all its paths, labels and milestones: one query, one more for each hundred of these, and one request. Throws what GitHubClient throws, and NotThere.
 */
export async function readExistingRepository(client: GitHubClient, place: Place): Promise<ExistingReading> {
  const { owner, name } = place;
  const found: Record<ListName, string[]> = { labels: [], milestones: [] };
  const about = await readLists({ labels: null, milestones: null });
  const { name: branch, target } = about.defaultBranchRef ?? {};
  if (branch === undefined || !target) return "empty";
  const { paths, isCut } = await readTree(client, { owner: about.owner.login, name: about.name }, target.oid);
  if (isCut) return "too large";
  return {
    id: about.databaseId,
    owner: about.owner.login,
    name: about.name,
    description: about.description,
    visibility: visibilities[about.visibility],
    branch,
    head: target.oid,
    paths,
    ...found,
  };

  async function readLists(cursors: Cursors): Promise<z.infer<typeof answerShape>["repository"]> {
    const wanted = lists.flatMap((list) => [
      [list, cursors[list] !== undefined],
      [`${list}After`, cursors[list] ?? null],
    ]);
    const variables = { owner, name, ...Object.fromEntries(wanted) };
    const { repository } = answerShape.parse(requireData(await client.query(existingRepositoryQuery, variables)));
    found.labels.push(...itemsOf(repository.labels).map((label) => label.name));
    found.milestones.push(...itemsOf(repository.milestones).map(({ title }) => title));
    const left = lists.filter((list) => repository[list]?.pageInfo.hasNextPage === true);
    if (left.length > 0) {
      await readLists(Object.fromEntries(left.map((list) => [list, repository[list]?.pageInfo.endCursor ?? null])));
    }
    return repository;
  }
}

const visibilities = { PUBLIC: "public", PRIVATE: "private", INTERNAL: "internal" } as const;
