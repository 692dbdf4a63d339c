import { membersOf } from "../../actions/accounts.ts";
import { tipOf } from "../../actions/change-refs.ts";
import {
  announceEdit,
  changeVisibility,
  createRepository,
  deleteRepository,
  describedBy,
  forkRepository,
  moveRepository,
  removeCollaborator,
  setCollaborator,
} from "../../actions/repositories.ts";
import { type Forge, gitDirectory } from "../../forge.ts";
import { setDefaultBranch } from "../../git/create-repository.ts";
import { listRefs } from "../../git/refs.ts";
import { type Caller, canSee, grants, isAtLeast, roleOf } from "../../identity/access.ts";
import type { Account, RepositoryRole } from "../../model/account.ts";
import { fullName, type Repository } from "../../model/repository.ts";
import { findAccount } from "../../model/state.ts";
import { presentAccount } from "../../present/account.ts";
import {
  legacyPermission,
  presentRepository,
  presentRepositoryFor,
  presentRepositoryInFull,
  presentRole,
  repositoryUrl,
} from "../../present/repository.ts";
import { invalid, notAccessible, notFound, Refusal } from "../../refusal.ts";
import {
  actorOf,
  created,
  done,
  inRepository,
  type Operation,
  ok,
  operation,
  paged,
  requirePerson,
  toRead,
  toWrite,
} from "../operation.ts";
import { readRole } from "../read-role.ts";
import { requireAccount, requireOrganization, visibleRepositories } from "./users.ts";

const administration = toWrite("admin", "administration");
const toReadMetadata = toRead("metadata");
/** A person sees who else may do what as soon as they may push. */
const toReadPeople = { ...toReadMetadata, role: "write" } as const;

export const repositoryOperations: readonly Operation[] = [
  inRepository("repos/get", toReadMetadata, ({ forge, repository, caller }) => {
    return ok(presentRepositoryInFull(forge, repository, callerRole(caller, repository)));
  }),
  operation("repos/create-in-org", async (request) => {
    const { forge, parameters, body } = request;
    const owner = requireOrganization(request, parameters.org);
    requireCreator(request.caller, owner);
    const repository = await createRepository(forge, { owner, ...wantedOf(body) }, actorOf(request));
    return created(presentRepositoryInFull(forge, repository, "admin"));
  }),
  operation("repos/create-for-authenticated-user", async (request) => {
    const owner = requirePerson(request);
    const repository = await createRepository(request.forge, { owner, ...wantedOf(request.body) }, actorOf(request));
    return created(presentRepositoryInFull(request.forge, repository, "admin"));
  }),
  inRepository("repos/update", { ...administration, evenArchived: true }, async (request) => {
    const { forge, repository, body } = request;
    const actor = actorOf(request);
    const before = describedBy(repository);
    if (body.default_branch !== undefined) await changeDefaultBranch(forge, repository, body.default_branch);
    const isPrivate =
      body.private ?? (body.visibility === undefined ? repository.private : body.visibility === "private");
    await changeVisibility(forge, { repository, isPrivate }, actor);
    applySettings(repository, body);
    repository.updatedAt = forge.clock();
    await announceEdit(forge, { repository, before }, actor);
    const { archived = repository.archived } = body;
    if (archived !== repository.archived) {
      repository.archived = archived;
      const action = archived ? "archived" : "unarchived";
      await forge.announce({ event: "repository", action, repository, sender: actor.account });
    }
    const { name = repository.name } = body;
    await moveRepository(forge, { repository, owner: repository.owner, name }, actor);
    return ok(presentRepositoryInFull(forge, repository, "admin"));
  }),
  inRepository("repos/delete", { ...administration, evenArchived: true }, async (request) => {
    await deleteRepository(request.forge, request.repository, actorOf(request));
    return done();
  }),
  inRepository("repos/transfer", administration, async (request) => {
    const { forge, repository, body } = request;
    const owner = findAccount(forge.state, body.new_owner);
    if (owner === null) throw invalid({ resource: "Repository", field: "new_owner", code: "invalid" });
    requireTaker(request.caller, owner);
    // GitHub goes on with it after the answer, which shows the repository as it was.
    const before = presentRepository(forge, repository);
    await moveRepository(forge, { repository, owner, name: body.new_name ?? repository.name }, actorOf(request));
    return { status: 202, body: before };
  }),
  operation("repos/list-for-org", (request) => {
    const { type = "all" } = request.parameters;
    const owner = requireOrganization(request, request.parameters.org);
    const repositories = visibleRepositories(request, owner).filter((repository) => isOfType(repository, type));
    return paged(request, sortRepositories(repositories, request.parameters), (repository) => {
      return presentRepositoryFor(request.forge, repository, callerRole(request.caller, repository));
    });
  }),
  operation("repos/list-for-user", (request) => {
    const owner = requireAccount(findAccount(request.forge.state, request.parameters.username));
    const repositories = visibleRepositories(request, owner).filter((repository) => !repository.private);
    return paged(request, sortRepositories(repositories, request.parameters), (repository) => {
      return presentRepositoryFor(request.forge, repository, callerRole(request.caller, repository));
    });
  }),
  operation("repos/list-for-authenticated-user", (request) => {
    const account = requirePerson(request);
    const { visibility = "all" } = request.parameters;
    const all = [...request.forge.state.repositories.values()].filter((repository) => {
      const isMine = repository.owner === account || repository.collaborators.has(account);
      const isOurs = membersOf(repository.owner).has(account) && canSee(request.caller, repository);
      return (isMine || isOurs) && isOfType(repository, visibility);
    });
    return paged(request, sortRepositories(all, request.parameters), (repository) => {
      return presentRepositoryFor(request.forge, repository, roleOf(account, repository));
    });
  }),
  inRepository("repos/list-forks", toReadMetadata, (request) => {
    const { forge, repository, caller } = request;
    const forks = [...forge.state.repositories.values()].filter(
      (one) => one.parent === repository && canSee(caller, one),
    );
    return paged(request, forks.toReversed(), (fork) => presentRepositoryFor(forge, fork, callerRole(caller, fork)));
  }),
  inRepository("repos/create-fork", toReadMetadata, async (request) => {
    const { forge, repository, body } = request;
    const owner =
      body?.organization === undefined ? requirePerson(request) : requireOrganization(request, body.organization);
    if (owner.organization !== null) requireCreator(request.caller, owner);
    const fork = await forkRepository(
      forge,
      { repository, owner, name: body?.name ?? repository.name },
      actorOf(request),
    );
    return { status: 202, body: presentRepositoryInFull(forge, fork, "admin") };
  }),
  inRepository("repos/get-all-topics", toReadMetadata, ({ repository }) => ok({ names: repository.topics })),
  inRepository("repos/replace-all-topics", administration, async (request) => {
    const { forge, repository, body } = request;
    const before = describedBy(repository);
    const topics = body.names.map((name) => name.toLowerCase());
    if (topics.some((name) => !/^[a-z0-9][a-z0-9-]{0,49}$/.test(name))) {
      throw invalid({ resource: "Repository", field: "topics", code: "invalid" });
    }
    repository.topics = topics;
    await announceEdit(forge, { repository, before }, actorOf(request));
    return ok({ names: repository.topics });
  }),
  inRepository("repos/list-languages", toReadMetadata, () => ok({})),
  inRepository("repos/list-tags", toRead("contents"), async (request) => {
    const { forge, repository } = request;
    const tags = await listRefs(gitDirectory(forge, repository), "refs/tags/");
    return paged(request, tags.toReversed(), ({ name, sha, peeled }) => {
      const tag = name.slice("refs/tags/".length);
      const commit = peeled?.sha ?? sha;
      const url = repositoryUrl(forge, repository);
      return {
        name: tag,
        zipball_url: `${url}/zipball/${name}`,
        tarball_url: `${url}/tarball/${name}`,
        commit: { sha: commit, url: `${url}/commits/${commit}` },
        node_id: `REF_${Buffer.from(`${repository.id}:${name}`).toString("base64url")}`,
      };
    });
  }),
  inRepository("repos/list-collaborators", toReadPeople, (request) => {
    const { forge, repository } = request;
    return paged(request, peopleWithAccess(repository), ([account, role]) => ({
      ...presentAccount(forge, account),
      permissions: presentRole(role),
      role_name: role,
    }));
  }),
  inRepository("repos/check-collaborator", toReadMetadata, ({ forge, repository, parameters }) => {
    const account = requireAccount(findAccount(forge.state, parameters.username));
    if (!peopleWithAccess(repository).some(([other]) => other === account)) throw notFound();
    return done();
  }),
  inRepository("repos/add-collaborator", administration, async (request) => {
    const { forge, repository, parameters, body } = request;
    const account = requireAccount(findAccount(forge.state, parameters.username));
    await setCollaborator(
      forge,
      { repository, account, role: readRole(body?.permission ?? "push", "Collaborator") },
      actorOf(request),
    );
    return done();
  }),
  inRepository("repos/remove-collaborator", administration, async (request) => {
    const { forge, repository, parameters } = request;
    const account = requireAccount(findAccount(forge.state, parameters.username));
    await removeCollaborator(forge, { repository, account }, actorOf(request));
    return done();
  }),
  inRepository("repos/get-collaborator-permission-level", toReadPeople, ({ forge, repository, parameters }) => {
    const account = findAccount(forge.state, parameters.username);
    if (account?.type !== "User") throw new Refusal(404, `${parameters.username} is not a user`);
    const role = roleOf(account, repository);
    const user = { ...presentAccount(forge, account), permissions: presentRole(role), role_name: role };
    return ok({ permission: legacyPermission(role), role_name: role, user });
  }),
];

/** What the caller may do, as answers tell it; null where nobody is signed in. */
function callerRole(caller: Caller, repository: Repository): RepositoryRole | null {
  if (caller.kind === "user") return roleOf(caller.account, repository);
  if (caller.kind !== "installation") return null;
  if (grants(caller.permissions, ["administration", "write"])) return "admin";
  return grants(caller.permissions, ["contents", "write"]) ? "write" : "read";
}

function peopleWithAccess(repository: Repository): [Account, RepositoryRole][] {
  const { owner, collaborators } = repository;
  const people = new Set([...membersOf(owner).keys(), ...collaborators.keys()]);
  if (owner.organization === null) people.add(owner);
  const roles = Array.from(people, (account) => [account, roleOf(account, repository)] as [Account, RepositoryRole]);
  return roles.filter(([, role]) => isAtLeast(role, "read"));
}

/** Who may create repositories in an organisation: its owners, members where it lets them, apps that were granted to. */
function requireCreator(caller: Caller, organization: Account): void {
  if (caller.kind === "installation") {
    const granted = (["administration", "repository_creation"] as const).some((name) =>
      grants(caller.permissions, [name, "write"]),
    );
    if (caller.installation.account !== organization || !granted) throw notAccessible();
    return;
  }
  if (caller.kind !== "user") throw new Refusal(401, "Requires authentication");
  if (mayCreate(caller.account, organization)) return;
  throw new Refusal(403, "You need admin access to the organization before adding a repository to it.");
}

/** A person takes over whatever they are given; to an organisation only who may create repositories there gives one. */
function requireTaker(caller: Caller, owner: Account): void {
  if (owner.organization === null || caller.kind !== "user") return;
  if (mayCreate(caller.account, owner)) return;
  const message = `You don't have the permission to create repositories on ${owner.login}`;
  throw invalid({ resource: "Repository", field: "new_owner", code: "custom", message });
}

function mayCreate(person: Account, organization: Account): boolean {
  const membership = membersOf(organization).get(person);
  const mayMember = organization.organization?.membersCanCreateRepositories === true;
  return membership === "admin" || (membership === "member" && mayMember);
}

interface WantedRepository {
  name: string;
  description?: string;
  homepage?: string;
  private?: boolean;
  visibility?: "public" | "private";
  auto_init?: boolean;
}

function wantedOf(body: WantedRepository & SettingsBody) {
  const sample: Pick<Repository, "features" | "merging"> = {
    features: { issues: true, projects: true, wiki: true, discussions: false, downloads: true },
    merging: {} as Repository["merging"],
  };
  applySwitches(sample, body);
  return {
    name: body.name,
    description: body.description ?? null,
    homepage: body.homepage ?? null,
    private: body.private ?? body.visibility === "private",
    autoInit: body.auto_init ?? false,
    features: sample.features,
    merging: sample.merging,
  };
}

interface SettingsBody {
  has_issues?: boolean;
  has_projects?: boolean;
  has_wiki?: boolean;
  has_discussions?: boolean;
  has_downloads?: boolean;
  allow_squash_merge?: boolean;
  allow_merge_commit?: boolean;
  allow_rebase_merge?: boolean;
  delete_branch_on_merge?: boolean;
  squash_merge_commit_title?: Repository["merging"]["squashTitle"];
  squash_merge_commit_message?: Repository["merging"]["squashMessage"];
  merge_commit_title?: Repository["merging"]["mergeTitle"];
  merge_commit_message?: Repository["merging"]["mergeMessage"];
}

function applySettings(repository: Repository, body: SettingsBody & { description?: string; homepage?: string }): void {
  repository.description = body.description ?? repository.description;
  repository.homepage = body.homepage ?? repository.homepage;
  applySwitches(repository, body);
  const { allowMergeCommit, allowRebaseMerge, allowSquashMerge } = repository.merging;
  if (!allowMergeCommit && !allowRebaseMerge && !allowSquashMerge) {
    throw new Refusal(422, "Sorry, you need to allow at least one merge strategy. (no_merge_method)");
  }
}

function applySwitches({ features, merging }: Pick<Repository, "features" | "merging">, body: SettingsBody): void {
  Object.assign(
    features,
    given({
      issues: body.has_issues,
      projects: body.has_projects,
      wiki: body.has_wiki,
      discussions: body.has_discussions,
      downloads: body.has_downloads,
    }),
  );
  Object.assign(
    merging,
    given({
      allowSquashMerge: body.allow_squash_merge,
      allowMergeCommit: body.allow_merge_commit,
      allowRebaseMerge: body.allow_rebase_merge,
      deleteBranchOnMerge: body.delete_branch_on_merge,
      squashTitle: body.squash_merge_commit_title,
      squashMessage: body.squash_merge_commit_message,
      mergeTitle: body.merge_commit_title,
      mergeMessage: body.merge_commit_message,
    }),
  );
}

function given(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

async function changeDefaultBranch(forge: Forge, repository: Repository, branch: string): Promise<void> {
  if ((await tipOf(forge, repository, branch)) === null) {
    const message = `The branch ${branch} was not found. Please push that ref first or create it via the Git Data API.`;
    throw invalid({ resource: "Repository", field: "default_branch", code: "invalid", message });
  }
  await setDefaultBranch(gitDirectory(forge, repository), branch);
  repository.defaultBranch = branch;
}

function isOfType(repository: Repository, type: string): boolean {
  if (type === "public") return !repository.private;
  if (type === "private") return repository.private;
  return type !== "forks";
}

function sortRepositories(
  repositories: readonly Repository[],
  { sort = "created", direction }: { sort?: string; direction?: "asc" | "desc" },
): Repository[] {
  const keys: Record<string, (repository: Repository) => string> = {
    created: ({ createdAt, id }) => `${createdAt.toISOString()} ${id}`,
    updated: ({ updatedAt }) => updatedAt.toISOString(),
    pushed: ({ pushedAt }) => pushedAt.toISOString(),
    full_name: (repository) => fullName(repository).toLowerCase(),
  };
  const key = keys[sort] ?? fullName;
  const order = (direction ?? (sort === "full_name" ? "asc" : "desc")) === "asc" ? 1 : -1;
  return repositories.toSorted((one, other) => (key(one) < key(other) ? -order : order));
}
