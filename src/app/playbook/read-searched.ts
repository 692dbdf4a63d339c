import { mostSources, type SourceProblem } from "../../domain/playbook/source-mistakes.ts";
import { readSourceName } from "../../domain/playbook/source-name.ts";
import { readSources, type SourceReading } from "../../github/playbook/read-sources.ts";
import type { Deps } from "../deps.ts";
import type { PlaybookSearch } from "./open-playbook.ts";
import type { SourceCommit } from "./with-source.ts";

/** A source to look in, or why nobody can. */
export type SearchedSource = {
  /** As the settings name it. */
  readonly written: string;
} & (
  | { readonly problem: SourceProblem }
  | {
      readonly problem: null;
      readonly source: SourceCommit;
      /** As `owner/name`, now. */
      readonly name: string;
      readonly ref: string;
    }
);

/**
 * The sources of a search in their order, by one query. Where everybody can read, there are none but public ones, and of those
 * that cannot be seen nothing is told: they may be private. Throws what GitHubClient throws.
 */
export async function readSearched(
  { octokitFor }: Pick<Deps, "octokitFor">,
  { installationId, organisation, sources, isPublic }: PlaybookSearch,
): Promise<readonly SearchedSource[]> {
  const named = sources.slice(0, mostSources);
  const client = octokitFor(installationId, { permissions: { contents: "read", metadata: "read" } });
  const readings = await readSources(client, named.map(readSourceName));
  const searched = named.flatMap((written, index): readonly SearchedSource[] => {
    const reading = readings[index] ?? null;
    if (isPublic && (reading === null || reading.isPrivate)) return [];
    return [{ written, ...toSearched(reading, { installationId, organisation }) }];
  });
  const left = sources[mostSources];
  // Nor is it told how many others there are.
  return left === undefined || isPublic ? searched : [...searched, { written: left, problem: "one too many" }];
}

function toSearched(
  reading: SourceReading | null,
  { installationId, organisation }: Pick<PlaybookSearch, "installationId" | "organisation">,
) {
  if (reading === null) return { problem: "not there" } as const;
  const { id, owner, name, isPrivate, url, commit } = reading;
  if (isPrivate && owner.toLowerCase() !== organisation.toLowerCase()) return { problem: "of somebody else" } as const;
  if (commit === null) return { problem: "no such version" } as const;
  const source = { installationId, id, isPrivate, url, commit: commit.id };
  return { problem: null, source, name: `${owner}/${name}`, ref: commit.ref };
}
