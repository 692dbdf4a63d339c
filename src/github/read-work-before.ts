import { z } from "zod";
import type { Account } from "../domain/credit/pull-request-facts.ts";
import { itemsOf } from "./answer-shapes.ts";
import { QueryFailed } from "./errors.ts";
import type { GitHubClient, QueryAnswer } from "./github-client.ts";
import { inPortions } from "./in-portions.ts";
import type { Place } from "./place.ts";
import { searchTakingPart, type TakingPart } from "./search-taking-part.ts";

export interface WorkBefore extends Place {
  /** A commit's id: what it holds came before. */
  readonly sha: string;
  /** When that commit was made. */
  readonly moment: Date;
  /** Pull requests that do not count. */
  readonly except: ReadonlySet<number>;
}

type Known = Pick<Account, "id" | "login">;

/** As many as one query asks about: each costs GitHub two searches. */
const most = 10;
/** GitHub says that a merge was a moment after its commit was made. */
const leeway = 60_000;

const personShape = z.object({ id: z.string() }).nullish();
const historyShape = z.object({
  repository: z.object({
    object: z.record(z.string(), z.object({ nodes: z.array(z.object({ oid: z.string() }).nullable()).nullable() })),
  }),
});

/**
 * The numbers of those accounts that had worked on a repository before: that took part in a pull request merged until then,
 * or wrote a commit. Asks about ten with each query. Throws what GitHubClient throws, and QueryFailed.
 */
export async function readWorkBefore(
  client: GitHubClient,
  work: WorkBefore,
  accounts: readonly Known[],
): Promise<ReadonlySet<number>> {
  const known = await inPortions(accounts, most, async (some) => askOfSome(client, work, some));
  return new Set(known);
}

async function askOfSome(client: GitHubClient, work: WorkBefore, some: readonly Known[]): Promise<readonly number[]> {
  const { except } = work;
  const until = new Date(work.moment.getTime() + leeway).toISOString().replace(/\.\d+Z$/, "Z");
  const logins = some.map(({ login }) => login);
  // A few of each, for some may be of those that do not count.
  const search = searchTakingPart(work, logins, { merged: `merged:<=${until}`, first: 5 });
  const people = Object.fromEntries(logins.map((login, place) => [`login${place}`, login]));
  const data = z.record(z.string(), z.unknown()).parse(
    // An account that is gone or renamed is nobody now, and has no history to look for.
    dataBut("NOT_FOUND", await client.query(takingPartQuery(search, some), { ...search.variables, ...people })),
  );
  const found = search.read(data);
  const took = new Set(
    some.flatMap(({ id }, place) => (found[place]?.some((number) => !except.has(number)) ? [id] : [])),
  );
  const others = some.flatMap(({ id }, place) => {
    const node = personShape.parse(data[`person${place}`]);
    return took.has(id) || !node ? [] : [{ id, node: node.id }];
  });
  return [...took, ...(await readWriters(client, work, others))];
}

async function readWriters(
  client: GitHubClient,
  { owner, name, sha }: WorkBefore,
  people: readonly { readonly id: number; readonly node: string }[],
): Promise<readonly number[]> {
  if (people.length === 0) return [];
  const variables = Object.fromEntries(people.map(({ node }, place) => [`id${place}`, node]));
  const answer = await client.query(writersQuery(people), { owner, name, sha, ...variables });
  const { object } = historyShape.parse(dataBut(null, answer)).repository;
  return people.filter((_, place) => itemsOf(object[`by${place}`]).length > 0).map(({ id }) => id);
}

function dataBut(expected: string | null, { data, errors }: QueryAnswer): unknown {
  const failed = errors.find(({ type }) => type === undefined || type !== expected);
  if (failed !== undefined) throw new QueryFailed(`GitHub could not answer: ${failed.message}`);
  return data;
}

function takingPartQuery({ declarations, selection }: TakingPart, people: readonly unknown[]): string {
  const logins = people.map((_, place) => `$login${place}: String!`).join(", ");
  const accounts = people.map((_, place) => `person${place}: user(login: $login${place}) { id }`);
  return `query TakingPart(${declarations}, ${logins}) {\n${selection}\n${accounts.join("\n")}\n}`;
}

function writersQuery(people: readonly unknown[]): string {
  const parts = people.map(
    (_, place) => `by${place}: history(first: 1, author: { id: $id${place} }) { nodes { oid } }`,
  );
  return `
query Writers($owner: String!, $name: String!, $sha: GitObjectID!, ${people.map((_, place) => `$id${place}: ID!`).join(", ")}) {
  repository(owner: $owner, name: $name) { object(oid: $sha) { ... on Commit { ${parts.join(" ")} } } }
}`;
}
