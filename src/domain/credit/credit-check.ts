import { type CreditWarning, composeWarning, fatesByPerson, type WarningSource } from "./credit-warning.ts";

/** The check run on a pull request's head, as data. */
export interface CreditCheck {
  readonly conclusion: "success" | "neutral" | "failure";
  /** Null where all is well. */
  readonly warning: CreditWarning | null;
  /** How many people have credit. */
  readonly people: number;
}

/** The name of the check run. */
export const creditCheckName = "credit";

/**
 * Decides on the check, or null where none is asked for: `advise` never fails, `require` fails for what can be put
 * right before the merge, and a repository that forbids assistants fails for theirs, whatever the mode. Once the pull
 * request is merged or closed, what was decided stays.
 */
export function decideCreditCheck(source: WarningSource, mode: "off" | "advise" | "require"): CreditCheck | null {
  const { facts, credits, settings } = source;
  if (facts.state !== "open") return null;
  if (mode === "off" && settings.assistants !== "forbid") return null;
  const all = composeWarning(source);
  const warning = mode === "off" ? onlyForbidden(all) : all;
  const fails = warning !== null && (warning.forbidden !== null || (mode === "require" && isCertain(source)));
  return {
    conclusion: warning === null ? "success" : fails ? "failure" : "neutral",
    warning,
    people: new Set(credits.credits.map(({ person }) => person.key)).size,
  };
}

function onlyForbidden(warning: CreditWarning | null): CreditWarning | null {
  if (warning === null || warning.forbidden === null) return null;
  const none = { shown: [], more: 0 };
  return { squash: null, unlinked: none, unattributed: none, forbidden: warning.forbidden };
}

/** What may be lost, or is lost by one of several ways to merge, is no reason to stop anybody. */
function isCertain({ outlook, credits }: WarningSource): boolean {
  const isLost = outlook.methods.every(({ fates }) => fatesByPerson(fates).some(({ reason }) => reason === "left out"));
  return (outlook.methods.length > 0 && isLost) || outlook.unlinked.length > 0 || credits.unattributed.length > 0;
}
