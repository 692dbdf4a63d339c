/** What a token may do: GitHub's names, as `{ pull_requests: "write", contents: "read" }`. */
export type Permissions = Readonly<Record<string, "read" | "write">>;

/** Those of the permissions that are not granted, as `checks: write`. */
export function missingPermissions(wanted: Permissions, granted: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(wanted)
    .filter(([name, access]) => granted[name] !== access && granted[name] !== "write" && granted[name] !== "admin")
    .map(([name, access]) => `${name}: ${access}`);
}
