import { type Some, some } from "../credit/some.ts";
import { type Effect, keyOfPullRequest, keyOfRepository, listEffects, type Stage } from "./effects.ts";
import type { Journal } from "./journal.ts";
import type { Run } from "./run.ts";

/** How many things that are missing are named. */
const mostNamed = 20;
const barLength = 14;

/** What is said of a run, while it goes on and at its end. */
export interface RunDescription {
  readonly state: "running" | "done" | "incomplete" | "failed";
  /** As `acme/tides`. Whoever asked for it has named it there, so that it is no secret. */
  readonly target: string;
  readonly playbook: { readonly name: string; readonly version: string };
  /** Null at the end. */
  readonly progress: string | null;
  /** Null before it is there. */
  readonly repository: { readonly url: string } | null;
  /** Whether it was there before, so that it is not made. */
  readonly isExisting: boolean;
  /** With the files, for a repository that was there; null without one. */
  readonly pullRequest: { readonly url: string } | null;
  readonly firstIssue: { readonly title: string; readonly url: string } | null;
  readonly missing: Some<string>;
  /** Why it failed, as a sentence; null for any other state. */
  readonly cause: string | null;
}

/** How a run stands, as far as the journal does not tell. */
export interface RunStanding {
  readonly run: Pick<Run, "plan">;
  readonly journal: Journal;
  /** Null for one that came to its end, whether all could be done or not. */
  readonly now: { readonly stage: Stage } | { readonly cause: string } | null;
}

/** Puts how a run stands into what its comment says. */
export function describeRun({ run: { plan }, journal, now }: RunStanding): RunDescription {
  const { repository, playbook } = plan;
  const effects = listEffects(plan);
  const missing = effects.flatMap(({ key }) => journal.get(key)?.cause ?? []);
  const cause = now !== null && "cause" in now ? now.cause : null;
  const stage = now !== null && "stage" in now ? now.stage : null;
  const issue = effects.find(({ kind }) => kind === "issue");
  return {
    state: stage !== null ? "running" : cause !== null ? "failed" : missing.length > 0 ? "incomplete" : "done",
    target: `${repository.owner}/${repository.name}`,
    playbook: { name: playbook.name, version: playbook.version },
    progress: stage === null ? null : describeProgress(effects, journal, stage),
    repository: linkOf(journal, keyOfRepository),
    isExisting: plan.target.kind === "existing",
    pullRequest: linkOf(journal, keyOfPullRequest),
    firstIssue: nameIssue(issue, linkOf(journal, issue?.key)),
    // While it goes on, what is missing may still come.
    missing: some(stage === null ? missing : [], mostNamed),
    cause,
  };
}

function linkOf(journal: Journal, key: string | undefined): { readonly url: string } | null {
  const entry = key === undefined ? undefined : journal.get(key);
  const url = entry?.state === "done" ? entry.result["url"] : undefined;
  return typeof url === "string" ? { url } : null;
}

function nameIssue(issue: Effect | undefined, link: { readonly url: string } | null): RunDescription["firstIssue"] {
  return issue?.kind === "issue" && link !== null ? { title: issue.issue.title, url: link.url } : null;
}

/** As `██████████░░░░ 5 of 7 · issues · about 6 s left`: how many stages are done, and what it is at. */
function describeProgress(effects: readonly Effect[], journal: Journal, stage: Stage): string {
  const stages = [...new Set(effects.map((effect) => effect.stage))];
  const done = Math.max(0, stages.indexOf(stage));
  const filled = Math.floor((done / stages.length) * barLength);
  const bar = "█".repeat(filled) + "░".repeat(barLength - filled);
  const left = effects.filter(({ key }) => journal.get(key)?.state !== "done");
  const seconds = Math.ceil(left.reduce((sum, effect) => sum + secondsFor(effect), 0));
  const time = seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
  return `${bar} ${done} of ${stages.length} · ${stage} · about ${time} left`;
}

/** GitHub asks for a second between two things that people see; the others go by faster. */
function secondsFor({ kind }: Effect): number {
  if (kind === "files" || kind === "pull request") return 2;
  return kind === "label" || kind === "milestone" || kind === "issue" ? 1 : 0.5;
}
