import { z } from "zod";
import {
  type ContributorsFacts,
  type ContributorsPull,
  contributorsBranch,
} from "../domain/contributors/decide-contributors.ts";
import { isOwnCommit } from "../domain/contributors/own-commit.ts";
import { itemsOf } from "./answer-shapes.ts";
import { contributorsQuery } from "./contributors-query.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";
import { readFileFromRepository } from "./read-file-from-repository.ts";
import { requireData } from "./require-data.ts";

export interface ContributorsReading extends ContributorsFacts {
  readonly repository: Place & {
    readonly id: number;
    /** Its id in GraphQL. */
    readonly nodeId: string;
    readonly url: string;
  };
  /** The tip of the default branch; null where nothing is committed yet. */
  readonly base: { readonly branch: string; readonly sha: string; readonly tree: string } | null;
  /** The file's, as git has it. */
  readonly mode: "100644" | "100755";
  /** The texts of the configuration file; null where there is none. */
  readonly configuration: {
    readonly repository: string | null;
    readonly organization: string | null;
    readonly proposed: null;
  };
}

const textShape = z.object({ text: z.string().nullish() }).nullish();

const tipShape = z.object({
  oid: z.string(),
  message: z.string(),
  tree: z.object({ oid: z.string() }),
  parents: z.object({ nodes: z.array(z.object({ oid: z.string() }).nullable()).nullable() }),
  file: z
    .object({
      type: z.string(),
      mode: z.number(),
      object: z
        .object({ byteSize: z.number().optional(), isBinary: z.boolean().nullish(), text: z.string().nullish() })
        .nullish(),
    })
    .nullish(),
});
type Tip = z.infer<typeof tipShape>;

const answerShape = z.object({
  organization: z.object({ configuration: textShape }).nullish(),
  repository: z.object({
    id: z.string(),
    databaseId: z.number(),
    name: z.string(),
    owner: z.object({ login: z.string() }),
    url: z.string(),
    configuration: textShape,
    defaultBranchRef: z.object({ name: z.string(), target: tipShape.nullable() }).nullable(),
    ref: z.object({ target: tipShape.nullable() }).nullable(),
    pullRequests: z.object({
      nodes: z
        .array(
          z
            .object({
              number: z.number(),
              state: z.enum(["OPEN", "CLOSED", "MERGED"]),
              baseRefName: z.string(),
              headRefOid: z.string(),
              isCrossRepository: z.boolean(),
            })
            .nullable(),
        )
        .nullable(),
    }),
  }),
});
type Answer = z.infer<typeof answerShape>["repository"];

/**
 * What there is of the file that names everybody, in one query; a second one where somebody closed the last proposal.
 * Throws what GitHubClient throws, and NotThere.
 */
export async function readContributorsFile(
  client: GitHubClient,
  { owner, name, path, configurationPath }: Place & { readonly path: string; readonly configurationPath: string },
): Promise<ContributorsReading> {
  const { data, errors } = await client.query(contributorsQuery, {
    owner,
    name,
    shared: name !== ".github",
    path,
    branch: contributorsBranch,
    branchRef: `refs/heads/${contributorsBranch}`,
    configuration: `HEAD:${configurationPath}`,
  });
  // An organization need not have a repository of that name, nor show it.
  const own = errors.filter((error) => error.path[0] !== "organization");
  const { organization, repository } = answerShape.parse(requireData({ data, errors: own }));
  const base = repository.defaultBranchRef;
  const tip = base?.target ?? null;
  const branch = repository.ref?.target ?? null;
  const pull = findPull(repository);
  const text =
    pull?.state === "closed" ? await readFileFromRepository(client, { owner, name, path, ref: pull.head }) : null;
  return {
    repository: {
      id: repository.databaseId,
      nodeId: repository.id,
      owner: repository.owner.login,
      name: repository.name,
      url: repository.url,
    },
    base: base === null || tip === null ? null : { branch: base.name, sha: tip.oid, tree: tip.tree.oid },
    file: fileOf(tip),
    mode: tip?.file?.mode === 0o100755 ? "100755" : "100644",
    branch: branch === null ? null : { sha: branch.oid, isOwn: isOwn(branch), text: textOf(branch) },
    pull: pull === null ? null : { ...pull, text },
    configuration: {
      repository: repository.configuration?.text ?? null,
      organization: organization?.configuration?.text ?? null,
      proposed: null,
    },
  };
}

/** The open one, or else the newest. Forks may have a branch of that name, too. */
function findPull({ pullRequests, defaultBranchRef }: Answer): Omit<ContributorsPull, "text"> | null {
  const pulls = itemsOf(pullRequests)
    .filter(({ isCrossRepository, baseRefName }) => !isCrossRepository && baseRefName === defaultBranchRef?.name)
    .toSorted((one, other) => other.number - one.number);
  const pull = pulls.find(({ state }) => state === "OPEN") ?? pulls[0];
  if (pull === undefined) return null;
  const state = ({ OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const)[pull.state];
  return { number: pull.number, state, head: pull.headRefOid };
}

function isOwn({ message, tree, parents }: Tip): boolean {
  return isOwnCommit({ message, tree: tree.oid, parents: itemsOf(parents).map(({ oid }) => oid) });
}

function fileOf(tip: Tip | null): ContributorsReading["file"] {
  if (tip === null || !tip.file) return { text: null };
  const text = textOf(tip);
  return text === null ? "unreadable" : { text };
}

/** The text of a file, where it comes to the very bytes that are there: not cut, and in no other encoding. */
function textOf({ file }: Tip): string | null {
  const isFile = file?.mode === 0o100644 || file?.mode === 0o100755;
  if (!isFile || typeof file.object?.text !== "string") return null;
  const { byteSize, isBinary, text } = file.object;
  return isBinary !== true && Buffer.byteLength(text) === byteSize ? text : null;
}
