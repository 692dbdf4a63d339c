/** A repository as GitHub has it now. */
export interface Repository {
  readonly id: number;
  /** The login of whoever it belongs to. */
  readonly owner: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly url: string;
}

/** The same for those who may read what is in it: of a private one GitHub names the branch to nobody else. */
export interface BranchedRepository extends Repository {
  /** Empty where nothing is committed yet. */
  readonly defaultBranch: string;
}
