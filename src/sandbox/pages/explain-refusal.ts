import type { Refusal } from "../refusal.ts";

/** Messages that say less than the mistakes listed with them. */
const general = new Set(["Validation Failed", "Unprocessable Entity"]);

/** A refusal in one line: its message, and the mistakes that it lists. */
export function explainRefusal({ message, errors }: Refusal): string {
  const details = errors.map((error) => {
    if (typeof error === "string") return error;
    const { field = "", code } = error;
    return error.message ?? `${field} ${mistakes[code]}`.trim();
  });
  if (details.length === 0) return message;
  return general.has(message) ? details.join("; ") : `${message}: ${details.join("; ")}`;
}

const mistakes = {
  missing: "does not exist",
  missing_field: "is missing",
  invalid: "is not valid",
  already_exists: "is taken already",
  unprocessable: "cannot be processed",
  custom: "is not valid",
} as const;
