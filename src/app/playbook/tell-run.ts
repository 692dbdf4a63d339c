import { describeRun, type RunStanding } from "../../domain/playbook/describe-run.ts";
import { shortHash } from "../../domain/playbook/plan.ts";
import { applyActions } from "../../github/apply-actions.ts";
import { MissingPermission, NotThere, ReadOnly } from "../../github/errors.ts";
import { readStoredRepository } from "../../store/repositories.ts";
import type { Deps } from "../deps.ts";
import { reachRepository } from "../reach-repository.ts";
import { note, type Running } from "./running.ts";

const key = "comment";

/** What it takes to say how a run stands. */
export interface Telling extends Pick<Running, "run" | "journal"> {
  readonly deps: Pick<Deps, "database" | "octokitFor" | "templates" | "log" | "clock">;
}

/**
 * Says how a run stands, in one comment where it was asked for, which is written when its text changes. A comment that
 * somebody has deleted is not made again. Throws what GitHubClient throws, but for a conversation that takes no comment.
 */
export async function tellRun(running: Telling, now: RunStanding["now"]): Promise<void> {
  const { deps, run, journal } = running;
  const { installationId, repositoryId, issueNumber: number } = run;
  const before = journal.get(key);
  if (before?.result["id"] === 0) return;
  // A command may come before anything else is known of where it was given.
  const asked = { installationId, repositoryId };
  const place = (await readStoredRepository(deps.database, asked)) ?? (await reachRepository(deps, asked));
  if (place === null) return;
  const marker = `<!-- curtain-call:run ${run.commentId} ${shortHash(run)} -->`;
  const body = `${marker}\n${deps.templates.run(describeRun({ run, journal, now })).trimEnd()}\n`;
  if (before?.result["body"] === body) return;
  if (before === undefined) await note(running, { effect: key, state: "begun", result: {}, cause: null });
  const id = before?.result["id"];
  const existing =
    typeof id === "number" ? { id, body: String(before?.result["body"]) } : before === undefined ? null : undefined;
  const client = deps.octokitFor(installationId, { repositoryId, permissions: { issues: "write", metadata: "read" } });
  try {
    const action = {
      kind: "upsert comment",
      number,
      marker,
      body,
      ...(existing !== undefined && { existing }),
    } as const;
    const [applied] = await applyActions(client, place, [action]);
    await note(running, { effect: key, state: "done", result: { id: applied?.id ?? 0, body }, cause: null });
  } catch (error) {
    if (!(error instanceof MissingPermission || error instanceof NotThere || error instanceof ReadOnly)) throw error;
    deps.log.info({ installation: installationId, state: error.name }, "nobody can be told of a run there");
  }
}
