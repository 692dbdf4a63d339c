import { isInTeam } from "../../github/playbook/read-team.ts";
import type { Deps } from "../deps.ts";
import type { RightsReader } from "./creation-rights.ts";

interface ApproverQuestion {
  readonly installationId: number;
  readonly organisation: string;
  /** As the settings name them: `@ada`, `@acme/platform`. None stands for the organisation's owners. */
  readonly approvers: readonly string[];
  readonly person: { readonly id: number; readonly login: string };
  readonly rights: RightsReader;
}

/** Whether somebody is among those who approve plans, at this moment. Throws what GitHubClient throws. */
export async function isApprover(
  { octokitFor }: Pick<Deps, "octokitFor">,
  question: ApproverQuestion,
): Promise<boolean> {
  const { installationId, organisation, approvers, person, rights } = question;
  // By it GitHub tells that the login is this person's.
  const membership = await rights.membership(person);
  if (membership === "none") return false;
  if (approvers.length === 0) return membership === "owner";
  const names = approvers.map((name) => name.replace(/^@/, "").toLowerCase());
  if (names.includes(person.login.toLowerCase())) return true;
  const client = octokitFor(installationId, { permissions: { members: "read" } });
  for (const team of names.filter((name) => name.startsWith(`${organisation.toLowerCase()}/`))) {
    if (await isInTeam(client, { team, login: person.login })) return true;
  }
  return false;
}
