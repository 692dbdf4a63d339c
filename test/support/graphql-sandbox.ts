import { createOrganization, createPerson } from "../../src/sandbox/actions/accounts.ts";
import { changeRefs } from "../../src/sandbox/actions/change-refs.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository, type RepositoryToCreate, setCollaborator } from "../../src/sandbox/actions/repositories.ts";
import { type Actor, type Forge, gitDirectory } from "../../src/sandbox/forge.ts";
import { createGraphql } from "../../src/sandbox/graphql/create-graphql.ts";
import type { Caller } from "../../src/sandbox/identity/access.ts";
import { createLimiter } from "../../src/sandbox/limits/create-limiter.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { PullRequest } from "../../src/sandbox/model/issue.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { makeForge } from "./make-forge.ts";
import { git } from "./repository.ts";

/** Somebody at their own keyboard. */
export function by(account: Account): Actor {
  return { account, viaAppId: null };
}

/** An organisation with a repository in which Ada keeps order and Grace has a pull request. */
export async function makeSandbox(settings: Partial<RepositoryToCreate> = {}) {
  const forge = makeForge();
  const ada = createPerson(forge, { login: "ada", name: "Ada Example", addresses: ["ada@example.com"] });
  const grace = createPerson(forge, { login: "grace", name: "Grace Sample", addresses: ["grace@example.org"] });
  const eve = createPerson(forge, { login: "eve" });
  const acme = createOrganization(forge, { login: "acme", name: "Acme", owner: ada });
  const wanted = { owner: acme, name: "tides", description: "When the water comes", autoInit: true, ...settings };
  const repository = await createRepository(forge, wanted, by(ada));
  await setCollaborator(forge, { repository, account: grace, role: "write" }, by(ada));
  const ask = createAsk(forge);
  return { forge, ada, grace, eve, acme, repository, ask };
}

export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly Readonly<Record<string, unknown>>[];
}

/** What is at a place in an answer, as in `at(data, "repository", "issues", "nodes", 0)`. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce((inner, step) => {
    if (typeof inner !== "object" || inner === null) throw new Error(`there is no ${path.join(".")}`);
    return Reflect.get(inner, step) as unknown;
  }, value);
}

/** The same where there is a list. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path);
  if (!Array.isArray(found)) throw new Error(`${path.join(".")} is no list`);
  return found;
}

export type Ask = (caller: Caller | Account, query: string, variables?: object) => Promise<Answer>;

/** Asks as somebody, and gives the body of the answer. */
function createAsk(forge: Forge): Ask {
  const graphql = createGraphql(forge, createLimiter(forge.clock));
  return async (caller, query, variables) => {
    const who: Caller = "kind" in caller ? caller : { kind: "user", account: caller };
    const { body } = await graphql({ caller: who, body: { query, variables } });
    return body;
  };
}

/** A branch with so many commits, and a pull request of it. */
export async function makePull(
  forge: Forge,
  {
    repository,
    author,
    commits,
    ...words
  }: {
    repository: Repository;
    author: Account;
    commits: readonly string[];
    title?: string;
    body?: string;
    branch?: string;
  },
): Promise<PullRequest> {
  const { branch = "high-water", title = "Add high water", body = null } = words;
  const actor = { account: author, viaAppId: null };
  const directory = gitDirectory(forge, repository);
  const base = git(directory, ["rev-parse", "main"]).trim();
  await changeRefs(forge, { repository, changes: [{ ref: `refs/heads/${branch}`, from: null, to: base }] }, actor);
  const signature = {
    name: author.name ?? author.login,
    email: author.addresses[0] ?? "nobody@example.com",
    date: forge.clock(),
    offset: "+0200",
  };
  for (const [index, message] of commits.entries()) {
    const files = [{ path: `${branch}/${index}.txt`, mode: "100644", content: Buffer.from(`Tide ${index}\n`) }];
    await writeFiles(forge, { repository, branch, files, message, author: signature }, actor);
  }
  return openPull(forge, { repository, title, body, head: branch, base: "main" }, actor);
}
