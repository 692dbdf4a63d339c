import type { Forge } from "../forge.ts";
import { isAtLeast } from "../identity/access.ts";
import type { RepositoryRole } from "../model/account.ts";
import { valuesOf } from "../model/custom-property.ts";
import { fullName, type Label, type Milestone, type Repository } from "../model/repository.ts";
import { presentAccount } from "./account.ts";
import { time, timeOrNull } from "./time.ts";

/** The addresses that each form of a repository carries. */
const templates = {
  archive: "/{archive_format}{/ref}",
  assignees: "/assignees{/user}",
  blobs: "/git/blobs{/sha}",
  branches: "/branches{/branch}",
  collaborators: "/collaborators{/collaborator}",
  comments: "/comments{/number}",
  commits: "/commits{/sha}",
  compare: "/compare/{base}...{head}",
  contents: "/contents/{+path}",
  contributors: "/contributors",
  deployments: "/deployments",
  downloads: "/downloads",
  events: "/events",
  forks: "/forks",
  git_commits: "/git/commits{/sha}",
  git_refs: "/git/refs{/sha}",
  git_tags: "/git/tags{/sha}",
  hooks: "/hooks",
  issue_comment: "/issues/comments{/number}",
  issue_events: "/issues/events{/number}",
  issues: "/issues{/number}",
  keys: "/keys{/key_id}",
  labels: "/labels{/name}",
  languages: "/languages",
  merges: "/merges",
  milestones: "/milestones{/number}",
  notifications: "/notifications{?since,all,participating}",
  pulls: "/pulls{/number}",
  releases: "/releases{/id}",
  stargazers: "/stargazers",
  statuses: "/statuses/{sha}",
  subscribers: "/subscribers",
  subscription: "/subscription",
  tags: "/tags",
  teams: "/teams",
  trees: "/git/trees{/sha}",
};

export function repositoryUrl({ api }: Pick<Forge, "api">, repository: Repository): string {
  return `${api}/repos/${fullName(repository)}`;
}

/** A repository as lists and webhooks show it. */
export function presentRepository(forge: Forge, repository: Repository) {
  const { web } = forge;
  const url = repositoryUrl(forge, repository);
  const htmlUrl = `${web}/${fullName(repository)}`;
  const openIssues = [...repository.issues.values()].filter(({ state }) => state === "open").length;
  const { features } = repository;
  const forks = [...forge.state.repositories.values()].filter(({ parent }) => parent === repository).length;
  const links = Object.entries(templates).map(([name, path]) => [`${name}_url`, `${url}${path}`]);
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
    owner: presentAccount(forge, repository.owner),
    html_url: htmlUrl,
    description: repository.description,
    fork: repository.parent !== null,
    url,
    ...Object.fromEntries(links),
    created_at: time(repository.createdAt),
    updated_at: time(repository.updatedAt),
    pushed_at: time(repository.pushedAt),
    git_url: `${htmlUrl.replace(/^https?:/, "git:")}.git`,
    ssh_url: `git@${new URL(web).hostname}:${fullName(repository)}.git`,
    clone_url: `${htmlUrl}.git`,
    svn_url: htmlUrl,
    homepage: repository.homepage,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: features.issues,
    has_projects: features.projects,
    has_downloads: features.downloads,
    has_wiki: features.wiki,
    has_pages: false,
    has_discussions: features.discussions,
    forks_count: forks,
    mirror_url: null,
    archived: repository.archived,
    disabled: false,
    open_issues_count: openIssues,
    license: null,
    allow_forking: true,
    is_template: repository.isTemplate,
    web_commit_signoff_required: repository.signoffRequired,
    topics: repository.topics,
    visibility: repository.private ? "private" : "public",
    forks,
    open_issues: openIssues,
    watchers: 0,
    default_branch: repository.defaultBranch,
  };
}

/** The same with what the caller may do, where somebody is signed in. */
export function presentRepositoryFor(forge: Forge, repository: Repository, role: RepositoryRole | null) {
  return { ...presentRepository(forge, repository), ...(role === null ? {} : { permissions: presentRole(role) }) };
}

/** A repository's own page; how it merges is for those who may write. */
export function presentRepositoryInFull(forge: Forge, repository: Repository, role: RepositoryRole | null) {
  const { merging, owner, parent } = repository;
  const settings = {
    allow_squash_merge: merging.allowSquashMerge,
    allow_merge_commit: merging.allowMergeCommit,
    allow_rebase_merge: merging.allowRebaseMerge,
    allow_auto_merge: merging.allowAutoMerge,
    delete_branch_on_merge: merging.deleteBranchOnMerge,
    allow_update_branch: merging.allowUpdateBranch,
    use_squash_pr_title_as_default: merging.squashTitle === "PR_TITLE",
    squash_merge_commit_title: merging.squashTitle,
    squash_merge_commit_message: merging.squashMessage,
    merge_commit_title: merging.mergeTitle,
    merge_commit_message: merging.mergeMessage,
  };
  return {
    ...presentRepositoryFor(forge, repository, role),
    network_count: 0,
    subscribers_count: 0,
    ...(role !== null && isAtLeast(role, "write") ? settings : {}),
    ...(owner.organization === null
      ? {}
      : {
          organization: presentAccount(forge, owner),
          custom_properties: Object.fromEntries(valuesOf(repository)),
        }),
    ...(parent === null
      ? {}
      : { parent: presentRepository(forge, parent), source: presentRepository(forge, sourceOf(parent)) }),
  };
}

/** Where a line of forks began. */
function sourceOf(repository: Repository): Repository {
  return repository.parent === null ? repository : sourceOf(repository.parent);
}

export function presentRole(role: RepositoryRole) {
  return {
    admin: isAtLeast(role, "admin"),
    maintain: isAtLeast(role, "maintain"),
    push: isAtLeast(role, "write"),
    triage: isAtLeast(role, "triage"),
    pull: isAtLeast(role, "read"),
  };
}

export function presentLabel(
  forge: Forge,
  { id, nodeId, name, color, default: isDefault, description, repository }: Label,
) {
  const url = `${repositoryUrl(forge, repository)}/labels/${encodeURIComponent(name)}`;
  return { id, node_id: nodeId, url, name, color, default: isDefault, description };
}

export function presentMilestone(forge: Forge, milestone: Milestone) {
  const { repository, number } = milestone;
  const url = `${repositoryUrl(forge, repository)}/milestones/${number}`;
  const issues = [...repository.issues.values()].filter((issue) => issue.milestone === milestone);
  const open = issues.filter(({ state }) => state === "open").length;
  return {
    url,
    html_url: `${forge.web}/${fullName(repository)}/milestone/${number}`,
    labels_url: `${url}/labels`,
    id: milestone.id,
    node_id: milestone.nodeId,
    number,
    title: milestone.title,
    description: milestone.description,
    creator: presentAccount(forge, milestone.creator),
    open_issues: open,
    closed_issues: issues.length - open,
    state: milestone.state,
    created_at: time(milestone.createdAt),
    updated_at: time(milestone.updatedAt),
    due_on: timeOrNull(milestone.dueOn),
    closed_at: timeOrNull(milestone.closedAt),
  };
}

/** Before there were finer roles, GitHub knew four. */
export function legacyPermission(role: RepositoryRole): string {
  return { none: "none", read: "read", triage: "read", write: "write", maintain: "write", admin: "admin" }[role];
}
