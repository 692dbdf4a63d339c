import type { Forge } from "../forge.ts";
import type { App } from "../model/app.ts";
import type { CheckRun, CheckSuite, Repository } from "../model/repository.ts";
import { fullName } from "../model/repository.ts";
import { presentApp } from "./app.ts";
import { pullUrl } from "./pull.ts";
import { repositoryUrl } from "./repository.ts";
import { time, timeOrNull } from "./time.ts";

export function presentCheckRun(forge: Forge, run: CheckRun) {
  const { id, suite, output } = run;
  const { repository } = suite;
  const url = `${repositoryUrl(forge, repository)}/check-runs/${id}`;
  const page = `${forge.web}/${fullName(repository)}/runs/${id}`;
  return {
    id,
    name: run.name,
    node_id: run.nodeId,
    head_sha: suite.commit,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: time(run.startedAt),
    completed_at: timeOrNull(run.completedAt),
    output: { ...output, annotations_count: 0, annotations_url: `${url}/annotations` },
    check_suite: { id: suite.id },
    app: appOf(forge, suite),
    pull_requests: pullsAt(forge, suite.repository, suite.commit),
  };
}

function appOf(forge: Forge, { appId }: CheckSuite) {
  const app: App | undefined = forge.state.apps.get(appId);
  return app === undefined ? null : presentApp(forge, app);
}

/** The open pull requests whose head a commit is. */
function pullsAt(forge: Forge, repository: Repository, commit: string) {
  const place = { id: repository.id, url: repositoryUrl(forge, repository), name: repository.name };
  return [...repository.issues.values()].flatMap(({ state, pull }) => {
    if (pull === null || state === "closed" || pull.head.commit !== commit) return [];
    return {
      url: pullUrl(forge, pull),
      id: pull.id,
      number: pull.issue.number,
      head: { ref: pull.head.branch, sha: pull.head.commit, repo: place },
      base: { ref: pull.base.branch, sha: pull.base.commit, repo: place },
    };
  });
}
