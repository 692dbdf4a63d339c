import { type Some, some } from "../credit/some.ts";
import type { Acknowledgements, ThankedPerson } from "./acknowledge.ts";

/** A person with the beginning of a list of pull requests. */
interface ShownPerson extends Omit<ThankedPerson, "pulls"> {
  readonly pulls: Some<number>;
}

interface ShownPeople {
  readonly people: Some<ShownPerson>;
  readonly team: Some<ShownPerson>;
  readonly community: Some<ShownPerson>;
}

/** Acknowledgements as a template has them. */
export interface AcknowledgementsDraft extends Pick<Acknowledgements, "release" | "range">, ShownPeople {
  readonly sections: readonly (ShownPeople & { readonly name: Acknowledgements["sections"][number]["name"] })[];
  readonly newcomers: Some<ShownPerson>;
  readonly assistants: Some<ShownPerson>;
}

/** Shows at most so many people in each list, and so many pull requests of each. What is left out is counted. */
export function shortenAcknowledgements(
  acknowledgements: Acknowledgements,
  most: { people: number; pulls: number },
): AcknowledgementsDraft {
  const { release, range, sections, newcomers, assistants } = acknowledgements;
  const shown = (list: readonly ThankedPerson[]): Some<ShownPerson> => {
    const { shown: first, more } = some(list, most.people);
    return { shown: first.map((person) => ({ ...person, pulls: some(person.pulls, most.pulls) })), more };
  };
  const lists = ({ people, team, community }: Pick<Acknowledgements, keyof ShownPeople>): ShownPeople => ({
    people: shown(people),
    team: shown(team),
    community: shown(community),
  });
  return {
    release,
    range,
    ...lists(acknowledgements),
    sections: sections.map(({ name, ...people }) => ({ name, ...lists(people) })),
    newcomers: shown(newcomers),
    assistants: shown(assistants),
  };
}
