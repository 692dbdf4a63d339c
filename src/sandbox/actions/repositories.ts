import { rm } from "node:fs/promises";
import { type Actor, type Forge, gitDirectory } from "../forge.ts";
import { createBareRepository, setDefaultBranch } from "../git/create-repository.ts";
import { fetchBranchesAndTags } from "../git/fetch-objects.ts";
import type { Account, RepositoryRole } from "../model/account.ts";
import { fullName, type MergeSettings, type Repository } from "../model/repository.ts";
import { findRepository, nextIdentity, type State } from "../model/state.ts";
import { invalid } from "../refusal.ts";
import { writeFiles } from "./contents.ts";
import { createLabel } from "./labels.ts";
import { takeFromTeams } from "./leave-teams.ts";

export interface RepositoryToCreate {
  readonly owner: Account;
  readonly name: string;
  readonly description?: string | null;
  readonly homepage?: string | null;
  readonly private?: boolean;
  /** Whether it begins with a commit that holds a README. */
  readonly autoInit?: boolean;
  readonly isTemplate?: boolean;
  readonly features?: Partial<Repository["features"]>;
  readonly merging?: Partial<MergeSettings>;
  /** What it is a fork of. */
  readonly parent?: Repository;
}

/** The labels that GitHub gives each new repository. */
const defaultLabels = [
  ["bug", "d73a4a", "Something isn't working"],
  ["documentation", "0075ca", "Improvements or additions to documentation"],
  ["duplicate", "cfd3d7", "This issue or pull request already exists"],
  ["enhancement", "a2eeef", "New feature or request"],
  ["good first issue", "7057ff", "Good for newcomers"],
  ["help wanted", "008672", "Extra attention is needed"],
  ["invalid", "e4e669", "This doesn't seem right"],
  ["question", "d876e3", "Further information is requested"],
  ["wontfix", "ffffff", "This will not be worked on"],
] as const;

/** Creates a repository, with its first commit where that is asked for. Throws a Refusal where the name is taken. */
export async function createRepository(forge: Forge, wanted: RepositoryToCreate, actor: Actor): Promise<Repository> {
  const { state } = forge;
  requireFreeName(state, wanted.owner, wanted.name);
  const now = forge.clock();
  const repository: Repository = {
    ...nextIdentity(state, "Repository"),
    owner: wanted.owner,
    name: wanted.name,
    description: wanted.description ?? null,
    homepage: wanted.homepage ?? null,
    private: wanted.private ?? false,
    parent: wanted.parent ?? null,
    defaultBranch: "main",
    topics: [],
    archived: false,
    isTemplate: wanted.isTemplate ?? false,
    signoffRequired: false,
    features: { issues: true, projects: true, wiki: true, discussions: false, downloads: true, ...wanted.features },
    merging: {
      allowMergeCommit: true,
      allowSquashMerge: true,
      allowRebaseMerge: true,
      allowAutoMerge: false,
      allowUpdateBranch: false,
      deleteBranchOnMerge: false,
      squashTitle: "COMMIT_OR_PR_TITLE",
      squashMessage: "COMMIT_MESSAGES",
      mergeTitle: "MERGE_MESSAGE",
      mergeMessage: "PR_TITLE",
      ...wanted.merging,
    },
    protections: new Map(),
    rulesets: [],
    properties: new Map(),
    mergeQueue: null,
    collaborators: new Map(),
    labels: [],
    milestones: [],
    issues: new Map(),
    checkSuites: [],
    releases: [],
    chosenLatest: null,
    nextIssueNumber: 1,
    createdAt: now,
    updatedAt: now,
    pushedAt: now,
  };
  // The name is taken before the first wait, so that of two who ask at once one is refused.
  state.repositoriesByName.set(fullName(repository).toLowerCase(), repository);
  state.repositories.set(repository.id, repository);
  state.nodes.set(repository.nodeId, { type: "Repository", value: repository });
  // What lies there is left of a process that ended before it could note the repository.
  await rm(gitDirectory(forge, repository), { recursive: true, force: true });
  await createBareRepository(gitDirectory(forge, repository), repository.defaultBranch);
  for (const [name, color, description] of defaultLabels) {
    await createLabel(forge, { repository, name, color, description, isDefault: true }, null);
  }
  await forge.announce({ event: "repository", action: "created", repository, sender: actor.account });
  if (wanted.autoInit === true) {
    const title = `# ${repository.name}\n`;
    const readme = repository.description === null ? title : `${title}${repository.description}\n`;
    const files = [{ path: "README.md", mode: "100644", content: Buffer.from(readme) }];
    await writeFiles(forge, { repository, branch: "main", files, message: "Initial commit", expected: null }, actor);
  }
  return repository;
}

/** Forks a repository to another account: its branches and tags, and nothing of its conversations. */
export async function forkRepository(
  forge: Forge,
  { repository, owner, name }: { repository: Repository; owner: Account; name: string },
  actor: Actor,
): Promise<Repository> {
  const existing = [...forge.state.repositories.values()].find(
    (one) => one.parent === repository && one.owner === owner,
  );
  if (existing !== undefined) return existing;
  const { description, defaultBranch, private: isPrivate } = repository;
  const wanted = { owner, name, description, private: isPrivate, parent: repository, features: { issues: false } };
  const fork = await createRepository(forge, wanted, actor);
  fork.defaultBranch = defaultBranch;
  const directory = gitDirectory(forge, fork);
  await fetchBranchesAndTags(directory, gitDirectory(forge, repository));
  await setDefaultBranch(directory, defaultBranch);
  return fork;
}

/** Gives a repository another name or owner; the former full name leads to it until somebody takes it. */
export async function moveRepository(
  forge: Forge,
  { repository, owner, name }: { repository: Repository; owner: Account; name: string },
  actor: Actor,
): Promise<void> {
  const previousName = repository.name;
  const previousOwner = repository.owner;
  if (previousName === name && previousOwner === owner) return;
  const occupant = findRepository(forge.state, owner.login, name);
  if (occupant !== repository) requireFreeName(forge.state, owner, name);
  const left = [...forge.state.installations.values()].filter(
    ({ account, repositories }) => account === previousOwner && (repositories === null || repositories.has(repository)),
  );
  repository.name = name;
  repository.owner = owner;
  repository.updatedAt = forge.clock();
  forge.state.repositoriesByName.set(fullName(repository).toLowerCase(), repository);
  const sender = actor.account;
  if (previousName !== name) {
    await forge.announce({ event: "repository", action: "renamed", repository, previousName, sender });
  }
  if (previousOwner !== owner) {
    takeFromTeams(forge.state, repository);
    // What is said of it was asked by the owner that it had.
    repository.properties.clear();
    for (const installation of left) {
      installation.repositories?.delete(repository);
      const event = "installation_repositories";
      await forge.announce({ event, action: "removed", installation, repositories: [repository], sender });
    }
    await forge.announce({ event: "repository", action: "transferred", repository, previousOwner, sender });
  }
}

/** What people read about a repository, by the names that webhooks have for it. */
export function describedBy({ description, homepage, defaultBranch, topics }: Repository) {
  return { description, homepage, default_branch: defaultBranch, topics };
}

/** Tells what was changed of what people read about a repository. */
export async function announceEdit(
  forge: Forge,
  { repository, before }: { repository: Repository; before: ReturnType<typeof describedBy> },
  { account: sender }: Actor,
): Promise<void> {
  const after: Record<string, unknown> = describedBy(repository);
  const changed = Object.entries(before).filter(([name, value]) => after[name] !== value);
  if (changed.length === 0) return;
  const changes = Object.fromEntries(changed.map(([name, from]) => [name, { from }]));
  await forge.announce({ event: "repository", action: "edited", repository, changes, sender });
}

export async function changeVisibility(
  forge: Forge,
  { repository, isPrivate }: { repository: Repository; isPrivate: boolean },
  actor: Actor,
): Promise<void> {
  if (repository.private === isPrivate) return;
  repository.private = isPrivate;
  const action = isPrivate ? "privatized" : "publicized";
  await forge.announce({ event: "repository", action, repository, sender: actor.account });
}

/** Invites a person, who accepts at once. */
export async function setCollaborator(
  forge: Forge,
  { repository, account, role }: { repository: Repository; account: Account; role: Exclude<RepositoryRole, "none"> },
  actor: Actor,
): Promise<void> {
  const before = repository.collaborators.get(account);
  repository.collaborators.set(account, role);
  if (before === role) return;
  const member = { event: "member", repository, member: account, sender: actor.account } as const;
  await forge.announce(
    before === undefined ? { ...member, action: "added" } : { ...member, action: "edited", previousRole: before },
  );
}

export async function removeCollaborator(
  forge: Forge,
  { repository, account }: { repository: Repository; account: Account },
  actor: Actor,
): Promise<void> {
  if (!repository.collaborators.delete(account)) return;
  await forge.announce({ event: "member", action: "removed", repository, member: account, sender: actor.account });
}

function requireFreeName(state: State, owner: Account, name: string): void {
  const field = "name";
  if (!/^(?!\.{1,2}$)[\w.-]{1,100}$/.test(name) || name.toLowerCase().endsWith(".git")) {
    throw invalid({ resource: "Repository", field, code: "custom", message: `name ${name} is not valid` });
  }
  const occupant = findRepository(state, owner.login, name);
  // A former name leads elsewhere only until somebody takes it.
  if (occupant === null || fullName(occupant).toLowerCase() !== `${owner.login}/${name}`.toLowerCase()) return;
  throw invalid({ resource: "Repository", field, code: "custom", message: "name already exists on this account" });
}
