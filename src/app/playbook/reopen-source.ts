import type { PlanSource } from "../../domain/playbook/plan.ts";
import { readSourceName } from "../../domain/playbook/source-name.ts";
import type { Place } from "../../github/place.ts";
import { readSources, type SourceReading } from "../../github/playbook/read-sources.ts";
import type { Deps } from "../deps.ts";
import { reachRepository } from "../reach-repository.ts";
import type { SourceCommit } from "./with-source.ts";

type RepositorySource = Extract<PlanSource, { readonly kind: "repository" }>;

/**
 * The commit of a plan's source, in the same repository by its id, whatever it is called by now. Null where it is out of reach.
 * Throws what GitHubClient throws.
 */
export async function reopenSource(
  deps: Deps,
  { installationId, source }: { readonly installationId: number; readonly source: RepositorySource },
): Promise<SourceCommit | null> {
  const client = deps.octokitFor(installationId, { permissions: { contents: "read", metadata: "read" } });

  async function readAt({ owner, name }: Place): Promise<SourceReading | null> {
    const [reading = null] = await readSources(client, [{ owner, name, ref: source.commit }]);
    return reading?.id === source.id ? reading : null;
  }

  const reading = (await readAt(readSourceName(source.name))) ?? (await readAnew());
  if (reading?.commit?.id !== source.commit) return null;
  const { id, isPrivate, url } = reading;
  return { installationId, id, isPrivate, url, commit: source.commit };

  /** Somebody else's may have its name by now. */
  async function readAnew(): Promise<SourceReading | null> {
    const place = await reachRepository(deps, { installationId, repositoryId: source.id });
    return place === null ? null : readAt(place);
  }
}
