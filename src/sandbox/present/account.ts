import { membersOf, shown } from "../actions/accounts.ts";
import type { Forge } from "../forge.ts";
import type { Account } from "../model/account.ts";
import { time } from "./time.ts";

/** An account as it stands inside other answers. */
export function presentAccount({ api, web, state }: Forge, account: Account) {
  const { id, nodeId, login, type } = shown(state, account);
  const url = `${api}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: nodeId,
    avatar_url: `${web}/avatars/${id}`,
    gravatar_id: "",
    url,
    html_url: profileUrl(web, { login, type }),
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: "public",
    site_admin: false,
  };
}

/** Where an account's page is; a bot's is that of its app. */
export function profileUrl(web: string, { login, type }: Pick<Account, "login" | "type">): string {
  return type === "Bot" ? `${web}/apps/${login.replace(/\[bot\]$/, "")}` : `${web}/${login}`;
}

/** A person's own page. */
export function presentProfile(forge: Forge, account: Account) {
  const { name, bio, publicAddress, createdAt, updatedAt } = shown(forge.state, account);
  const owned = [...forge.state.repositories.values()].filter(({ owner }) => owner === account);
  return {
    ...presentAccount(forge, account),
    name,
    company: null,
    blog: "",
    location: null,
    email: publicAddress,
    hireable: null,
    bio,
    twitter_username: null,
    public_repos: owned.filter((repository) => !repository.private).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: time(createdAt),
    updated_at: time(updatedAt),
  };
}

export function presentOrganization({ api, web }: Forge, { login, id, nodeId, bio }: Account) {
  const url = `${api}/orgs/${login}`;
  return {
    login,
    id,
    node_id: nodeId,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${web}/avatars/${id}`,
    description: bio,
  };
}

/** An organisation's own page; what its settings are is for those who set them. */
export function presentOrganizationInFull(forge: Forge, account: Account, isOwner: boolean) {
  const { login, name, createdAt, updatedAt, organization } = account;
  const owned = [...forge.state.repositories.values()].filter(({ owner }) => owner === account);
  const { public: open, private: closed } = organization?.membersCanCreate ?? { public: true, private: true };
  const settings = {
    default_repository_permission: organization?.defaultRepositoryPermission ?? "read",
    members_can_create_repositories: open || closed,
    members_can_create_public_repositories: open,
    members_can_create_private_repositories: closed,
    members_can_create_internal_repositories: false,
    members_allowed_repository_creation_type: open ? (closed ? "all" : "public") : closed ? "private" : "none",
    members_can_create_teams: true,
    two_factor_requirement_enabled: false,
    total_private_repos: owned.filter((repository) => repository.private).length,
  };
  return {
    ...presentOrganization(forge, account),
    name: name ?? login,
    html_url: `${forge.web}/${login}`,
    is_verified: false,
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: owned.filter((repository) => !repository.private).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    type: "Organization",
    created_at: time(createdAt),
    updated_at: time(updatedAt),
    archived_at: null,
    ...(isOwner ? settings : {}),
  };
}

export function presentMembership(
  forge: Forge,
  { organization, account }: { organization: Account; account: Account },
) {
  const url = `${forge.api}/orgs/${organization.login}`;
  return {
    url: `${url}/memberships/${account.login}`,
    state: "active",
    role: membersOf(organization).get(account) ?? "member",
    organization_url: url,
    organization: presentOrganization(forge, organization),
    user: presentAccount(forge, account),
  };
}
