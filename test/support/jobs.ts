import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../src/domain/log.ts";
import type { Task, TaskOf } from "../../src/domain/task.ts";
import type { DeadJob } from "../../src/jobs/dead-job.ts";
import { type Handlers, type Jobs, type JobsOptions, startJobs } from "../../src/jobs/start-jobs.ts";
import type { Database } from "../../src/store/open-database.ts";

export const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

export interface TestJobs extends Jobs {
  readonly buried: DeadJob[];
  /** Waits until nothing waits, runs, or is about to be buried. */
  readonly idle: () => Promise<void>;
}

/** Starts the queues with what a test says of them; handlers that it leaves out do nothing. */
export async function startTestJobs(
  database: Database,
  { handlers, ...options }: Partial<Omit<JobsOptions, "handlers">> & { handlers?: Partial<Handlers> } = {},
): Promise<TestJobs> {
  const buried: DeadJob[] = [];
  const jobs = await startJobs({
    database,
    handlers: async () => ({
      deliveries: async () => {},
      tasks: async () => {},
      backfills: async () => {},
      runs: async () => {},
      ...handlers,
    }),
    bury: async (job) => {
      buried.push(job);
    },
    clock: () => new Date(),
    log: silent,
    retries: { limit: 2, seconds: 0 },
    ...options,
  });
  async function idle(): Promise<void> {
    while (true) {
      const counts = Object.values(await jobs.count());
      if (counts.every(({ waiting, running, dead }) => waiting + running + dead === 0)) return;
      await sleep(10);
    }
  }
  return { ...jobs, buried, idle };
}

/** What a job about a pull request carries. */
export function pullRequest(number: number, installationId = 1): TaskOf<"pull request"> {
  return { kind: "pull request", installationId, repositoryId: 10, owner: "harbour", name: "tides", number };
}

/** Of a job about a pull request. */
export function numberOf(task: Task): number {
  return "number" in task ? task.number : 0;
}

/** The name of the repository that a job is about. */
export function nameOf(task: Task): string {
  return "name" in task ? task.name : "";
}
