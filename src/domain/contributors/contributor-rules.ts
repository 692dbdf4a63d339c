import type { Configuration } from "../config/configuration-schema.ts";
import type { ContributorRules } from "./list-contributors.ts";

/** What a repository's settings say of whom the file names; assistants that are not allowed are not named either. */
export function contributorRules({ credit: { assistants, exclude } }: Configuration): ContributorRules {
  return { exclude, assistants: assistants === "forbid" ? "hide" : assistants };
}
