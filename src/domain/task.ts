import { z } from "zod";

const inRepository = {
  installationId: z.number(),
  repositoryId: z.number(),
  owner: z.string(),
  name: z.string(),
};
const number = z.number();

/** Whose an installation is; null where an event does not tell. */
const account = z.object({ id: z.number(), login: z.string() }).nullable();

/** Something that has to be looked at: where it is, never what was said there. */
export const taskSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("pull request"), ...inRepository, number }),
  z.object({ kind: z.literal("issue"), ...inRepository, number }),
  /** An issue asks for a playbook by its own text. */
  z.object({ kind: z.literal("playbook request"), ...inRepository, number }),
  z.object({
    kind: z.literal("comment"),
    ...inRepository,
    number,
    isPullRequest: z.boolean(),
    commentId: z.number(),
    /** The comment's id in GraphQL. */
    nodeId: z.string(),
    mayCommand: z.boolean(),
  }),
  z.object({ kind: z.literal("default branch"), ...inRepository }),
  /** Whom the file of contributors names may be different. */
  z.object({ kind: z.literal("contributors"), ...inRepository }),
  /** Which repositories an installation reaches, or whether it is still there, may be different. */
  z.object({ kind: z.literal("installation"), installationId: z.number(), account }),
  /** A merge queue asks about the commit that it has made of a pull request. */
  z.object({ kind: z.literal("merge group"), ...inRepository, number, sha: z.string() }),
  /** By its number; or by its tag alone, which may be any text, where that is all that is known. */
  z.object({ kind: z.literal("release"), ...inRepository, tag: z.string(), releaseId: number.nullable() }),
  /** It may have another name or owner, be shown to others, or be gone. */
  z.object({ kind: z.literal("repository"), ...inRepository }),
  /** Things may have changed there of which nobody told. */
  z.object({ kind: z.literal("reconciliation"), ...inRepository }),
  /** Whoever the app is installed on may have another login. */
  z.object({ kind: z.literal("account"), installationId: z.number() }),
]);

export type Task = Readonly<z.infer<typeof taskSchema>>;
type TaskKind = Task["kind"];
export type TaskOf<Kind extends TaskKind> = Extract<Task, { readonly kind: Kind }>;

/** What a task is about, in one word: of two with the same key one is enough, and they never run at once. */
export function keyOfTask(task: Task): string {
  const place = "repositoryId" in task ? `${task.installationId}/${task.repositoryId}` : task.installationId;
  return `${place}/${task.kind} ${thing(task)}`;
}

function thing(task: Task): string {
  switch (task.kind) {
    case "pull request":
    case "issue":
    case "playbook request":
      return String(task.number);
    case "comment":
      // It is told of once when it is made, and once when it is gone.
      return `${task.commentId} ${task.mayCommand}`;
    case "default branch":
    case "contributors":
    case "repository":
    case "reconciliation":
    case "account":
    case "installation":
      return "";
    case "merge group":
      return task.sha;
    case "release":
      return String(task.releaseId ?? `tagged ${task.tag}`);
  }
}
