import type { CustomProperty } from "./custom-property.ts";
import type { Team } from "./team.ts";

/** Someone or something with a login: a person, an organisation, or the bot that an app acts as. */
export interface Account {
  readonly id: number;
  readonly nodeId: string;
  readonly type: "User" | "Organization" | "Bot";
  login: string;
  name: string | null;
  bio: string | null;
  /** The address that the profile shows. */
  publicAddress: string | null;
  /** Verified addresses, lower case: commits by them are this account's. */
  readonly addresses: string[];
  /** A deleted account keeps its place in what it did, and is shown as the ghost. */
  deleted: boolean;
  readonly createdAt: Date;
  updatedAt: Date;
  /** Only an organisation has these. */
  readonly organization: OrganizationSettings | null;
}

export interface OrganizationSettings {
  readonly members: Map<Account, OrganizationRole>;
  /** What members may do with each repository without being its collaborators. */
  defaultRepositoryPermission: "none" | "read" | "write" | "admin";
  /** Which repositories members may create; owners may create all. */
  membersCanCreate: { public: boolean; private: boolean };
  /** In the order in which they were made. */
  readonly teams: Team[];
  /** What is to be said of each repository, by name. */
  readonly properties: Map<string, CustomProperty>;
}

export type OrganizationRole = "admin" | "member";

/** What a person may do with a repository, weakest first. */
export const repositoryRoles = ["none", "read", "triage", "write", "maintain", "admin"] as const;
export type RepositoryRole = (typeof repositoryRoles)[number];
