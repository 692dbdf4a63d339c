import type { NamedPlan } from "./plan.ts";

/** The line by which the commit of a run is known again. */
function runLine({ hash }: Pick<NamedPlan, "hash">): string {
  return `Playbook-run: ${hash}`;
}

/** The message of a run's one commit: what it does, which run did it, and whom it credits, as trailers that git reads. */
export function runCommitMessage({ plan: { commit }, hash }: NamedPlan): string {
  return `${commit.title}\n\n${[runLine({ hash }), ...commit.trailers].join("\n")}\n`;
}

/** Whether a commit with this message is the run's. */
export function isCommitOfRun(message: string, { hash }: Pick<NamedPlan, "hash">): boolean {
  return message.split(/\r?\n/).includes(runLine({ hash }));
}
