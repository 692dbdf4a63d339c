import { membersOf } from "../../actions/accounts.ts";
import { chooseRepositories } from "../../actions/apps.ts";
import { tipOf } from "../../actions/change-refs.ts";
import { requireValues, setValues } from "../../actions/custom-properties.ts";
import { deleteRepository } from "../../actions/delete-repository.ts";
import {
  announceEdit,
  changeVisibility,
  createRepository,
  describedBy,
  forkRepository,
  moveRepository,
  removeCollaborator,
  setCollaborator,
} from "../../actions/repositories.ts";
import { setTeamRepository } from "../../actions/teams.ts";
import { type Forge, gitDirectory } from "../../forge.ts";
import { setDefaultBranch } from "../../git/create-repository.ts";
import { listRefs } from "../../git/refs.ts";
import { type Caller, canSee, isAtLeast, roleOf } from "../../identity/access.ts";
import { requireCreator, requireTaker } from "../../identity/may-create.ts";
import { teamsFor } from "../../identity/see-teams.ts";
import type { Account, RepositoryRole } from "../../model/account.ts";
import type { PropertyValue } from "../../model/custom-property.ts";
import { type Repository } from "../../model/repository.ts";
import { findAccount } from "../../model/state.ts";
import type { Team } from "../../model/team.ts";
import { presentAccount } from "../../present/account.ts";
import {
  legacyPermission,
  presentRepository,
  presentRepositoryFor,
  presentRepositoryInFull,
  presentRole,
  repositoryUrl,
} from "../../present/repository.ts";
import { invalid, notFound, Refusal } from "../../refusal.ts";
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
import { applySettings, wantedOf } from "../repository-settings.ts";
import { callerRole, isOfType, sortRepositories } from "./list-repositories.ts";
import { requireAccount, requireOrganization, visibleRepositories } from "./users.ts";

const administration = toWrite("admin", "administration");
const toReadMetadata = toRead("metadata");
/** A person sees who else may do what as soon as they may push. */
const toReadPeople = { ...toReadMetadata, role: "write" } as const;

/** GitHub's limit. */
const mostTopics = 20;

export const repositoryOperations: readonly Operation[] = [
  inRepository("repos/get", toReadMetadata, ({ forge, repository, caller }) => {
    return ok(presentRepositoryInFull(forge, repository, callerRole(caller, repository)));
  }),
  operation("repos/create-in-org", async (request) => {
    const { forge, parameters, body } = request;
    const owner = requireOrganization(request, parameters.org);
    const wanted = wantedOf(body);
    requireCreator(request.caller, { owner, isPrivate: wanted.private });
    const said = readProperties(body.custom_properties);
    requireValues(owner, said);
    const team = body.team_id === undefined ? null : requireTeamOf(request.caller, owner, body.team_id);
    const repository = await createRepository(forge, { owner, ...wanted }, actorOf(request));
    setValues(repository, said);
    if (team !== null) setTeamRepository(team, repository, "read");
    await openToCreator(request, repository);
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
    requireTaker(request.caller, { owner, isPrivate: repository.private });
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
    if (owner.organization !== null) requireCreator(request.caller, { owner, isPrivate: repository.private });
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
    if (topics.length > mostTopics) {
      const message = `a repository may have up to ${mostTopics} topics`;
      throw invalid({ resource: "Repository", field: "topics", code: "custom", message });
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

/** Who makes a repository in an organisation may do everything in it: a member as well as an app that has chosen ones. */
async function openToCreator(
  request: { readonly forge: Forge; readonly caller: Caller },
  repository: Repository,
): Promise<void> {
  const { forge, caller } = request;
  if (caller.kind === "user" && roleOf(caller.account, repository) !== "admin") {
    repository.collaborators.set(caller.account, "admin");
  }
  if (caller.kind !== "installation" || caller.installation.repositories === null) return;
  const { installation } = caller;
  const repositories = [...caller.installation.repositories, repository];
  await chooseRepositories(forge, { installation, repositories }, actorOf(request));
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** What is said of a new repository by the organisation's properties. Throws a Refusal where it is no text. */
function readProperties(properties: Readonly<Record<string, unknown>> = {}): Map<string, PropertyValue> {
  return new Map(
    Object.entries(properties).map(([name, value]) => {
      if (isText(value) || (Array.isArray(value) && value.every(isText))) return [name, value];
      throw invalid({ resource: "Repository", field: "custom_properties", code: "invalid" });
    }),
  );
}

/** The team that a new repository is given to. */
function requireTeamOf(caller: Caller, organization: Account, id: number): Team {
  const team = teamsFor(caller, organization).find((one) => one.id === id);
  if (team === undefined) throw invalid({ resource: "Repository", field: "team_id", code: "invalid" });
  return team;
}

function peopleWithAccess(repository: Repository): [Account, RepositoryRole][] {
  const { owner, collaborators } = repository;
  const people = new Set([...membersOf(owner).keys(), ...collaborators.keys()]);
  if (owner.organization === null) people.add(owner);
  const roles = Array.from(people, (account) => [account, roleOf(account, repository)] as [Account, RepositoryRole]);
  return roles.filter(([, role]) => isAtLeast(role, "read"));
}

async function changeDefaultBranch(forge: Forge, repository: Repository, branch: string): Promise<void> {
  if ((await tipOf(forge, repository, branch)) === null) {
    const message = `The branch ${branch} was not found. Please push that ref first or create it via the Git Data API.`;
    throw invalid({ resource: "Repository", field: "default_branch", code: "invalid", message });
  }
  await setDefaultBranch(gitDirectory(forge, repository), branch);
  repository.defaultBranch = branch;
}
