import type { NamedPerson } from "../credit/named-person.ts";
import type { Plan } from "./plan.ts";

/** Who made a playbook, to be named with a link; `web` is where profiles are, such as https://github.com. */
export function describeAuthors({ authors }: Pick<Plan["playbook"], "authors">, web: string): readonly NamedPerson[] {
  return authors.map((author) =>
    "project" in author
      ? { name: author.project, url: null }
      : { name: author.name ?? author.login, url: `${web}/${author.login}` },
  );
}
