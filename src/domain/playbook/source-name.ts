/** A source of playbooks as settings name it. */
export interface SourceName {
  readonly owner: string;
  readonly name: string;
  /** A tag, a branch or a commit; null for the default branch. */
  readonly ref: string | null;
}

/** Reads `acme/playbooks@v3`, which the schema of the settings has let through. */
export function readSourceName(written: string): SourceName {
  const [place = "", ...versions] = written.split("@");
  const [owner = "", name = ""] = place.split("/");
  return { owner, name, ref: versions.length === 0 ? null : versions.join("@") };
}

/** Whether one of the sources is this repository, at whatever version. GitHub tells no names apart by their case. */
export function isNamedIn(
  sources: readonly string[],
  repository: { readonly owner: string; readonly name: string },
): boolean {
  const wanted = `${repository.owner}/${repository.name}`.toLowerCase();
  return sources.some((written) => {
    const { owner, name } = readSourceName(written);
    return `${owner}/${name}`.toLowerCase() === wanted;
  });
}
