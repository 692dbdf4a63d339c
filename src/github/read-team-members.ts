import { z } from "zod";
import { itemsOf } from "./answer-shapes.ts";
import type { GitHubClient } from "./github-client.ts";
import { requireData } from "./require-data.ts";

/** More people than that are not read of one team. */
const mostPages = 20;

const membersShape = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  nodes: z.array(z.object({ login: z.string() }).nullable()).nullable(),
});
const answerShape = z.object({
  organization: z
    .object({ team: z.object({ members: membersShape }).nullish(), members: membersShape.optional() })
    .nullable(),
});

/**
 * The logins of who is in a team, `acme/platform`, or in an organisation, which is `acme/*`; a hundred with each query. Null
 * where there is none that the installation may see. Throws what GitHubClient throws, NotThere, MissingPermission and QueryFailed.
 */
export async function readTeamMembers(
  client: Pick<GitHubClient, "query">,
  name: string,
): Promise<readonly string[] | null> {
  const [organization = "", slug = ""] = name.split("/");
  const isTeam = slug !== "*";
  const logins: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const data = requireData(await client.query(membersQuery, { organization, slug, isTeam, after }));
    const found = answerShape.parse(data).organization;
    const members = isTeam ? found?.team?.members : found?.members;
    if (members === undefined) return null;
    logins.push(...itemsOf(members).map(({ login }) => login));
    if (!members.pageInfo.hasNextPage) break;
    after = members.pageInfo.endCursor;
  }
  return logins;
}

const membersQuery = `
query Members($organization: String!, $slug: String!, $isTeam: Boolean!, $after: String) {
  organization(login: $organization) {
    team(slug: $slug) @include(if: $isTeam) { members(first: 100, after: $after) { ...Logins } }
    members: membersWithRole(first: 100, after: $after) @skip(if: $isTeam) { ...People }
  }
}

fragment Logins on TeamMemberConnection { pageInfo { hasNextPage endCursor } nodes { login } }
fragment People on OrganizationMemberConnection { pageInfo { hasNextPage endCursor } nodes { login } }`;
