import { parseNoreplyAddress } from "../../domain/credit/identity.ts";
import type { Actor, Forge } from "../forge.ts";
import type { Account, OrganizationRole } from "../model/account.ts";
import { findAccount, makeNodeId, nextIdentity, type State } from "../model/state.ts";
import { invalid, notFound } from "../refusal.ts";
import { leaveTeams } from "./leave-teams.ts";

export interface PersonToCreate {
  readonly login: string;
  readonly name?: string | null;
  readonly addresses?: readonly string[];
  readonly publicAddress?: string | null;
  readonly bio?: string | null;
  /** The number that it has elsewhere, and has here too if no other account has it. */
  readonly id?: number | undefined;
}

/** Creates a person's account. Throws a Refusal where the login or an address is taken. */
export function createPerson(forge: Forge, person: PersonToCreate): Account {
  if (!isLogin(person.login)) throw invalid({ resource: "User", field: "login", code: "invalid" });
  return createAccount(forge, { ...person, type: "User", organization: null });
}

/** Whether a person may be called so: letters, digits and single hyphens between them, 39 at most. */
export function isLogin(text: string): boolean {
  return /^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}$/i.test(text);
}

/** Creates an organisation with its first owner. */
export function createOrganization(
  forge: Forge,
  { login, name, owner, bio = null }: { login: string; name: string; owner: Account; bio?: string | null },
): Account {
  const organization = {
    members: new Map<Account, OrganizationRole>([[owner, "admin"]]),
    defaultRepositoryPermission: "read" as const,
    membersCanCreate: { public: true, private: true },
    teams: [],
    properties: new Map(),
  };
  return createAccount(forge, { type: "Organization", login, name, bio, organization });
}

/** Creates the account that an app acts as. */
export function createBot(forge: Forge, login: string, known: Pick<PersonToCreate, "id" | "addresses"> = {}): Account {
  return createAccount(forge, { ...known, type: "Bot", login, organization: null });
}

function createAccount(forge: Forge, account: PersonToCreate & Pick<Account, "type" | "organization">): Account {
  const { state } = forge;
  const key = account.login.toLowerCase();
  if (state.accountsByLogin.has(key)) {
    throw invalid({ resource: "User", field: "login", code: "already_exists" });
  }
  const now = forge.clock();
  const created: Account = {
    ...(account.id === undefined || state.accounts.has(account.id)
      ? nextIdentity(state, account.type)
      : { id: account.id, nodeId: makeNodeId(account.type, account.id) }),
    type: account.type,
    login: account.login,
    name: account.name ?? null,
    bio: account.bio ?? null,
    publicAddress: account.publicAddress ?? null,
    addresses: [],
    deleted: false,
    createdAt: now,
    updatedAt: now,
    organization: account.organization,
  };
  state.accounts.set(created.id, created);
  state.accountsByLogin.set(key, created);
  state.nodes.set(created.nodeId, { type: created.type, value: created });
  for (const address of account.addresses ?? []) addAddress(state, created, address);
  return created;
}

/** Verifies an address for an account; from then on commits by it are the account's, old ones too. */
export function addAddress(state: State, account: Account, address: string): void {
  const key = address.toLowerCase();
  if (state.accountsByAddress.has(key)) throw invalid({ resource: "Email", field: "email", code: "already_exists" });
  state.accountsByAddress.set(key, account);
  account.addresses.push(key);
}

/** Gives an account another login; the old one is free for anybody from then on. */
export async function renameAccount(forge: Forge, account: Account, login: string): Promise<void> {
  const { state } = forge;
  const previousLogin = account.login;
  const taken = state.accountsByLogin.get(login.toLowerCase());
  if (taken !== undefined && taken !== account) {
    throw invalid({ resource: "User", field: "login", code: "already_exists" });
  }
  state.accountsByLogin.delete(previousLogin.toLowerCase());
  state.accountsByLogin.set(login.toLowerCase(), account);
  account.login = login;
  account.updatedAt = forge.clock();
  for (const repository of state.repositories.values()) {
    // The former full name goes on leading here, as GitHub's redirects do.
    if (repository.owner === account)
      state.repositoriesByName.set(`${login}/${repository.name}`.toLowerCase(), repository);
  }
  if (account.organization !== null) {
    await forge.announce({
      event: "organization",
      action: "renamed",
      organization: account,
      previousLogin,
      sender: account,
    });
  }
  for (const installation of state.installations.values()) {
    if (installation.account !== account) continue;
    const event = "installation_target";
    await forge.announce({ event, action: "renamed", installation, previousLogin, sender: account });
  }
}

/**
 * Takes a person out of everything: tokens end, and what they did is shown as the ghost's. What they own stays; see
 * deleteAccount.
 */
export function deletePerson({ state }: Forge, account: Account): void {
  account.deleted = true;
  state.accountsByLogin.delete(account.login.toLowerCase());
  for (const address of account.addresses) state.accountsByAddress.delete(address);
  for (const other of state.accounts.values()) {
    other.organization?.members.delete(account);
    leaveTeams(other, account);
  }
  for (const repository of state.repositories.values()) repository.collaborators.delete(account);
  for (const [text, token] of state.tokens) {
    if (token.kind === "user" && token.account === account) state.tokens.delete(text);
  }
}

/** The account as others see it. */
export function shown(state: State, account: Account): Account {
  return account.deleted ? state.ghost : account;
}

export async function setMember(
  forge: Forge,
  {
    organization,
    account,
    role,
    actor,
  }: { organization: Account; account: Account; role: OrganizationRole; actor: Actor },
): Promise<void> {
  const isNew = !membersOf(organization).has(account);
  membersOf(organization).set(account, role);
  if (!isNew) return;
  await forge.announce({
    event: "organization",
    action: "member_added",
    organization,
    member: account,
    sender: actor.account,
  });
}

export async function removeMember(
  forge: Forge,
  { organization, account, actor }: { organization: Account; account: Account; actor: Actor },
): Promise<void> {
  if (!membersOf(organization).delete(account)) throw notFound();
  leaveTeams(organization, account);
  await forge.announce({
    event: "organization",
    action: "member_removed",
    organization,
    member: account,
    sender: actor.account,
  });
}

/** Who belongs to an organisation; nobody to a person. */
export function membersOf(account: Account): Map<Account, OrganizationRole> {
  return account.organization?.members ?? new Map<Account, OrganizationRole>();
}

/**
 * Whom GitHub links a commit's address to: whoever verified it, or whose private address it is. The number in a private
 * address outlives a new login; an old one without a number belongs to whoever has the login now.
 */
export function findByAddress(state: State, address: string): Account | null {
  const key = address.toLowerCase();
  const verified = state.accountsByAddress.get(key);
  if (verified !== undefined) return verified;
  const account = parseNoreplyAddress(key);
  if (account === null) return null;
  const found = account.id === null ? findAccount(state, account.login) : state.accounts.get(account.id);
  return found === undefined || found?.deleted ? null : found;
}

/** The private address that GitHub writes for an account. */
export function noreplyAddress(account: Account): string {
  return `${account.id}+${account.login}@users.noreply.github.com`;
}
