import type { Plan } from "./plan.ts";

/**
 * How a plan stands. `planned` waits to be confirmed; `superseded` and `cancelled` never were. `incomplete` is a run that
 * came to its end while something could not be set, and `failed` one that could not go on: both can be tried again.
 */
export type RunState = "planned" | "superseded" | "cancelled" | "running" | "done" | "incomplete" | "failed";

/** Somebody with an account, as a run keeps them. */
export interface RunPerson {
  readonly id: number;
  readonly login: string;
}

/** The conversation in which a playbook was asked for. */
export interface RunPlace {
  readonly installationId: number;
  /** Of the repository whose issue it is. */
  readonly repositoryId: number;
  readonly issueNumber: number;
}

/** A plan, and what became of it. */
export interface Run extends RunPlace {
  /** Known to nobody outside: by it the app knows what it made again. */
  readonly id: string;
  /** The comment that asked for it; 0 for the issue's own text. */
  readonly commentId: number;
  readonly plan: Plan;
  readonly hash: string;
  /** As they were given, to make the plan once more. */
  readonly answers: Readonly<Record<string, string>>;
  readonly state: RunState;
  /** Null until it is confirmed. */
  readonly confirmedBy: RunPerson | null;
  /** The repository that it made, or works on; null before. */
  readonly targetId: number | null;
  /** Why it failed, for people; null for any other state. */
  readonly cause: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** Whose playbook it is, in one word, whatever its version: what counts as the same when it is asked how often it was used. */
export function sourceKeyOf({
  source,
  playbook,
}: {
  readonly source: Plan["source"];
  readonly playbook: Pick<Plan["playbook"], "name">;
}): string {
  return source.kind === "built-in" ? `built-in/${playbook.name}` : `repository/${source.id}/${source.folder}`;
}

/** Who uses a playbook: the first team that gets access, else whoever asked. */
export function userOf({ repository, requester }: Pick<Plan, "repository" | "requester">): string {
  const [first] = repository.teams;
  return first === undefined ? `account ${requester.id}` : `team ${first.team.toLowerCase()}`;
}
