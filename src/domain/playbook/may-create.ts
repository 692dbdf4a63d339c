import { inCode, type Mistake, mistake } from "../command/mistake.ts";
import type { RenderedRepository } from "./rendered-playbook.ts";

type Visibility = RenderedRepository["visibility"];

/** What GitHub says at a moment of somebody's right to make repositories in an organisation by hand. */
export interface CreationRights {
  /** `none` for strangers, for whoever has not accepted yet, and where the login is somebody else's by now. */
  readonly membership: "owner" | "member" | "none";
  /** What the organisation lets its members make; null where GitHub does not tell. */
  readonly membersMay: Readonly<Record<Visibility, boolean>> | null;
}

/** Whether they could make such a repository by themselves: owners always, members as far as it is known that they may. */
function mayCreate({ membership, membersMay }: CreationRights, visibility: Visibility): boolean {
  return membership === "owner" || (membership === "member" && membersMay?.[visibility] === true);
}

/** Says why nobody may make such a repository for them; null where they could by themselves. */
export function refuseCreation(
  rights: CreationRights,
  {
    login,
    isAsker,
    organisation,
    visibility,
  }: {
    readonly login: string;
    /** Whether it is they who wrote the command. */
    readonly isAsker: boolean;
    readonly organisation: string;
    readonly visibility: Visibility;
  },
): Mistake | null {
  if (mayCreate(rights, visibility)) return null;
  const who = isAsker ? "you" : inCode(`@${login}`);
  const place = inCode(organisation);
  if (rights.membership === "none") {
    return mistake(
      `Only members of the organisation ${place} can have repositories made there, and ${who} ${isAsker ? "are" : "is"} none.`,
    );
  }
  const cause =
    rights.membersMay === null
      ? "GitHub does not tell this app what members may, so that only owners can"
      : "the organisation leaves that to others";
  return mistake(
    `In ${place}, ${who} may make no ${visibility} repository by hand, and so not this way either: ${cause}. Ask an owner.`,
  );
}
