import type { Account, RepositoryRole } from "./account.ts";
import type { Repository } from "./repository.ts";

/** Members of an organisation who have the same rights in some of its repositories. */
export interface Team {
  readonly id: number;
  readonly nodeId: string;
  readonly organization: Account;
  /** Its name in addresses, which follows its name. */
  slug: string;
  name: string;
  description: string | null;
  /** A secret one is shown to its members and the organisation's owners alone. */
  privacy: "closed" | "secret";
  notifies: boolean;
  readonly members: Map<Account, TeamRole>;
  readonly repositories: Map<Repository, TeamRepositoryRole>;
  readonly createdAt: Date;
  updatedAt: Date;
}

export type TeamRole = "member" | "maintainer";
export type TeamRepositoryRole = Exclude<RepositoryRole, "none">;

/** The teams of an organisation, in the order in which they were made; none of a person. */
export function teamsOf({ organization }: Account): readonly Team[] {
  return organization?.teams ?? [];
}

export function findTeam(organization: Account, slug: string): Team | null {
  return teamsOf(organization).find((team) => team.slug === slug.toLowerCase()) ?? null;
}

/** What somebody is in a team; null for whoever does not belong to it. Owners of the organisation maintain each. */
export function teamRoleOf({ members, organization }: Team, account: Account): TeamRole | null {
  const role = members.get(account);
  if (role === undefined) return null;
  return organization.organization?.members.get(account) === "admin" ? "maintainer" : role;
}
