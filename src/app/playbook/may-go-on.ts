import type { Run } from "../../domain/playbook/run.ts";
import { MissingPermission } from "../../github/errors.ts";
import { isActiveMember } from "../../github/playbook/is-active-member.ts";
import type { Deps } from "../deps.ts";

/**
 * Asks at this moment whether those who stand behind a run, who asked for it and who confirmed it, are still of the
 * organisation, by their accounts. Gives the refusal as a sentence, or null. Throws what GitHubClient throws.
 */
export async function mayGoOn({ octokitFor }: Pick<Deps, "octokitFor">, run: Run): Promise<string | null> {
  const { plan, confirmedBy, installationId } = run;
  const organization = plan.repository.owner;
  const client = octokitFor(installationId, { permissions: { members: "read" } });
  const people = new Map([plan.requester, ...(confirmedBy === null ? [] : [confirmedBy])].map((one) => [one.id, one]));
  try {
    for (const person of people.values()) {
      if (await isActiveMember(client, organization, person)) continue;
      return `${person.login} is no member of ${organization} any more, and what they asked for is not carried out.`;
    }
    return null;
  } catch (error) {
    if (!(error instanceof MissingPermission)) throw error;
    return `Who is a member of ${organization} cannot be asked: the app is not granted members: read.`;
  }
}
