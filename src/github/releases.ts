import { z } from "zod";
import { NotThere } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";

/** A release as it is now. */
export interface Release {
  readonly id: number;
  readonly tag: string;
  /** The branch or commit that its tag is made of, where there is none yet. */
  readonly target: string;
  readonly body: string;
  readonly isDraft: boolean;
  readonly url: string;
}

const releaseShape = z.object({
  id: z.number(),
  tag_name: z.string(),
  target_commitish: z.string(),
  body: z.string().nullish(),
  draft: z.boolean(),
  html_url: z.string(),
});

/**
 * A release by its number, or by its tag, drafts among the newest hundred too. Null where there is none. Throws what
 * GitHubClient throws. https://docs.github.com/en/rest/releases/releases
 */
export async function readRelease(
  client: Pick<GitHubClient, "request">,
  { owner, name: repo }: Place,
  { id, tag }: { readonly id: number | null; readonly tag: string },
): Promise<Release | null> {
  if (id !== null) {
    return orNull(async () => {
      const { data } = await client.request("GET /repos/{owner}/{repo}/releases/{release_id}", {
        owner,
        repo,
        release_id: id,
      });
      return toRelease(data);
    });
  }
  const published = await orNull(async () => {
    const { data } = await client.request("GET /repos/{owner}/{repo}/releases/tags/{tag}", { owner, repo, tag });
    return toRelease(data);
  });
  if (published !== null) return published;
  const { data } = await client.request("GET /repos/{owner}/{repo}/releases", { owner, repo, per_page: 100 });
  return (
    z
      .array(z.unknown())
      .parse(data)
      .map(toRelease)
      .find((release) => release.tag === tag) ?? null
  );
}

/**
 * Makes a release's text what `compose` makes of it, as it is at that moment, and touches nothing else of it. Nothing is
 * written where that is the same, or null. Gives the text before; null where the release is gone.
 */
export async function updateReleaseBody(
  client: Pick<GitHubClient, "request">,
  place: Place,
  { id, compose }: { readonly id: number; readonly compose: (body: string) => Promise<string | null> },
): Promise<{ readonly before: string; readonly isWritten: boolean } | null> {
  const release = await readRelease(client, place, { id, tag: "" });
  if (release === null) return null;
  const body = await compose(release.body);
  if (body === null || body === release.body) return { before: release.body, isWritten: false };
  const { owner, name: repo } = place;
  await client.request("PATCH /repos/{owner}/{repo}/releases/{release_id}", { owner, repo, release_id: id, body });
  return { before: release.body, isWritten: true };
}

async function orNull(read: () => Promise<Release>): Promise<Release | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NotThere) return null;
    throw error;
  }
}

function toRelease(data: unknown): Release {
  const { id, tag_name: tag, target_commitish: target, body, draft: isDraft, html_url: url } = releaseShape.parse(data);
  return { id, tag, target, body: body ?? "", isDraft, url };
}
