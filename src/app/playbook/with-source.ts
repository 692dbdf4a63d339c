import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { largestFile } from "../../domain/playbook/check-files.ts";
import type { PlaybookCheck } from "../../domain/playbook/playbook.ts";
import { fetchFiles } from "../../git/fetch-files.ts";
import type { Deps } from "../deps.ts";
import { checkFolder } from "./check-folder.ts";
import { findFolders } from "./find-folders.ts";
import { fetchedPrefix } from "./sweep-fetched.ts";

/** A commit of a repository with playbooks. */
export interface SourceCommit {
  readonly installationId: number;
  readonly id: number;
  readonly isPrivate: boolean;
  /** Of its page. */
  readonly url: string;
  /** By its id. */
  readonly commit: string;
}

export interface OpenSource {
  /** The folders with a playbook in them, by the names of the playbooks; null where there are too many files to tell. */
  readonly folders: () => Promise<ReadonlyMap<string, string> | null>;
  /** The playbook in one of the folders, checked as a whole. */
  readonly check: (folder: string) => Promise<PlaybookCheck>;
  /** A bare repository with the commit, for what is not kept. */
  readonly directory: () => Promise<string>;
}

/** How long a command waits for sources, in milliseconds. */
export const patience = 90_000;

type Tools = Pick<Deps, "octokitFor" | "clonesFolder" | "playbookCache">;

/**
 * Does work on a commit, which is fetched when it is first needed, and not at all where everything is known of it; what was
 * fetched is gone at the end. Throws what GitHubClient throws, and a UserError where git cannot.
 */
export async function withSource<Result>(
  { octokitFor, clonesFolder, playbookCache }: Tools,
  { source, signal }: { readonly source: SourceCommit; readonly signal: AbortSignal },
  work: (open: OpenSource) => Promise<Result>,
): Promise<Result> {
  const { installationId, id, isPrivate, url, commit } = source;
  const place = join(clonesFolder, `${fetchedPrefix}${randomUUID()}`);
  const key = `${id} ${commit}`;
  let fetching: Promise<void> | null = null;

  async function directory(): Promise<string> {
    // A public repository may be anybody's: the token for it can read nothing else.
    const job = isPrivate
      ? { repositoryId: id, permissions: { contents: "read", metadata: "read" } as const }
      : { permissions: { metadata: "read" } as const };
    const { token } = octokitFor(installationId, job);
    fetching ??= fetchFiles({ directory: place, url: `${url}.git`, commit, largest: largestFile, token, signal });
    await fetching;
    return place;
  }

  try {
    return await work({
      directory,
      folders: async () => {
        const known = playbookCache.folders.get(key);
        if (known !== undefined) return known;
        const found = await findFolders(await directory(), commit);
        playbookCache.folders.set(key, found, 1);
        return found;
      },
      check: async (folder) => {
        const known = playbookCache.checks.get(`${key} ${folder}`);
        if (known !== undefined) return known;
        const { check, weight } = await checkFolder(await directory(), { commit, folder });
        playbookCache.checks.set(`${key} ${folder}`, check, weight);
        return check;
      },
    });
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
