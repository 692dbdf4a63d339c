/** A repository as GitHub has it now. */
export interface Repository {
  readonly id: number;
  /** The login of whoever it belongs to. */
  readonly owner: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly url: string;
  /** Empty where nothing is committed yet. */
  readonly defaultBranch: string;
}
