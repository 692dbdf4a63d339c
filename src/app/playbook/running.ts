import { z } from "zod";
import type { JournalEntry } from "../../domain/playbook/journal.ts";
import type { Run } from "../../domain/playbook/run.ts";
import type { GitHubClient } from "../../github/github-client.ts";
import type { Permissions } from "../../github/permissions.ts";
import type { Label } from "../../github/playbook/labels.ts";
import { readJournal, writeJournal } from "../../store/run-journal.ts";
import type { Deps } from "../deps.ts";

/** A run while a job carries it out. */
export interface Running {
  readonly deps: Deps;
  readonly run: Run;
  /** As it is in the database: whatever is written is written there first. */
  readonly journal: Map<string, JournalEntry>;
  readonly signal: AbortSignal;
  /** The repository's labels by their names in small letters, once they were asked for. */
  labels: Map<string, Label> | null;
}

/** Takes a run up from where its journal says that it was left. */
export async function takeUp(deps: Deps, run: Run, signal: AbortSignal): Promise<Running> {
  return { deps, run, journal: new Map(await readJournal(deps.database, run.id)), signal, labels: null };
}

/** Writes into the journal how something stands. */
export async function note(
  { deps, run, journal }: Pick<Running, "run" | "journal"> & { readonly deps: Pick<Deps, "database" | "clock"> },
  entry: JournalEntry,
): Promise<void> {
  await writeJournal(deps.database, { runId: run.id, entry, now: deps.clock() });
  journal.set(entry.effect, entry);
}

const targetShape = z.object({
  id: z.number(),
  owner: z.string(),
  name: z.string(),
  url: z.string(),
  branch: z.string(),
  /** In milliseconds since 1970. */
  madeAt: z.number(),
});

/** The repository that a run has made, as its journal has it. */
export type Target = z.infer<typeof targetShape>;

/** The repository that a run has made; null before it has. */
function targetOf({ journal }: Pick<Running, "journal">): Target | null {
  const entry = journal.get("repository");
  return entry?.state === "done" ? targetShape.parse(entry.result) : null;
}

/** The same, for what comes after it. */
export function requireTarget(running: Pick<Running, "journal">): Target {
  const target = targetOf(running);
  if (target === null) throw new Error("nothing can be done in a repository that is not made yet");
  return target;
}

/** A client for the repository that the run has made and nothing else; without it, for the organisation. */
export function clientFor(
  { deps, run, signal }: Running,
  permissions: Permissions,
  target: Pick<Target, "id"> | null,
): GitHubClient {
  const where = target === null ? {} : { repositoryId: target.id };
  const client = deps.octokitFor(run.installationId, { ...where, permissions });
  return {
    ...client,
    // Once another worker has the run, nothing more is sent from here.
    request: new Proxy(client.request, {
      apply: (request, self, parameters) => {
        signal.throwIfAborted();
        return Reflect.apply(request, self, parameters) as unknown;
      },
    }),
  };
}
