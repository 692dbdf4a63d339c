import type { Forge } from "../forge.ts";
import type { CheckRun, Repository } from "../model/repository.ts";
import { repositoryPath } from "./paths.ts";
import { type TextRenderer, textRenderer } from "./people-text.ts";
import { personOf } from "./person.ts";

/** The checks on a commit, each with its outcome in words and what it has to say. */
export async function checksOf(forge: Forge, repository: Repository, commit: string) {
  const suites = repository.checkSuites.filter((suite) => suite.commit === commit);
  return viewChecks(
    forge,
    repository,
    suites.flatMap(({ runs }) => runs),
  );
}

export async function viewChecks(forge: Forge, repository: Repository, runs: readonly CheckRun[]) {
  const texts = runs.flatMap(({ output }) => [output.summary, output.text]);
  const render = await textRenderer(forge, repository, texts);
  return runs.map((run) => viewCheck(forge, run, render));
}

function viewCheck(forge: Forge, run: CheckRun, render: TextRenderer) {
  const { id, name, status, conclusion, output, suite, detailsUrl } = run;
  const app = forge.state.apps.get(suite.appId);
  const outcome = conclusion ?? status;
  return {
    id,
    name,
    href: `${repositoryPath(suite.repository)}/runs/${id}`,
    outcome,
    words: outcome.replaceAll("_", " "),
    title: output.title,
    summary: output.summary === null ? null : render(output.summary, `check-${id}`),
    text: output.text === null ? null : render(output.text, `check-text-${id}`),
    details: /^https?:\/\//i.test(detailsUrl ?? "") ? detailsUrl : null,
    app: app === undefined ? null : personOf(forge, app.bot),
    startedAt: run.startedAt,
  };
}
