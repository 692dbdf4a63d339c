/** A repository, by its names of now; GitHub follows renames. */
export interface Place {
  readonly owner: string;
  readonly name: string;
}
