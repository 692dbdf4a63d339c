import { oneLine } from "../one-line.ts";
import type { Plan, PlanPerson } from "./plan.ts";

/**
 * The one commit's title, and whom it credits: whoever asked for it as co-author, and each of the playbook's authors whose
 * account is known by its number. A login alone could be somebody else's by now.
 */
export function commitText({
  playbook: { name, version, authors },
  requester,
  target,
}: Pick<Plan, "playbook" | "requester" | "target">): Plan["commit"] {
  const makers = authors.flatMap((author) =>
    "login" in author && author.id !== undefined
      ? [trailer("Playbook-by", { id: author.id, login: author.login, name: author.name ?? null })]
      : [],
  );
  return {
    title:
      target.kind === "new" ? `Begin with the playbook ${name} ${version}` : `Apply the playbook ${name} ${version}`,
    trailers: [trailer("Co-authored-by", requester), ...makers],
  };
}

function trailer(key: string, { id, login, name }: PlanPerson): string {
  // Nothing in a name may end the line, or be taken for the address.
  const shown =
    oneLine(name ?? "")
      .replace(/[<>]/g, "")
      .trim() || login;
  return `${key}: ${shown} <${id}+${login}@users.noreply.github.com>`;
}
