import type { CreationRights } from "../../domain/playbook/may-create.ts";
import { MissingPermission } from "../../github/errors.ts";
import { readMembership, readMembersMay } from "../../github/playbook/read-creation-rights.ts";
import type { Deps } from "../deps.ts";

interface Person {
  readonly id: number;
  readonly login: string;
}

/** Tells what people are in an organisation, and may make there. */
export interface RightsReader {
  readonly membership: (person: Person) => Promise<CreationRights["membership"]>;
  readonly creation: (person: Person) => Promise<CreationRights>;
}

/**
 * Asks GitHub at this moment, each thing once: for one command, and no longer. Nothing is asked of settings where everybody
 * is an owner. Throws what GitHubClient throws.
 */
export function createRightsReader(
  { octokitFor }: Pick<Deps, "octokitFor">,
  { installationId, organisation }: { readonly installationId: number; readonly organisation: string },
): RightsReader {
  const memberships = new Map<number, CreationRights["membership"]>();
  let membersMay: CreationRights["membersMay"] | undefined;

  async function membership(person: Person): Promise<CreationRights["membership"]> {
    const client = octokitFor(installationId, { permissions: { members: "read" } });
    const found = memberships.get(person.id) ?? (await readMembership(client, { organisation, person }));
    memberships.set(person.id, found);
    return found;
  }

  async function readSettings(): Promise<CreationRights["membersMay"]> {
    const permissions = { organization_administration: "read" } as const;
    try {
      return await readMembersMay(octokitFor(installationId, { permissions }), organisation);
    } catch (error) {
      // Without it GitHub does not tell, and only owners may.
      if (error instanceof MissingPermission) return null;
      throw error;
    }
  }

  return {
    membership,
    creation: async (person) => {
      const role = await membership(person);
      if (role !== "member") return { membership: role, membersMay: null };
      membersMay ??= await readSettings();
      return { membership: role, membersMay };
    },
  };
}
