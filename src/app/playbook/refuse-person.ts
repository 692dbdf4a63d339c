import type { Mistake } from "../../domain/command/mistake.ts";
import { refuseApplying } from "../../domain/playbook/may-apply.ts";
import { refuseCreation } from "../../domain/playbook/may-create.ts";
import type { PlanTarget } from "../../domain/playbook/plan.ts";
import type { RenderedRepository } from "../../domain/playbook/rendered-playbook.ts";
import type { Place } from "../../github/place.ts";
import { readPermission } from "../../github/read-permission.ts";
import type { Deps } from "../deps.ts";
import type { RightsReader } from "./creation-rights.ts";
import { organisationOf, type PlaybookAsk } from "./playbook-ask.ts";

/** What somebody would have to be able to do by hand: make such a repository, or write to one that is there. */
export type NeededRight =
  | {
      readonly kind: "new";
      readonly organisation: string;
      readonly visibility: RenderedRepository["visibility"];
    }
  | { readonly kind: "existing"; readonly repositoryId: number; readonly place: Place };

/** What a plan needs that is asked for in a conversation. */
export function neededFor(
  ask: PlaybookAsk,
  target: PlanTarget["kind"],
  visibility: RenderedRepository["visibility"],
): NeededRight {
  const { repository } = ask.comment.conversation;
  if (target === "new") return { kind: "new", organisation: organisationOf(ask), visibility };
  return { kind: "existing", repositoryId: repository.id, place: repository };
}

export interface PersonQuestion {
  readonly installationId: number;
  readonly person: { readonly id: number; readonly login: string };
  /** Whether it is they who wrote the command. */
  readonly isAsker: boolean;
  readonly needed: NeededRight;
  readonly rights: RightsReader;
}

/** Says why nothing may be done for somebody, as GitHub knows them at this moment; null where they could do it by hand. */
export async function refusePerson(
  { octokitFor }: Pick<Deps, "octokitFor">,
  { installationId, person, isAsker, needed, rights }: PersonQuestion,
): Promise<Mistake | null> {
  const { login } = person;
  if (needed.kind === "new") return refuseCreation(await rights.creation(person), { login, isAsker, ...needed });
  const { repositoryId, place } = needed;
  const client = octokitFor(installationId, { repositoryId, permissions: { metadata: "read" } });
  const repository = `${place.owner}/${place.name}`;
  return refuseApplying(await readPermission(client, place, person), { login, isAsker, repository });
}
