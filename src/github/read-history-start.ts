import { z } from "zod";
import type { PostponeUntil } from "../domain/postpone-until.ts";
import type { BranchedRepository } from "../domain/repository.ts";
import type { GitHubClient } from "./github-client.ts";
import { historyStartQuery } from "./history-queries.ts";
import { judgeErrors, toFailure } from "./judge-errors.ts";
import { readWaitForRoom } from "./leave-room.ts";
import type { Place } from "./place.ts";
import type { FileTexts } from "./read-pull-request.ts";
import { branchedFields, toBranchedRepository } from "./to-repository.ts";

export interface HistoryStart {
  readonly repository: BranchedRepository;
  /** Null where there is no commit yet. */
  readonly head: string | null;
  readonly configuration: FileTexts;
  readonly wait: PostponeUntil | null;
}

const textShape = z.object({ text: z.string().nullish() }).nullish();
const answerShape = z.object({
  organization: z.object({ configuration: textShape }).nullish(),
  repository: z.object({
    ...branchedFields,
    configuration: textShape,
    defaultBranchRef: z.object({ name: z.string(), target: z.object({ oid: z.string() }).nullable() }).nullable(),
  }),
});

/** Where the default branch is now, and the settings there. Null where there is no such repository. Throws what GitHubClient throws, and QueryFailed. */
export async function readHistoryStart(
  client: Pick<GitHubClient, "query">,
  { owner, name, configurationPath }: Place & { readonly configurationPath: string },
): Promise<HistoryStart | null> {
  const variables = { owner, name, configurationObject: `HEAD:${configurationPath}` };
  const { data, errors } = await client.query(historyStartQuery, variables);
  const verdict = judgeErrors(errors, new Set());
  if (verdict === "not there") return null;
  if (verdict !== "fine") throw toFailure(errors);
  const { organization, repository } = answerShape.parse(data);
  return {
    repository: toBranchedRepository(repository),
    head: repository.defaultBranchRef?.target?.oid ?? null,
    configuration: {
      repository: repository.configuration?.text ?? null,
      organization: organization?.configuration?.text ?? null,
      proposed: null,
    },
    wait: readWaitForRoom(data),
  };
}
