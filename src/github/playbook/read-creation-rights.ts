import { z } from "zod";
import type { CreationRights } from "../../domain/playbook/may-create.ts";
import { NotThere } from "../errors.ts";
import type { GitHubClient } from "../github-client.ts";

type Client = Pick<GitHubClient, "request">;

/**
 * What somebody is in an organisation at this moment. GitHub is asked by login, which may be somebody else's by now: an
 * answer about another account counts as none. Throws what GitHubClient throws. https://docs.github.com/rest/orgs/members
 */
export async function readMembership(
  client: Client,
  { organisation: org, person: { id, login } }: { organisation: string; person: { id: number; login: string } },
): Promise<CreationRights["membership"]> {
  try {
    const { data } = await client.request("GET /orgs/{org}/memberships/{username}", { org, username: login });
    if (data.user?.id !== id || data.state !== "active") return "none";
    return data.role === "admin" ? "owner" : data.role === "member" ? "member" : "none";
  } catch (error) {
    if (error instanceof NotThere) return "none";
    throw error;
  }
}

const settingsShape = z.object({
  members_can_create_repositories: z.boolean().nullish(),
  members_can_create_public_repositories: z.boolean().nullish(),
  members_can_create_private_repositories: z.boolean().nullish(),
  members_can_create_internal_repositories: z.boolean().nullish(),
});

/**
 * Which repositories an organisation lets its members make; null where GitHub does not tell, as it does in full to those
 * alone who may read its settings. Throws what GitHubClient throws. https://docs.github.com/rest/orgs/orgs
 */
export async function readMembersMay(client: Client, organisation: string): Promise<CreationRights["membersMay"]> {
  try {
    const { data } = await client.request("GET /orgs/{org}", { org: organisation });
    const settings = settingsShape.parse(data);
    const all = settings.members_can_create_repositories;
    const open = settings.members_can_create_public_repositories;
    const closed = settings.members_can_create_private_repositories;
    if (typeof open !== "boolean" || typeof closed !== "boolean") return null;
    const may = (one: boolean | null | undefined): boolean => all !== false && one === true;
    return {
      public: may(open),
      private: may(closed),
      internal: may(settings.members_can_create_internal_repositories),
    };
  } catch (error) {
    if (error instanceof NotThere) return null;
    throw error;
  }
}
