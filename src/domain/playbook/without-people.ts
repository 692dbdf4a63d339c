import type { Plan } from "./plan.ts";

/** Stands for somebody who is not named any more; GitHub has no account of that number. */
const nobody = { id: 0, login: "ghost", name: null };

/** What stays of a plan whose requester asked to be forgotten: that a playbook was used, and for which repository. */
export function withoutPeople(plan: Plan): Plan {
  const { playbook, repository, commit } = plan;
  return {
    ...plan,
    playbook: { ...playbook, authors: [] },
    requester: nobody,
    inputs: {},
    repository: { ...repository, title: repository.name, description: null, homepage: null, properties: {} },
    files: [],
    issues: [],
    commit: { ...commit, trailers: [] },
  };
}
