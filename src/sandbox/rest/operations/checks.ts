import { addCheckRun, editCheckRun } from "../../actions/checks.ts";
import { type Forge, gitDirectory } from "../../forge.ts";
import { readCommits } from "../../git/commits.ts";
import { resolveCommit } from "../../git/resolve-commit.ts";
import type { Caller } from "../../identity/access.ts";
import type { App } from "../../model/app.ts";
import type { CheckRun, Repository } from "../../model/repository.ts";
import { presentCheckRun } from "../../present/check.ts";
import { notFound, Refusal } from "../../refusal.ts";
import { actorOf, created, cutPage, inRepository, type Operation, ok, toRead, toWrite } from "../operation.ts";

export const checkOperations: readonly Operation[] = [
  inRepository("checks/create", toWrite("write", "checks"), async (request) => {
    const { forge, repository, body, caller } = request;
    const app = requireApp(caller);
    const [commit] = await readCommits(gitDirectory(forge, repository), [body.head_sha]);
    if (!commit) throw new Refusal(422, `No commit found for SHA: ${body.head_sha}`);
    const wanted = { repository, app, commit: body.head_sha, name: body.name, ...readFields(body) };
    return created(presentCheckRun(forge, await addCheckRun(forge, wanted, actorOf(request))));
  }),
  inRepository("checks/update", toWrite("write", "checks"), async (request) => {
    const { forge, repository, parameters, body, caller } = request;
    const run = requireRun(forge, repository, parameters.check_run_id);
    const name = body.name === undefined ? {} : { name: body.name };
    await editCheckRun(forge, { run, app: requireApp(caller), ...name, ...readFields(body) }, actorOf(request));
    return ok(presentCheckRun(forge, run));
  }),
  inRepository("checks/get", toRead("checks"), ({ forge, repository, parameters }) => {
    return ok(presentCheckRun(forge, requireRun(forge, repository, parameters.check_run_id)));
  }),
  inRepository("checks/list-for-ref", toRead("checks"), async (request) => {
    const { forge, repository, parameters } = request;
    const commit = await resolveCommit(gitDirectory(forge, repository), parameters.ref);
    if (commit === null) throw new Refusal(422, `No commit found for SHA: ${parameters.ref}`);
    const { check_name: name, status, filter = "latest", app_id: appId } = parameters;
    const runs = repository.checkSuites
      .flatMap((suite) => (suite.commit === commit ? suite.runs : []))
      .filter((run) => {
        if (name !== undefined && run.name !== name) return false;
        return (status === undefined || run.status === status) && (appId === undefined || run.suite.appId === appId);
      });
    const latest = new Map(runs.map((run) => [`${run.suite.id} ${run.name}`, run]));
    const { part, page } = cutPage(request, filter === "all" ? runs : [...latest.values()]);
    const body = { total_count: page.total, check_runs: part.map((run) => presentCheckRun(forge, run)) };
    return { status: 200, body, page };
  }),
];

/** Only apps write check runs. */
function requireApp(caller: Caller): App {
  if (caller.kind === "installation") return caller.installation.app;
  throw new Refusal(403, "You must authenticate via a GitHub App.");
}

function requireRun({ state }: Forge, repository: Repository, id: number | bigint): CheckRun {
  const run = repository.checkSuites.flatMap(({ runs }) => runs).find((one) => one.id === Number(id));
  if (run === undefined || state.nodes.get(run.nodeId) === undefined) throw notFound();
  return run;
}

interface FieldsBody {
  status?: string;
  conclusion?: string;
  details_url?: string;
  external_id?: string;
  started_at?: string;
  completed_at?: string;
  output?: { title?: string; summary?: string; text?: string };
}

function readFields(body: FieldsBody) {
  const { status, conclusion, output } = body;
  return {
    ...(status === undefined ? {} : { status: status as CheckRun["status"] }),
    ...(conclusion === undefined ? {} : { conclusion: conclusion as CheckRun["conclusion"] }),
    ...(body.details_url === undefined ? {} : { detailsUrl: body.details_url }),
    ...(body.external_id === undefined ? {} : { externalId: body.external_id }),
    ...(body.started_at === undefined ? {} : { startedAt: new Date(body.started_at) }),
    ...(body.completed_at === undefined ? {} : { completedAt: new Date(body.completed_at) }),
    ...(output === undefined
      ? {}
      : { output: { title: output.title ?? null, summary: output.summary ?? null, text: output.text ?? null } }),
  };
}
