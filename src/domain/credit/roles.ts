/** What somebody did for a commit, in the order in which roles are shown. */
export const roles = [
  "author",
  "co-author",
  "reviewer",
  "reporter",
  "idea",
  "tester",
  "helper",
  "mentor",
  "docs",
  "design",
  "maintenance",
  "community",
  "playbook",
] as const;

export type Role = (typeof roles)[number];

/** The roles that a trailer gives, by its key in lower case. */
export type RolesByKey = ReadonlyMap<string, readonly Role[]>;

/** The trailers that give credit. `Signed-off-by`, `Cc`, `Fixes` and `Link` do not: they say other things. */
const trailersByRole: Partial<Record<Role, readonly string[]>> = {
  "co-author": ["Co-authored-by", "Co-developed-by", "Based-on-patch-by", "Original-patch-by"],
  reviewer: ["Reviewed-by", "Acked-by"],
  reporter: ["Reported-by", "Noticed-by", "Found-by", "Reported-and-tested-by"],
  idea: ["Suggested-by", "Inspired-by", "Requested-by"],
  tester: ["Tested-by", "Reported-and-tested-by"],
  helper: ["Helped-by", "Improved-by", "Thanks-to", "Explained-by", "Diagnosed-by"],
  mentor: ["Mentored-by", "Co-mentored-by"],
  playbook: ["Playbook-by"],
};

/**
 * The roles by trailer key, for a repository that adds its own keys: `{ "Paired-with": "co-author" }`. A key that is
 * in the built-in table gets the role given here instead.
 */
export function rolesByTrailerKey(additional: Readonly<Record<string, Role>> = {}): RolesByKey {
  const byKey = new Map<string, readonly Role[]>();
  for (const role of roles) {
    for (const key of trailersByRole[role] ?? []) {
      byKey.set(key.toLowerCase(), [...(byKey.get(key.toLowerCase()) ?? []), role]);
    }
  }
  for (const [key, role] of Object.entries(additional)) byKey.set(key.toLowerCase(), [role]);
  return byKey;
}

/** The key under which a trailer names somebody in a role, as `Co-authored-by`; null where no trailer says it. */
export function trailerKeyOf(role: Role): string | null {
  return trailersByRole[role === "author" ? "co-author" : role]?.[0] ?? null;
}
