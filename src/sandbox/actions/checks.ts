import type { Actor, Forge } from "../forge.ts";
import type { App } from "../model/app.ts";
import type { CheckRun, CheckSuite, Repository } from "../model/repository.ts";
import { nextIdentity } from "../model/state.ts";
import { notAccessible } from "../refusal.ts";

type CheckFields = Partial<
  Pick<
    CheckRun,
    "name" | "status" | "conclusion" | "detailsUrl" | "externalId" | "startedAt" | "completedAt" | "output"
  >
>;

/** Adds a check run to the suite that the app has on a commit. */
export async function addCheckRun(
  forge: Forge,
  {
    repository,
    app,
    commit,
    name,
    ...fields
  }: CheckFields & { repository: Repository; app: App; commit: string; name: string },
  actor: Actor,
): Promise<CheckRun> {
  const suite = suiteFor(forge, { repository, app, commit });
  const run: CheckRun = {
    ...nextIdentity(forge.state, "CheckRun"),
    suite,
    name,
    status: "queued",
    conclusion: null,
    detailsUrl: null,
    externalId: "",
    startedAt: forge.clock(),
    completedAt: null,
    output: { title: null, summary: null, text: null },
  };
  suite.runs.push(run);
  forge.state.nodes.set(run.nodeId, { type: "CheckRun", value: run });
  applyFields(forge, run, fields);
  await forge.announce({ event: "check_run", action: "created", run, sender: actor.account });
  if (run.status === "completed")
    await forge.announce({ event: "check_run", action: "completed", run, sender: actor.account });
  return run;
}

/** Changes a check run: only the app that made it may. */
export async function editCheckRun(
  forge: Forge,
  { run, app, ...fields }: CheckFields & { run: CheckRun; app: App },
  actor: Actor,
): Promise<void> {
  if (run.suite.appId !== app.id) throw notAccessible();
  const wasCompleted = run.status === "completed";
  applyFields(forge, run, fields);
  if (wasCompleted || run.status !== "completed") return;
  await forge.announce({ event: "check_run", action: "completed", run, sender: actor.account });
}

/** A conclusion completes a run, as on GitHub. */
function applyFields(forge: Forge, run: CheckRun, fields: CheckFields): void {
  const now = forge.clock();
  Object.assign(run, fields);
  run.suite.updatedAt = now;
  if (fields.conclusion) run.status = "completed";
  if (run.status === "completed") run.completedAt ??= now;
  else Object.assign(run, { conclusion: null, completedAt: null });
}

function suiteFor(
  forge: Forge,
  { repository, app, commit }: { repository: Repository; app: App; commit: string },
): CheckSuite {
  const existing = repository.checkSuites.find((suite) => suite.commit === commit && suite.appId === app.id);
  if (existing !== undefined) return existing;
  const now = forge.clock();
  const pull = [...repository.issues.values()].find((issue) => issue.pull?.head.commit === commit)?.pull;
  const queued = repository.mergeQueue?.entries.find(({ group }) => group?.head === commit);
  const suite: CheckSuite = {
    ...nextIdentity(forge.state, "CheckSuite"),
    repository,
    commit,
    branch: pull?.head.branch ?? queued?.group?.branch ?? null,
    appId: app.id,
    runs: [],
    createdAt: now,
    updatedAt: now,
  };
  repository.checkSuites.push(suite);
  forge.state.nodes.set(suite.nodeId, { type: "CheckSuite", value: suite });
  return suite;
}
