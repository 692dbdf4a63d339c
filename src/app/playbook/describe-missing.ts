import type { MissingPermission } from "../../github/errors.ts";

/** Says what the app may not do, and who can change that. */
export function describeMissing({ permissions }: MissingPermission): string {
  const what =
    permissions.length === 0 ? "something that this needs" : permissions.map((one) => `\`${one}\``).join(", ");
  return `The app was not granted ${what}. An owner of the organisation can grant it where the app is installed.`;
}
