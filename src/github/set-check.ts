import type { Applied, ExistingCheck, SetCheck } from "../domain/action.ts";
import { mayHaveHappened } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";

/** Makes a check say what it should. Looks for it first where it is not known, and after an attempt that ended unclear. */
export async function setCheck(
  client: GitHubClient,
  repository: Place,
  check: SetCheck,
): Promise<Omit<Applied, "action">> {
  const { existing = await findCheck(client, repository, check) } = check;
  if (existing === null) return createCheck(client, repository, check);
  if (says(existing, check)) return { outcome: "unchanged", id: existing.id };
  const { owner, name: repo } = repository;
  const { data } = await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
    owner,
    repo,
    check_run_id: existing.id,
    ...wordsOf(check),
  });
  return { outcome: "edited", id: Number(data.id) };
}

async function createCheck(client: GitHubClient, repository: Place, check: SetCheck): Promise<Omit<Applied, "action">> {
  const { owner, name: repo } = repository;
  const { name, sha } = check;
  try {
    const { data } = await client.request("POST /repos/{owner}/{repo}/check-runs", {
      owner,
      repo,
      name,
      head_sha: sha,
      ...wordsOf(check),
    });
    return { outcome: "created", id: Number(data.id) };
  } catch (error) {
    if (!mayHaveHappened(error)) throw error;
    const found = await findCheck(client, repository, check);
    if (found === null || !says(found, check)) throw error;
    return { outcome: "adopted", id: found.id };
  }
}

/** The newest check of that name that this app has given a commit. */
async function findCheck(
  client: GitHubClient,
  { owner, name: repo }: Place,
  { sha, name }: SetCheck,
): Promise<ExistingCheck | null> {
  const login = await client.botLogin();
  const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
    owner,
    repo,
    ref: sha,
    check_name: name,
    per_page: 100,
  });
  const own = data.check_runs
    .filter(({ app }) => app?.slug === login)
    .toSorted((one, other) => Number(other.id) - Number(one.id));
  const [newest] = own;
  if (newest === undefined) return null;
  const { id, conclusion, output } = newest;
  return { id: Number(id), conclusion, title: output.title, summary: output.summary };
}

function says(existing: ExistingCheck, { conclusion, title, summary }: SetCheck): boolean {
  return existing.conclusion === conclusion && existing.title === title && existing.summary === summary;
}

function wordsOf({ conclusion, title, summary }: SetCheck) {
  return { status: "completed" as const, conclusion, output: { title, summary } };
}
