import { roles } from "../domain/credit/roles.ts";
import { dayOf, daysAfter } from "./days.ts";
import { queryOf } from "./links.ts";
import type { Asked } from "./parameters.ts";

/** The form that asks for a period and a role; `hasRoles` where a role can be asked for. */
export function viewFilter(
  { since, until, role }: Asked,
  { path, now, hasRoles }: { readonly path: string; readonly now: Date; readonly hasRoles: boolean },
) {
  const today = dayOf(now);
  const presets = [
    { text: "All", since: null },
    { text: "This year", since: `${today.slice(0, 4)}-01-01` },
    { text: "Last 30 days", since: dayOf(daysAfter(now, -29)) },
  ];
  return {
    path,
    since: since ?? "",
    until: until ?? "",
    hasRoles,
    roles: roles.map((name) => ({ name, isChosen: name === role })),
    presets: presets.map((preset) => ({
      text: preset.text,
      href: `${path}${queryOf({ since: preset.since, until: null, role, page: 1 })}`,
      isCurrent: until === null && since === preset.since,
    })),
  };
}
