/** Rules for the branches or tags of a repository, as whoever made them has put them. The sandbox keeps them, and holds nobody to them. */
export interface Ruleset {
  readonly id: number;
  name: string;
  target: "branch" | "tag" | "push";
  enforcement: "disabled" | "active" | "evaluate";
  bypassActors: readonly object[];
  conditions: object | null;
  rules: readonly object[];
  readonly createdAt: Date;
  updatedAt: Date;
}
