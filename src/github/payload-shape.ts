import { z } from "zod";

const accountShape = z.object({ id: z.number(), login: z.string(), type: z.string().nullish() });
const numbered = z.object({ number: z.number() });

const labelShape = z.object({ name: z.string() });

/** What is read of any webhook's payload. */
export const payloadShape = z.object({
  action: z.string().nullish(),
  installation: z.object({ id: z.number(), account: accountShape.nullish() }),
  repository: z
    .object({
      id: z.number(),
      name: z.string(),
      owner: z.object({ login: z.string().nullish(), name: z.string().nullish() }),
      default_branch: z.string().nullish(),
    })
    .nullish(),
  sender: accountShape.nullish(),
  pull_request: numbered.nullish(),
  issue: numbered.extend({ pull_request: z.unknown().optional(), labels: z.array(labelShape).nullish() }).nullish(),
  label: labelShape.nullish(),
  comment: z.object({ id: z.number(), node_id: z.string().nullish(), body: z.string().nullish() }).nullish(),
  check_run: z.object({ pull_requests: z.array(numbered).nullish() }).nullish(),
  check_suite: z.object({ pull_requests: z.array(numbered).nullish() }).nullish(),
  merge_group: z.object({ head_sha: z.string(), head_ref: z.string() }).nullish(),
  release: z.object({ id: z.number(), tag_name: z.string().nullish() }).nullish(),
  changes: z.object({ tag_name: z.unknown().optional() }).nullish(),
  ref: z.string().nullish(),
  deleted: z.boolean().nullish(),
});
export type Payload = z.infer<typeof payloadShape>;
