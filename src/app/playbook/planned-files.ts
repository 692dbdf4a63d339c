import { createHash } from "node:crypto";
import { decodeText } from "../../domain/playbook/check-files.ts";
import { inputsFor } from "../../domain/playbook/inputs-for.ts";
import { lockFile, lockPath } from "../../domain/playbook/lock-file.ts";
import { parseAnswers } from "../../domain/playbook/parse-answers.ts";
import type { PlannedFile } from "../../domain/playbook/plan.ts";
import type { RenderedFile } from "../../domain/playbook/rendered-playbook.ts";
import type { Run } from "../../domain/playbook/run.ts";
import { RunStopped } from "../../domain/playbook/run-stopped.ts";
import type { FileToCommit } from "../../github/playbook/commit-files.ts";
import { renderPlaybook } from "../../render/render-playbook.ts";
import type { Deps } from "../deps.ts";
import { reopenPlaybook } from "./open-playbook.ts";

/**
 * The files of a plan, made once more of its playbook and answers, and the lock file. Throws RunStopped where they are not
 * exactly what was planned.
 */
export async function plannedFiles(deps: Deps, run: Run): Promise<readonly FileToCommit[]> {
  const { plan, answers, installationId } = run;
  const { name, version } = plan.playbook;
  const playbook = await reopenPlaybook(deps, { installationId, source: plan.source, name });
  if (playbook === null) throw new RunStopped(`The playbook ${name} ${version} cannot be had any more.`);
  const changed = new RunStopped(`What the playbook ${name} makes is no longer what was planned. Ask for a new plan.`);
  const organisation = plan.repository.owner;
  const inputs = inputsFor(playbook.manifest, plan.target.kind);
  const parsed = parseAnswers(new Map(Object.entries(answers)), { inputs, organisation });
  if (!parsed.ok) throw changed;
  const { values } = parsed;
  // The year in which it was planned, whenever it is carried out.
  const year = run.createdAt.getUTCFullYear();
  const render = deps.templates.renderUntrusted;
  const rendering = await renderPlaybook({ playbook, values, organisation, year }, { render });
  if (!rendering.ok) throw changed;
  const kept = new Set(plan.target.kind === "new" ? [] : plan.target.kept);
  const files = rendering.rendered.files.filter(({ path }) => !kept.has(path));
  if (!areAsPlanned(files, plan.files)) throw changed;
  const lock = { path: lockPath, mode: "100644", content: { text: lockFile(run) } } as const;
  return [...files.map(toCommit), lock];
}

function areAsPlanned(files: readonly RenderedFile[], planned: readonly PlannedFile[]): boolean {
  const byPath = new Map(planned.map((file) => [file.path, file]));
  return files.length === byPath.size && files.every((file) => isAsPlanned(file, byPath.get(file.path)));
}

function isAsPlanned({ mode, bytes }: RenderedFile, planned: PlannedFile | undefined): boolean {
  return planned?.mode === mode && planned.sha256 === createHash("sha256").update(bytes).digest("hex");
}

function toCommit({ path, mode, bytes }: RenderedFile): FileToCommit {
  const text = decodeText(bytes);
  return { path, mode, content: text === null ? { bytes } : { text } };
}
