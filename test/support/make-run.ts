import type { NamedPlan, PlanPerson } from "../../src/domain/playbook/plan.ts";
import type { Run } from "../../src/domain/playbook/run.ts";
import type { NewRun } from "../../src/store/playbook-runs.ts";

/** A small plan of somebody's, with nothing in it that a renderer would have to make. */
function smallPlan(requester: PlanPerson, more: Partial<NamedPlan["plan"]> = {}): NamedPlan {
  const plan: NamedPlan["plan"] = {
    schema: 1,
    playbook: {
      name: "tide-tables",
      title: "Tide tables",
      version: "1.2.3",
      lifecycle: "production",
      license: "MIT",
      authors: [{ project: "Tides" }],
    },
    source: { kind: "built-in" },
    requester,
    inputs: { name: "tides", lead: requester.login },
    target: { kind: "new" },
    repository: {
      owner: "acme",
      name: "tides",
      title: "tides",
      description: null,
      homepage: null,
      visibility: "private",
      topics: [],
      features: {},
      merge: {},
      labels: [],
      milestones: [],
      protection: null,
      teams: [],
      properties: {},
    },
    files: [],
    issues: [{ title: "Kick-off", body: "Hello", labels: [], milestone: null, assignees: [requester.login] }],
    commit: {
      title: "Begin",
      trailers: [`Co-authored-by: ${requester.name} <${requester.id}+${requester.login}@users.noreply.github.com>`],
    },
    cost: { requests: 1, seconds: 1 },
    ...more,
  };
  return { plan, hash: "7f3a9c2e".padEnd(64, "0") };
}

/** A plan that waits to be confirmed, asked for in issue 5 of repository 10. */
export function smallRun(id: string, requester: PlanPerson, more: Partial<Run> = {}): NewRun {
  const place = { installationId: 1, repositoryId: 10, issueNumber: 5, commentId: 0 };
  const answers = { name: "tides", lead: requester.login };
  return { id, ...place, ...smallPlan(requester), answers, createdAt: new Date("2026-03-01T12:00:00Z"), ...more };
}
